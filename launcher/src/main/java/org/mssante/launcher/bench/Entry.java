package org.mssante.launcher.bench;

/** How messages are handed to a server. */
public enum Entry {
    /** TLS from the first byte, then log-in (RFC 8314 §3.3). */
    TLS(true, false, true),
    /** STARTTLS (RFC 3207), then log-in. */
    STARTTLS(false, true, true),
    /** STARTTLS with the certificate of another operator instead of a log-in. */
    OPERATOR(false, true, false),
    /** No TLS and no log-in: for servers that take mail that way; ours does not. */
    PLAIN(false, false, false);

    private final boolean implicitTls;
    private final boolean startTls;
    private final boolean login;

    Entry(boolean implicitTls, boolean startTls, boolean login) {
        this.implicitTls = implicitTls;
        this.startTls = startTls;
        this.login = login;
    }

    boolean implicitTls() {
        return implicitTls;
    }

    boolean startTls() {
        return startTls;
    }

    /** Whether a session logs in as its sender. */
    public boolean login() {
        return login;
    }
}
