package org.mssante.dmp.cda;

import java.util.Optional;

/** What is to be noted about the form of a document; it refuses nothing. */
@FunctionalInterface
public interface FormReport {
    /** Nobody looks. */
    FormReport NONE = bytes -> Optional.empty();

    /**
     * Rules and places in words, never what stands there; empty where there is nothing to note.
     *
     * @param bytes of a file that {@link CdaReader} can read
     */
    Optional<String> of(byte[] bytes);
}
