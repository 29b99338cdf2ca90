package org.mssante.core.fetch;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.OptionalInt;

/** What a web server answered. Immutable. */
public sealed interface Answer {

    /**
     * The document.
     *
     * @param version to be sent along the next time
     */
    @SuppressWarnings("ArrayRecordComponent") // read once by the caller; never compared
    record Document(byte[] bytes, Version version) implements Answer {}

    /**
     * The document is in the file it was to be put into.
     *
     * @param version to be sent along the next time
     */
    record Stored(Version version) implements Answer {}

    /** It is the document of the version the question named (304, RFC 9110 §15.4.5). */
    record NotModified() implements Answer {}

    /**
     * No document came.
     *
     * @param status the server answered with; empty where it did not get so far
     */
    record Failed(String why, OptionalInt status) implements Answer {
        Failed(String why) {
            this(why, OptionalInt.empty());
        }
    }

    /** What a server said of a document, for conditional requests (RFC 9110 §13.1). */
    record Version(Optional<String> entityTag, Optional<String> lastModified) {
        public static Version none() {
            return new Version(Optional.empty(), Optional.empty());
        }

        static Version of(HttpHeaders head) {
            return new Version(head.firstValue("ETag"), head.firstValue("Last-Modified"));
        }

        /** Makes the question a conditional one. */
        void ask(HttpRequest.Builder request) {
            entityTag.ifPresent(tag -> request.header("If-None-Match", tag));
            lastModified.ifPresent(date -> request.header("If-Modified-Since", date));
        }

        /** What tells that the rest of a document is of this version (RFC 9110 §13.1.5): never a weak tag. */
        Optional<String> exact() {
            return entityTag.isPresent() ? entityTag.filter(tag -> !tag.startsWith("W/")) : lastModified;
        }
    }
}
