package org.mssante.dmp.xds.xdm;

/** METADATA.XML cannot be used. The message is one English sentence without content of the file. */
public final class MetadataUnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, for the code the sender is told. */
    public enum Reason {
        /** Not well-formed XML. */
        MALFORMED,
        /** A DTD, which could declare entities. */
        FORBIDDEN_CONSTRUCT,
        /** Above the size or the depth allowed. */
        TOO_LARGE,
        /** They ask to withdraw documents, or to archive them or bring them back: nothing is registered by them. */
        STATUS_CHANGE,
        /** XML, but without the objects or identifiers metadata must have. */
        INCOMPLETE
    }

    private final Reason reason;

    public MetadataUnreadableException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    public MetadataUnreadableException(Reason reason, String sentence, Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
