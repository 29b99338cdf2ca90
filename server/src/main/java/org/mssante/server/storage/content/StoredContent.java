package org.mssante.server.storage.content;

/**
 * The bytes of a mail that are in the database: to store them again is to refer to them once more, whatever their size. As
 * long as the row they were read from is there, the body is.
 */
public final class StoredContent implements MailContent {
    private final byte[] prefix;
    private final long bodyId;

    public StoredContent(byte[] prefix, long bodyId) {
        this.prefix = prefix.clone();
        this.bodyId = bodyId;
    }

    @Override
    public byte[] prefix() {
        return prefix.clone();
    }

    public long bodyId() {
        return bodyId;
    }

    /** Nothing to release. */
    @Override
    public void close() {}
}
