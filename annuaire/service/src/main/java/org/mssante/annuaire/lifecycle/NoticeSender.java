package org.mssante.annuaire.lifecycle;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.mssante.annuaire.registry.Notice;
import org.mssante.annuaire.registry.NoticeOutbox;
import org.mssante.core.id.MailAddress;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.mail.SubmissionProperties;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the notices that wait to the mail server. What it does not take now waits for the next call. Not thread-safe. */
public final class NoticeSender {
    private static final Logger LOGGER = LoggerFactory.getLogger(NoticeSender.class);
    private static final String PROTOCOL = "smtps";
    private static final int PERMANENT = 500;

    private final NoticeOutbox outbox;
    private final NoticeSubmission submission;
    private final NoticeText text;
    private final Trace trace;

    public NoticeSender(
            NoticeOutbox outbox,
            NoticeSubmission submission,
            LifeCyclePolicy policy,
            Optional<MailAddress> administrator,
            Trace trace) {
        this.outbox = outbox;
        this.submission = submission;
        this.text = new NoticeText(policy, administrator);
        this.trace = trace;
    }

    /** Sends all that wait over one connection. */
    public void sendWaiting() {
        List<Notice> waiting = outbox.waiting();
        if (waiting.isEmpty()) {
            return;
        }
        Session session = session();
        try (SMTPTransport transport = (SMTPTransport) session.getTransport(PROTOCOL)) {
            for (Notice notice : waiting) {
                send(transport, session, notice);
            }
        } catch (MessagingException e) {
            LOGGER.warn("notices about mailboxes wait for the mail server: {}", FailureTrail.of(e));
        }
    }

    /**
     * What is refused for good has ended; what is refused for now waits, and keeps the others from nothing.
     *
     * @throws MessagingException where the mail server takes none at the moment
     */
    private void send(SMTPTransport transport, Session session, Notice notice) throws MessagingException {
        try {
            NoticeMail mail = NoticeMail.of(session, notice, text, submission.mailbox());
            connect(transport);
            transport.sendMessage(mail, mail.getAllRecipients());
            settled(Event.NOTICE_SENT, notice, String.valueOf(transport.getLastServerResponse()));
        } catch (MessagingException e) {
            Refusal refusal = refusal(e).orElseThrow(() -> e);
            if (refusal.code() >= PERMANENT) {
                LOGGER.warn("a notice about {} is refused for good", notice.address());
                settled(Event.NOTICE_REFUSED, notice, refusal.words());
            } else {
                LOGGER.warn("a notice about {} waits: the mail server says {}", notice.address(), refusal.code());
            }
        }
    }

    private void connect(Transport transport) throws MessagingException {
        if (!transport.isConnected()) {
            // the password of a mailbox that logs in by certificate is empty, but must not be null
            transport.connect(
                    submission.host(), submission.port(), submission.mailbox().toString(), "");
        }
    }

    /** Traced before it leaves the outbox: sent twice after a kill it is the same mail. */
    private void settled(Event event, Notice notice, String reply) {
        trace.record(TraceEntry.of(event)
                .with(Field.ACTOR, RegisterReview.POLICY)
                .with(Field.ON_BEHALF_OF, notice.address())
                .with(Field.TO, notice.recipient())
                .with(Field.REPLY, reply.strip())
                .with(Field.DETAIL, notice.kind() + ": " + notice.motive().english()));
        outbox.done(notice);
    }

    /** What the mail server said of one notice. */
    private record Refusal(int code, String words) {}

    /** Empty where it said nothing of this one: no answer, or a refused log-in or sender, which can be mended. */
    private static Optional<Refusal> refusal(MessagingException failure) {
        Optional<Refusal> refusal = Optional.empty();
        Exception cause = failure;
        while (cause instanceof MessagingException messaging) {
            if (cause instanceof SMTPSendFailedException send
                    && !send.getCommand().startsWith("MAIL")) {
                refusal = Optional.of(new Refusal(send.getReturnCode(), String.valueOf(cause.getMessage())));
            } else if (cause instanceof SMTPAddressFailedException address) {
                refusal = Optional.of(new Refusal(address.getReturnCode(), String.valueOf(cause.getMessage())));
            }
            cause = messaging.getNextException();
        }
        return refusal;
    }

    private Session session() {
        SSLContext tls = TlsContexts.mutual(
                KeyMaterial.load(submission.certificate()), PemFiles.certificatesOfFolder(submission.anchors()));
        return Session.getInstance(SubmissionProperties.of(tls, submission.mailbox(), submission.timeout()));
    }
}
