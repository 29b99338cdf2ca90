package org.mssante.server.smtp;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.inject.Inject;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.ReceivedDataLineFilter;
import org.mssante.server.listen.PeerCertificates;

/**
 * The trace header on top of the message (RFC 5321 §4.4), with what protects the connection (RFC 3848) and without
 * James' look-up of the peer's name, which would hold a thread for as long as the DNS likes.
 */
public final class ReceivedHeader extends ReceivedDataLineFilter {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);

    private final Clock clock;

    @Inject
    public ReceivedHeader(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected Collection<Header> headers(SMTPSession session) {
        String peer = session.getRemoteAddress().getAddress().getHostAddress();
        String helo = session.getAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection)
                .orElse("unknown");
        Header header = new Header("Received", "from " + helo + " ([" + peer + "])");
        header.add("by " + session.getConfiguration().getHelloName() + " with " + protocol(session)
                + PeerCertificates.describe(session.getSSLSession())
                        .map(tls -> " (" + tls + ")")
                        .orElse(""));
        header.add("id " + session.getSessionID() + "; "
                + DATE.format(OffsetDateTime.now(clock.withZone(ZoneOffset.UTC))));
        return List.of(header);
    }

    private static String protocol(SMTPSession session) {
        return Sessions.login(session).isPresent() ? "ESMTPSA" : "ESMTPS";
    }
}
