package org.mssante.dmp.bridge.intake;

import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.bridge.ledger.Delivery;
import org.mssante.dmp.bridge.ledger.LedgerFailure;
import org.mssante.dmp.bridge.ledger.MessageLedger;
import org.mssante.dmp.bridge.ledger.MessageTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/** One transaction of the mail server. */
final class IntakeHandler implements MessageHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(IntakeHandler.class);

    private final Optional<X509Certificate> peer;
    private final IntakeSettings settings;
    private final MessageLedger ledger;
    private final Trace trace;
    private final Runnable accepted;
    private final List<String> recipients = new ArrayList<>();
    private String sender = "";

    IntakeHandler(
            Optional<X509Certificate> peer,
            IntakeSettings settings,
            MessageLedger ledger,
            Trace trace,
            Runnable accepted) {
        this.peer = peer;
        this.settings = settings;
        this.ledger = ledger;
        this.trace = trace;
        this.accepted = accepted;
    }

    /** Only the configured mail server hands messages over, whoever else holds a certificate of the trust space. */
    @Override
    public void from(String from) throws RejectException {
        boolean known = peer.map(X509Certificate::getSubjectX500Principal)
                .filter(settings.mailServer()::equals)
                .isPresent();
        if (!known) {
            trace.record(TraceEntry.of(Event.COMMAND_REFUSED)
                    .outcome(Outcome.CERTIFICATE_NOT_LISTED)
                    .with(Field.CERTIFICATE_SUBJECT, peer.map(X509Certificate::getSubjectX500Principal))
                    .with(Field.FROM, from == null ? "" : from));
            throw rejected(Outcome.CERTIFICATE_NOT_LISTED);
        }
        sender = from == null ? "" : from;
    }

    @Override
    public void recipient(String recipient) {
        recipients.add(recipient);
    }

    @Override
    public String data(InputStream data) throws RejectException {
        try {
            Delivery delivery = ledger.accept(sender, recipients, data, settings.maxMessageBytes());
            trace(delivery);
            if (!delivery.known()) {
                accepted.run();
            }
            return "2.0.0 " + (delivery.known() ? "known as " : "recorded as ") + delivery.id();
        } catch (MessageTooLargeException e) {
            throw rejected(Outcome.MESSAGE_TOO_LARGE);
        } catch (LedgerFailure e) {
            LOGGER.error("a message could not be recorded: {}", FailureTrail.of(e));
            throw rejected(Outcome.STORAGE_UNAVAILABLE);
        }
    }

    @Override
    public void done() {
        recipients.clear();
        sender = "";
    }

    private void trace(Delivery delivery) {
        trace.record(TraceEntry.of(Event.INTAKE)
                .message(delivery.messageId())
                .with(Field.FROM, sender)
                .with(Field.TO, String.join(", ", recipients))
                .with(Field.SIZE, delivery.size())
                .with(Field.HASH, delivery.sha256())
                .with(Field.MAIL_NAME, delivery.id())
                .with(Field.CERTIFICATE_SUBJECT, peer.map(X509Certificate::getSubjectX500Principal))
                .with(Field.DETAIL, delivery.known() ? "already recorded" : "new"));
    }

    private static RejectException rejected(Outcome outcome) {
        return new RejectException(
                outcome.smtpReply().orElse(451), outcome.enhancedStatus().orElse("4.0.0") + " " + outcome.replyText());
    }
}
