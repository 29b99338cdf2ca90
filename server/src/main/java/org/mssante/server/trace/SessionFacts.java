package org.mssante.server.trace;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.protocols.smtp.SMTPSession;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.listen.PeerCertificates;
import org.mssante.server.trust.TrustFacts;

/** Begins the trace line of something that happened in a session: protocol, peer, TLS, certificate. */
public final class SessionFacts {
    /** Where an IMAP session keeps its peer's address. */
    public static final String IMAP_PEER = "mssante.peer";

    private SessionFacts() {}

    public static TraceEntry of(SMTPSession session, Event event) {
        InetSocketAddress remote = session.getRemoteAddress();
        return tls(
                TraceEntry.of(event)
                        .with(
                                Field.PROTOCOL,
                                "SMTP " + session.getLocalAddress().getPort())
                        .with(Field.PEER, remote.getAddress().getHostAddress()),
                session.getSSLSession());
    }

    public static TraceEntry of(ImapSession session, Event event) {
        return tls(
                TraceEntry.of(event)
                        .with(Field.PROTOCOL, "IMAP")
                        .with(Field.PEER, peer(session).getHostAddress()),
                session.getSSLSession());
    }

    /** The address of an IMAP session's peer, which is remembered when it connects. */
    public static InetAddress peer(ImapSession session) {
        return (InetAddress) session.getAttribute(IMAP_PEER);
    }

    private static TraceEntry tls(TraceEntry entry, Optional<SSLSession> session) {
        TraceEntry secured = entry.with(Field.TLS, PeerCertificates.describe(session));
        return PeerCertificates.of(session).stream()
                .findFirst()
                .map(own -> TrustFacts.of(own, Optional.empty()).addTo(secured))
                .orElse(secured);
    }
}
