package org.mssante.server.smtp;

import org.apache.james.protocols.netty.Encryption;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.smtpserver.netty.SmtpMetrics;

/** James' SMTP server with TLS of our making: its own configuration knows no optional client certificate. */
@SuppressWarnings("unchecked") // the return type of an inherited method in James
final class MssanteSmtpServer extends SMTPServer {
    private final Encryption tls;

    MssanteSmtpServer(SmtpMetrics metrics, Encryption tls) {
        super(metrics);
        this.tls = tls;
    }

    @Override
    protected void buildSSLContext() {
        encryption = tls;
    }
}
