package org.mssante.annuaire.office;

import java.util.function.Function;
import java.util.function.Supplier;
import org.mssante.annuaire.registry.InvalidRegistrationException;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.outcome.Outcome;

/** What became of a deed. */
public sealed interface Answer<T> {
    /** Done, or shown. */
    record Done<T>(T value) implements Answer<T> {}

    /** Nothing happened; the sentence says why in words for the one who asked. */
    record Refused<T>(Outcome outcome, String sentence) implements Answer<T> {}

    /** What rolls back and why, as an answer. */
    static <T> Answer<T> of(Supplier<T> deed) {
        try {
            return new Done<>(deed.get());
        } catch (RefusalException e) {
            return new Refused<>(e.outcome(), e.getMessage());
        } catch (InvalidRegistrationException e) {
            return impossible(e.outcome(), e);
        } catch (InvalidIdentifierException e) {
            return impossible(Outcome.CHANGE_IMPOSSIBLE, e);
        }
    }

    private static <T> Answer<T> impossible(Outcome outcome, RuntimeException why) {
        return new Refused<>(outcome, "That cannot be done: " + why.getMessage() + ".");
    }

    /** The same of another value. */
    default <U> Answer<U> map(Function<T, U> function) {
        if (this instanceof Done<T> done) {
            return new Done<>(function.apply(done.value()));
        }
        Refused<T> refused = (Refused<T>) this;
        return new Refused<>(refused.outcome(), refused.sentence());
    }
}
