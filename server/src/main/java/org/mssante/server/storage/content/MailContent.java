package org.mssante.server.storage.content;

/** The bytes of a mail that is about to be stored: from anywhere, or already in the database. Closed after use. */
public sealed interface MailContent extends AutoCloseable permits SpooledContent, StoredContent {
    /** The header with the blank line after it, or the beginning of a longer one. */
    byte[] prefix();

    @Override
    void close();
}
