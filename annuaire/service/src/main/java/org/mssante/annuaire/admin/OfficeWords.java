package org.mssante.annuaire.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.function.Supplier;
import org.mssante.annuaire.office.Answer;
import org.mssante.annuaire.office.Author;
import org.mssante.annuaire.registry.InvalidRegistrationException;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.outcome.Outcome;

/** What the office is told and says over the control socket. */
final class OfficeWords {
    private OfficeWords() {}

    /** Writes what was done. */
    @FunctionalInterface
    interface Writing<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    static Author author(ControlRequest request) {
        return new Author.Operator(request.caller());
    }

    static <T> ControlAnswer answer(Answer<T> answer, Writing<T> writing) {
        if (answer instanceof Answer.Done<T> done) {
            return ControlAnswer.json(json -> writing.write(json, done.value()));
        }
        Answer.Refused<T> refused = (Answer.Refused<T>) answer;
        boolean unknown = refused.outcome() == Outcome.MAILBOX_UNKNOWN;
        return ControlAnswer.refused(
                unknown ? ControlAnswer.UNKNOWN : ControlAnswer.IMPOSSIBLE,
                refused.sentence() + " (" + refused.outcome().code() + ")");
    }

    /** A request that names what cannot be is answered in a sentence. */
    static ControlAnswer said(Supplier<ControlAnswer> answer) {
        try {
            return answer.get();
        } catch (InvalidRegistrationException | InvalidIdentifierException e) {
            return ControlAnswer.refused(ControlAnswer.IMPOSSIBLE, "That cannot be done: " + e.getMessage() + ".");
        }
    }
}
