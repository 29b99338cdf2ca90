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
        return refused(refused.outcome(), refused.sentence());
    }

    private static ControlAnswer refused(Outcome outcome, String sentence) {
        boolean unknown = outcome == Outcome.MAILBOX_UNKNOWN;
        return ControlAnswer.refused(
                unknown ? ControlAnswer.UNKNOWN : ControlAnswer.IMPOSSIBLE, sentence + " (" + outcome.code() + ")");
    }

    /** A request that names what cannot be is answered in a sentence with its code. */
    static ControlAnswer said(Supplier<ControlAnswer> answer) {
        try {
            return answer.get();
        } catch (InvalidRegistrationException e) {
            return impossible(e.outcome(), e);
        } catch (InvalidIdentifierException e) {
            return impossible(Outcome.RESOURCE_UNKNOWN, e);
        }
    }

    private static ControlAnswer impossible(Outcome outcome, RuntimeException why) {
        return refused(outcome, "That cannot be done: " + why.getMessage() + ".");
    }
}
