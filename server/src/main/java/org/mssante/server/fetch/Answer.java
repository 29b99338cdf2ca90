package org.mssante.server.fetch;

import java.util.Optional;

/** What a web server answered. Immutable. */
public sealed interface Answer {

    /**
     * The document.
     *
     * @param version to be sent along the next time
     */
    @SuppressWarnings("ArrayRecordComponent") // read once by the caller; never compared
    record Document(byte[] bytes, Version version) implements Answer {}

    /** It is the document of the version the question named (304, RFC 9110 §15.4.5). */
    record NotModified() implements Answer {}

    /** No document came. */
    record Failed(String why) implements Answer {}

    /** What a server said of a document, for conditional requests (RFC 9110 §13.1). */
    record Version(Optional<String> entityTag, Optional<String> lastModified) {
        public static Version none() {
            return new Version(Optional.empty(), Optional.empty());
        }
    }
}
