package org.mssante.server.trust;

/** Where trust lists come from. One thread at a time looks. */
interface TrustListSource {

    /** What is there now. */
    Look look();

    /** What was found last could not be taken: the next look finds it again, changed or not. */
    void forget();

    /** True where a look takes no time worth mentioning, so that a start may wait for it. */
    boolean isNear();

    /** For messages: the file or the address. */
    @Override
    String toString();

    /** What a look found. */
    sealed interface Look {

        /** It is not time yet to look again. */
        record NotDue() implements Look {}

        /** The same as at the look before. */
        record Unchanged() implements Look {}

        /** A list, not judged yet. */
        @SuppressWarnings("ArrayRecordComponent") // handed on once; never compared
        record Found(byte[] bytes) implements Look {}

        /** No list could be had. */
        record Unavailable(String why) implements Look {}
    }
}
