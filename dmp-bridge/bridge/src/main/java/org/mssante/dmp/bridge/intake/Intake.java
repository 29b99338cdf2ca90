package org.mssante.dmp.bridge.intake;

import java.net.BindException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.trace.Trace;
import org.mssante.dmp.bridge.ledger.MessageLedger;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.internal.server.RequireTLSCommandWrapper;
import org.subethamail.smtp.server.SMTPServer;

/** The SMTP server of the bridge. */
public final class Intake implements AutoCloseable {
    private final SMTPServer server;

    private Intake(SMTPServer server) {
        this.server = server;
    }

    /**
     * Starts listening.
     *
     * @param accepted is called after each new message is durable
     */
    public static Intake start(IntakeSettings settings, MessageLedger ledger, Trace trace, Runnable accepted) {
        SMTPServer server = SMTPServer.port(settings.port())
                .bindAddress(settings.address())
                .hostName(settings.hostName())
                .softwareName("MSSante DMP bridge")
                .enableTLS()
                .requireTLS()
                .startTlsSocketFactory(settings.tls(), true)
                .maxConnections(settings.maxConnections())
                .maxRecipients(settings.maxRecipients())
                .maxMessageSize(settings.maxMessageBytes())
                .connectionTimeout((int) settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .insertReceivedHeaders(false)
                .messageHandlerFactory(context -> new IntakeHandler(peer(context), settings, ledger, trace, accepted))
                .build();
        server.getCommandHandler().addCommand(new RequireTLSCommandWrapper(new DataCommand()));
        listen(server, settings);
        return new Intake(server);
    }

    /** The library hides what the socket said in an exception of its own. */
    private static void listen(SMTPServer server, IntakeSettings settings) {
        try {
            server.start();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof BindException occupied) {
                throw new StartupFailure(
                        "The address " + settings.address().getHostAddress() + ":" + settings.port()
                                + " cannot be used (" + occupied.getMessage()
                                + "): stop what listens there, change intake.port or start with another"
                                + " --port-offset.",
                        e);
            }
            throw e;
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.getPortAllocated();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static Optional<X509Certificate> peer(MessageContext context) {
        Certificate[] chain = context.getTlsPeerCertificates();
        return chain != null && chain.length > 0 && chain[0] instanceof X509Certificate leaf
                ? Optional.of(leaf)
                : Optional.empty();
    }
}
