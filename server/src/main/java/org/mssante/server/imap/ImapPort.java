package org.mssante.server.imap;

/** The two IMAP ports. */
public enum ImapPort {
    /** Port 143, STARTTLS. */
    IMAP("imap"),
    /** Port 993, TLS from the first byte. */
    IMAPS("imaps");

    private final String id;

    ImapPort(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }
}
