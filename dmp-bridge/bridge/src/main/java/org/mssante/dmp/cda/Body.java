package org.mssante.dmp.cda;

import java.util.Optional;

/** What the document's body is; the mediaType is known of an unstructured one. */
public record Body(Kind kind, Optional<String> mediaType) {
    /** A document without component. */
    public static final Body NONE = new Body(Kind.NONE, Optional.empty());

    /** CDA levels. */
    public enum Kind {
        /** nonXMLBody, level 1. */
        UNSTRUCTURED,
        /** structuredBody, level 3. */
        STRUCTURED,
        NONE
    }
}
