package org.mssante.dmp.xds.metadata;

/** Thrown where a text is not the metadata value it claims to be. The message names the rule, never the value. */
public final class InvalidMetadataException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidMetadataException(String message) {
        super(message);
    }
}
