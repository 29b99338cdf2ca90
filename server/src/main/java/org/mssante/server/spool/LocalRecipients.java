package org.mssante.server.spool;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStream;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.core.trace.Trace;
import org.mssante.server.delivery.ArrivalNotices;
import org.mssante.server.smime.SignatureVerdict;
import org.mssante.server.smime.SignatureVerifier;
import org.mssante.server.storage.mailbox.Inboxes;
import org.mssante.server.storage.mailbox.ReceivedMessage;
import org.mssante.server.trace.MailFacts;

/** Makes a message ready for our own mailboxes: the verdict on its signature in a header on top (RFC 8601, RFC 7281). */
final class LocalRecipients {
    private final SignatureVerifier signatures;
    private final Inboxes inboxes;
    private final Filing filing;
    private final ArrivalNotices notices;
    private final AbsenceAnswers absences;
    private final TopHeaders topHeaders;
    private final MailHost host;
    private final Trace trace;
    private final Clock clock;

    @Inject
    LocalRecipients(
            SignatureVerifier signatures,
            Inboxes inboxes,
            Filing filing,
            ArrivalNotices notices,
            AbsenceAnswers absences,
            MailHost host,
            Trace trace,
            Clock clock) {
        this.signatures = signatures;
        this.inboxes = inboxes;
        this.filing = filing;
        this.notices = notices;
        this.absences = absences;
        this.topHeaders = new TopHeaders(host.name());
        this.host = host;
        this.trace = trace;
        this.clock = clock;
    }

    /**
     * Reads and checks all there is to know; nobody is served yet.
     *
     * @param open the mailboxes that take it
     */
    LocalDelivery prepare(MailImpl mail, Map<MailAddress, Mailbox> open) throws MessagingException {
        List<MailAddress> recipients = List.copyOf(open.keySet());
        try {
            SignatureVerdict verdict = signatures.verify(mail.getMessage(), clock.instant());
            trace.record(MailFacts.envelope(verdict.traceEntry(), mail, recipients));
            ReceivedMessage message = read(mail, verdict);
            try {
                List<MailAddress> filed = filing.wanted(open, message);
                AbsenceAnswers.Answers answers = absences.prepare(mail, open);
                return new LocalDelivery(
                        inboxes, filing, trace, mail, message, notices.of(mail), answers, recipients, filed);
            } catch (MessagingException | IOException | RuntimeException e) {
                message.close();
                throw e;
            }
        } catch (IOException e) {
            throw new MessagingException("the message cannot be read", e);
        }
    }

    private ReceivedMessage read(MailImpl mail, SignatureVerdict verdict) throws IOException, MessagingException {
        try (InputStream original = new MimeMessageInputStream(mail.getMessage())) {
            return ReceivedMessage.read(topHeaders.on(original, resultHeaders(mail, verdict)), clock.instant());
        }
    }

    /** Return-Path is the business of the last server (RFC 5321 §4.4). */
    private List<String> resultHeaders(MailImpl mail, SignatureVerdict verdict) {
        return List.of(
                "Return-Path: " + mail.getMaybeSender().asPrettyString(),
                "Authentication-Results: " + verdict.authenticationResults(host.name()));
    }
}
