package org.mssante.server.smtp;

import org.apache.james.protocols.lib.handler.HandlersPackage;

/** The three SMTP ports, and what is spoken on each. */
public enum SmtpPort {
    /** Between operators (port 25). */
    MX("mx", TlsStart.STARTTLS, InterOperatorHandlers.class),
    /** Mail clients (port 587, RFC 6409). */
    SUBMISSION("submission", TlsStart.STARTTLS, SubmissionHandlers.class),
    /** Mail clients (port 465, RFC 8314). */
    SUBMISSIONS("submissions", TlsStart.FIRST_BYTE, SubmissionHandlers.class);

    /** When TLS begins. */
    enum TlsStart {
        STARTTLS,
        FIRST_BYTE
    }

    private final String id;
    private final TlsStart tlsStart;
    private final Class<? extends HandlersPackage> handlers;

    SmtpPort(String id, TlsStart tlsStart, Class<? extends HandlersPackage> handlers) {
        this.id = id;
        this.tlsStart = tlsStart;
        this.handlers = handlers;
    }

    String id() {
        return id;
    }

    TlsStart tlsStart() {
        return tlsStart;
    }

    Class<? extends HandlersPackage> handlers() {
        return handlers;
    }
}
