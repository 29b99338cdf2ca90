package org.mssante.server.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.TlsContexts;
import org.mssante.server.trust.TrustDecision;
import org.mssante.server.trust.TrustFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Talks to the servers of a destination, one after the other, until one takes or refuses the message. Before the peer
 * has proven under TLS who it is, nothing is said but EHLO and STARTTLS. There is no way round that: no clear text, no
 * lesser check. Each connection makes its own handshake, so that each message is judged anew. Thread-safe.
 */
public final class SmtpRelay {
    private static final Logger LOGGER = LoggerFactory.getLogger(SmtpRelay.class);
    private static final int READY = 220;
    private static final int BUFFER = 16 * 1024;

    private final Supplier<KeyMaterial> own;
    private final SmtpClientSettings settings;
    private final ScheduledExecutorService watchdog;

    /**
     * @param own the certificate this server presents, asked for each connection
     * @param watchdog ends sessions that last too long; the caller owns it
     */
    public SmtpRelay(Supplier<KeyMaterial> own, SmtpClientSettings settings, ScheduledExecutorService watchdog) {
        this.own = own;
        this.settings = settings;
        this.watchdog = watchdog;
    }

    HandOver.Result send(List<HostPort> hosts, PeerTrust trust, Mail mail, List<MailAddress> recipients) {
        Failure last = Failure.of(
                Failure.Kind.UNREACHABLE, Outcome.PEER_UNREACHABLE, "no server is known for the destination");
        long start = System.nanoTime();
        for (HostPort host : hosts) {
            Duration left = settings.session().minusNanos(System.nanoTime() - start);
            if (left.isNegative()) {
                break;
            }
            try {
                return send(host, left, trust, mail, recipients);
            } catch (PeerProblem problem) {
                Failure failure = problem.failure().at(host);
                // what a server proved about itself says more than the silence of another
                last = last.kind() == Failure.Kind.DISTRUSTED && failure.kind() == Failure.Kind.UNREACHABLE
                        ? last
                        : failure;
            }
        }
        return HandOver.Result.failed(recipients, last);
    }

    /** @throws PeerProblem where the peer cannot have taken the message: the connection ended before its final dot */
    private HandOver.Result send(HostPort host, Duration left, PeerTrust trust, Mail mail, List<MailAddress> recipients)
            throws PeerProblem {
        try (SmtpConnection connection = SmtpConnection.open(host, settings)) {
            ScheduledFuture<?> end = watchdog.schedule(connection::abort, left.toMillis(), TimeUnit.MILLISECONDS);
            try {
                return converse(connection, host, trust, mail, recipients);
            } finally {
                end.cancel(false);
            }
        } catch (IOException e) {
            throw new PeerProblem(unreachable(e), e);
        }
    }

    private HandOver.Result converse(
            SmtpConnection connection, HostPort host, PeerTrust trust, Mail mail, List<MailAddress> recipients)
            throws IOException, PeerProblem {
        expect(connection.reply());
        if (!ehlo(connection).contains("STARTTLS")) {
            connection.quit();
            throw new PeerProblem(
                    Failure.of(Failure.Kind.DISTRUSTED, Outcome.PEER_WITHOUT_TLS, "the peer does not offer STARTTLS"));
        }
        SmtpReply ready = connection.command("STARTTLS");
        if (ready.code() != READY) {
            throw new PeerProblem(Failure.of(
                    Failure.Kind.DISTRUSTED,
                    Outcome.PEER_WITHOUT_TLS,
                    "the peer answered " + ready.code() + " to STARTTLS"));
        }
        JudgedPeer peer = new JudgedPeer(trust);
        SSLSession tls = handshake(connection, peer);
        TrustFacts facts = peer.decision()
                .filter(TrustDecision::isAccepted)
                .orElseThrow(() -> new PeerProblem(Failure.of(
                        Failure.Kind.DISTRUSTED, Outcome.PEER_NOT_TRUSTED, "the peer's certificate was not judged")))
                .facts();
        Envelope envelope = new Envelope(mail, ehlo(connection));
        return transaction(
                        connection,
                        envelope,
                        mail,
                        recipients,
                        reply -> new HandOver.Receipt(
                                host,
                                tls.getProtocol() + " " + tls.getCipherSuite(),
                                facts,
                                reply,
                                envelope.reportsArePeers()))
                .saidBy(host, facts);
    }

    private SSLSession handshake(SmtpConnection connection, JudgedPeer peer) throws IOException, PeerProblem {
        SSLContext context = TlsContexts.withTrust(own.get(), peer);
        try {
            return connection.startTls(context);
        } catch (IOException e) {
            Optional<TrustDecision> decision = peer.decision();
            if (decision.isPresent() && decision.get() instanceof TrustDecision.Refused refused) {
                throw new PeerProblem(
                        Failure.of(Failure.Kind.DISTRUSTED, refused.outcome(), refused.detail())
                                .with(refused.facts()),
                        e);
            }
            if (decision.isPresent() && decision.get() instanceof TrustDecision.RetryLater later) {
                throw new PeerProblem(
                        Failure.of(Failure.Kind.UNREACHABLE, later.outcome(), later.detail())
                                .with(later.facts()),
                        e);
            }
            throw e;
        }
    }

    /**
     * From MAIL on the peer's answers are final for this attempt: another server is not asked. Nor is one where the
     * connection ends after the final dot: the peer may have taken the message (RFC 5321 §4.5.3.2.6), and its own server
     * is the one that recognises it when it comes again.
     */
    private static HandOver.Result transaction(
            SmtpConnection connection,
            Envelope envelope,
            Mail mail,
            List<MailAddress> recipients,
            Function<SmtpReply, HandOver.Receipt> receipt)
            throws IOException {
        Map<MailAddress, Failure> failures = new HashMap<>();
        try {
            if (envelope.isBeyondPeer()) {
                connection.quit();
                return HandOver.Result.failed(
                        recipients,
                        Failure.of(
                                Failure.Kind.REFUSED,
                                Outcome.PEER_WITHOUT_8BITMIME,
                                "the message holds 8-bit octets, and the peer does not offer 8BITMIME"));
            }
            SmtpReply sender = connection.command(envelope.mailFrom());
            if (!sender.isPositive()) {
                connection.quit();
                return HandOver.Result.failed(recipients, Failure.ofReply(sender));
            }
            for (MailAddress recipient : recipients) {
                SmtpReply answer = connection.command(envelope.rcptTo(recipient));
                if (!answer.isPositive()) {
                    failures.put(recipient, Failure.ofReply(answer));
                }
            }
            if (failures.size() == Set.copyOf(recipients).size()) {
                connection.quit();
                return new HandOver.Result(Optional.empty(), failures);
            }
            SmtpReply answer = data(connection, mail);
            connection.quit();
            if (answer.isPositive()) {
                return new HandOver.Result(Optional.of(receipt.apply(answer)), failures);
            }
            return HandOver.Result.failed(recipients, failures, Failure.ofReply(answer));
        } catch (UnansweredContent e) {
            return HandOver.Result.failed(
                    recipients,
                    failures,
                    Failure.of(
                            Failure.Kind.DEFERRED,
                            Outcome.PEER_UNREACHABLE,
                            "the connection failed before the peer answered to the whole message: " + e.getMessage()));
        } catch (UnreadableContent | MessagingException e) {
            LOGGER.error("the message {} cannot be read from the queue: {}", mail.getName(), FailureTrail.of(e));
            return HandOver.Result.failed(
                    recipients,
                    failures,
                    Failure.of(
                            Failure.Kind.DEFERRED,
                            Outcome.STORAGE_UNAVAILABLE,
                            "the message cannot be read: " + FailureTrail.classes(e)));
        }
    }

    private static SmtpReply data(SmtpConnection connection, Mail mail) throws IOException, UnreadableContent {
        SmtpReply go = connection.command("DATA");
        if (!go.isIntermediate()) {
            return go;
        }
        DotStuffedOutput content = connection.content();
        write(mail, content);
        try {
            content.end();
            return connection.replyToContent();
        } catch (IOException e) {
            throw new UnansweredContent(e);
        }
    }

    /** Reading and writing fail for reasons of their own: the queue's bytes are ours, the connection is the peer's. */
    private static void write(Mail mail, OutputStream out) throws IOException, UnreadableContent {
        byte[] buffer = new byte[BUFFER];
        try (OwnMessage message = OwnMessage.open(mail)) {
            for (int octets = message.read(buffer); octets >= 0; octets = message.read(buffer)) {
                out.write(buffer, 0, octets);
            }
        }
    }

    /** The connection ended between the final dot and its answer: nobody knows whether the peer has the message. */
    private static final class UnansweredContent extends IOException {
        private static final long serialVersionUID = 1L;

        UnansweredContent(IOException cause) {
            super(cause);
        }
    }

    private Set<String> ehlo(SmtpConnection connection) throws IOException, PeerProblem {
        SmtpReply answer = connection.command("EHLO " + settings.heloName());
        expect(answer);
        return Arrays.stream(answer.text().split("\n", -1))
                .skip(1)
                .map(line -> line.strip().split(" ", -1)[0].toUpperCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void expect(SmtpReply reply) throws PeerProblem {
        if (!reply.isPositive()) {
            Failure failure = Failure.ofReply(reply);
            // before MAIL a refusal concerns this server, not the message: others are tried, and later again
            throw new PeerProblem(new Failure(
                    Failure.Kind.UNREACHABLE,
                    Outcome.PEER_UNREACHABLE,
                    failure.detail(),
                    failure.reply(),
                    failure.peer(),
                    failure.facts()));
        }
    }

    private static Failure unreachable(IOException e) {
        String what = e instanceof ProtocolException ? "the peer does not speak SMTP: " : "the connection failed: ";
        return Failure.of(
                Failure.Kind.UNREACHABLE,
                Outcome.PEER_UNREACHABLE,
                what + e.getClass().getSimpleName() + " " + e.getMessage());
    }
}
