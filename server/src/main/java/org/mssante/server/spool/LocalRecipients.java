package org.mssante.server.spool;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStream;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.smime.SignatureVerdict;
import org.mssante.server.smime.SignatureVerifier;
import org.mssante.server.trace.MailFacts;

/** Delivers into our own mailboxes, with the verdict on the signature in a header on top (RFC 8601, RFC 7281). */
final class LocalRecipients {
    private final SignatureVerifier signatures;
    private final LocalDelivery delivery;
    private final Filing filing;
    private final TopHeaders topHeaders;
    private final MailHost host;
    private final Trace trace;
    private final Clock clock;

    @Inject
    LocalRecipients(
            SignatureVerifier signatures,
            LocalDelivery delivery,
            Filing filing,
            MailHost host,
            Trace trace,
            Clock clock) {
        this.signatures = signatures;
        this.delivery = delivery;
        this.filing = filing;
        this.topHeaders = new TopHeaders(host.name());
        this.host = host;
        this.trace = trace;
        this.clock = clock;
    }

    void serve(MailImpl mail) throws MessagingException {
        if (mail.getRecipients().isEmpty()) {
            return;
        }
        try {
            SignatureVerdict verdict = signatures.verify(mail.getMessage(), clock.instant());
            trace.record(MailFacts.envelope(verdict.traceEntry(), mail, mail.getRecipients()));
            try (InputStream original = new MimeMessageInputStream(mail.getMessage());
                    Delivered message =
                            Delivered.of(mail.getName(), topHeaders.on(original, resultHeaders(mail, verdict)))) {
                serve(mail, message);
            }
        } catch (IOException e) {
            throw new MessagingException("the message cannot be read", e);
        }
    }

    private void serve(MailImpl mail, Delivered message) throws MessagingException, IOException {
        List<MailAddress> left = new ArrayList<>(mail.getRecipients());
        // asked before anybody is served: an absent directory then delays the whole and repeats nothing
        List<MailAddress> filed = filing.wanted(left, message);
        // before the delivery is traced, so that whoever then follows the message knows what is still to come
        for (MailAddress recipient : filed) {
            trace.record(MailFacts.envelope(TraceEntry.of(Event.FILING_REQUESTED), mail, List.of(recipient)));
        }
        for (MailAddress recipient : List.copyOf(left)) {
            // first what may be repeated: the bridge knows a message it already has
            if (filed.contains(recipient)) {
                filing.handOver(mail, recipient, message);
            }
            deliver(recipient, message);
            // whoever is served is never served again, whatever fails from here on
            left.remove(recipient);
            mail.setRecipients(left);
            trace.record(MailFacts.envelope(TraceEntry.of(Event.DELIVERED), mail, List.of(recipient))
                    .with(Field.SIZE, message.size()));
        }
    }

    private void deliver(MailAddress recipient, Delivered message) throws MessagingException {
        try {
            delivery.deliver(JamesNames.address(recipient).orElseThrow(), message);
        } catch (MailboxException e) {
            throw new MessagingException("the mailbox did not take the message", e);
        }
    }

    /** Return-Path is the business of the last server (RFC 5321 §4.4). */
    private List<String> resultHeaders(MailImpl mail, SignatureVerdict verdict) {
        return List.of(
                "Return-Path: " + mail.getMaybeSender().asPrettyString(),
                "Authentication-Results: " + verdict.authenticationResults(host.name()));
    }
}
