package org.mssante.dmp.cda;

import java.util.Locale;
import java.util.Optional;

/**
 * What the document's body is.
 *
 * @param mediaType as written, of an unstructured body
 * @param hasContent true where an unstructured body holds its content and a structured one a section
 */
public record Body(Kind kind, Optional<String> mediaType, boolean hasContent) {
    /** A document without component. */
    public static final Body NONE = new Body(Kind.NONE, Optional.empty(), false);

    /** CDA levels. */
    public enum Kind {
        /** nonXMLBody, level 1. */
        UNSTRUCTURED,
        /** structuredBody, level 3. */
        STRUCTURED,
        NONE
    }

    /** The media type in lower case and without parameters. */
    Optional<String> plainMediaType() {
        return mediaType.map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    Body withContent() {
        return new Body(kind, mediaType, true);
    }
}
