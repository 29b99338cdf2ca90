package org.mssante.dmp.xds.answer;

import java.util.function.Function;

/**
 * The answer of a DMP to one request: it did what was asked and gives a value, it refused for good, or nobody knows and
 * the request may be sent again. In a decision use {@link #fold}, which forgets no case.
 *
 * @param <T> what a successful request gives
 */
public sealed interface Answer<T> {

    /** The DMP did what was asked. */
    record Given<T>(T value) implements Answer<T> {}

    /**
     * The DMP understood and refused: sending the same again gives the same answer.
     *
     * @param errorCode an XDS, DMP or private code, e.g. {@code XDSUnknownPatientId}
     * @param codeContext the DMP's words; may hold an identifier, so it belongs in the trace, not in a log
     */
    record Refused<T>(String errorCode, String codeContext) implements Answer<T> {}

    /**
     * No answer, or one that says "later". A submission may have been registered all the same: send it again
     * unchanged, the DMP recognises it.
     *
     * @param why one English sentence for the operator, without identifiers
     */
    record Unavailable<T>(String why) implements Answer<T> {}

    /** Every case gives a result. */
    default <R> R fold(
            Function<? super Given<T>, ? extends R> given,
            Function<? super Refused<T>, ? extends R> refused,
            Function<? super Unavailable<T>, ? extends R> unavailable) {
        if (this instanceof Given<T> answer) {
            return given.apply(answer);
        }
        if (this instanceof Refused<T> answer) {
            return refused.apply(answer);
        }
        return unavailable.apply((Unavailable<T>) this);
    }

    /** What follows from the value; a refusal and an unavailability stay as they are. */
    default <U> Answer<U> then(Function<? super T, Answer<U>> next) {
        return fold(
                given -> next.apply(given.value()),
                refused -> new Refused<>(refused.errorCode(), refused.codeContext()),
                unavailable -> new Unavailable<>(unavailable.why()));
    }
}
