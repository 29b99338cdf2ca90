package org.mssante.dmp.bridge.receipt;

import jakarta.mail.MessagingException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.bridge.filing.Backoff;
import org.mssante.dmp.bridge.filing.RequiredTrace;
import org.mssante.dmp.bridge.filing.Room;
import org.mssante.dmp.bridge.filing.TraceFailure;
import org.mssante.dmp.bridge.ledger.Claimed;
import org.mssante.dmp.bridge.ledger.DocumentLedger;
import org.mssante.dmp.bridge.ledger.DocumentOutcome;
import org.mssante.dmp.bridge.ledger.DocumentState;
import org.mssante.dmp.bridge.ledger.MessageLedger;
import org.mssante.dmp.bridge.ledger.OwedReceipt;
import org.mssante.dmp.bridge.ledger.ReceiptLedger;
import org.mssante.dmp.bridge.ledger.StoredMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last step: settles mails whose documents have ended, and sends the receipts owed until they are accepted. */
public final class ReceiptProcess {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReceiptProcess.class);

    private final MessageLedger messages;
    private final DocumentLedger documents;
    private final ReceiptLedger receipts;
    private final ReceiptComposer composer;
    private final ReceiptTransport transport;
    private final Room room;
    private final long mostReceipt;
    private final Backoff backoff;
    private final Trace trace;
    private final Clock clock;

    public ReceiptProcess(
            Ledgers ledgers,
            ReceiptComposer composer,
            ReceiptTransport transport,
            Space space,
            Backoff backoff,
            Trace trace,
            Clock clock) {
        this.messages = ledgers.messages();
        this.documents = ledgers.documents();
        this.receipts = ledgers.receipts();
        this.composer = composer;
        this.transport = transport;
        this.room = space.room();
        this.mostReceipt = space.mostReceipt();
        this.backoff = backoff;
        this.trace = new RequiredTrace(trace);
        this.clock = clock;
    }

    /**
     * What receipts may take of the memory.
     *
     * @param mostReceipt octets of the largest
     */
    public record Space(Room room, long mostReceipt) {}

    /** The ledger's parts. */
    public record Ledgers(MessageLedger messages, DocumentLedger documents, ReceiptLedger receipts) {}

    /** Settles one mail; false where none is due. */
    public boolean settleNext() {
        Optional<Claimed> ended = receipts.nextEnded();
        if (ended.isPresent()) {
            StoredMessage message = messages.head(ended.get().id());
            receipts.settle(message.id(), ReceiptPolicy.receipt(message, documents.outcomes(message.id())));
        }
        return ended.isPresent();
    }

    /** Sends one receipt; false where none is due. */
    public boolean sendNext() {
        Optional<OwedReceipt> owed = receipts.nextOwed();
        owed.ifPresent(receipt -> room.within(receipt.octets() + mostReceipt, () -> send(receipt)));
        return owed.isPresent();
    }

    private void send(OwedReceipt receipt) {
        try {
            StoredMessage original = messages.message(receipt.message());
            List<DocumentOutcome> outcomes = documents.outcomes(original.id());
            apply(attempt(receipt, original, outcomes), receipt, original, outcomes);
        } catch (TraceFailure e) {
            // sent again, the receipt is the same mail; a line that is missing would never come
            LOGGER.error("a receipt waits: {}", FailureTrail.of(e));
            postpone(receipt, "the trace cannot be written");
        } catch (RuntimeException e) { // one receipt must not keep the others from being sent
            LOGGER.error(
                    "the receipt for mail {} of the ledger met a defect: {}", receipt.message(), FailureTrail.of(e));
            postpone(receipt, "a defect of the bridge: " + e.getClass().getSimpleName());
        }
    }

    /** What became of a receipt is traced before the ledger says it. */
    private void apply(
            ReceiptTransport.Result result,
            OwedReceipt receipt,
            StoredMessage original,
            List<DocumentOutcome> outcomes) {
        if (result instanceof ReceiptTransport.Result.Accepted accepted) {
            trace(receipt, original, outcomes, accepted.reply());
            receipts.sent(original.id());
        } else if (result instanceof ReceiptTransport.Result.Later later) {
            postpone(receipt, later.why());
        } else if (result instanceof ReceiptTransport.Result.Rejected rejected) {
            LOGGER.warn(
                    "the receipt for mail {} of the ledger is refused for good ({})",
                    original.id(),
                    rejected.code().isPresent() ? rejected.code().getAsInt() : "it cannot be written");
            trace.record(TraceEntry.of(Event.RECEIPT_ABANDONED)
                    .message(original.messageId())
                    .with(Field.TO, receipt.recipient())
                    .with(Field.REPLY, rejected.reply())
                    .with(Field.DETAIL, receipt.kind()));
            receipts.abandoned(original.id(), rejected.reply());
        }
    }

    private void postpone(OwedReceipt receipt, String why) {
        receipts.postpone(receipt.message(), why, clock.instant().plus(backoff.after(receipt.attempts())));
    }

    private ReceiptTransport.Result attempt(
            OwedReceipt receipt, StoredMessage original, List<DocumentOutcome> outcomes) {
        SMTPMessage mail;
        try {
            mail = composer.compose(transport.session(), receipt, original, outcomes);
        } catch (MessagingException e) {
            // the sender's address cannot be written to: no later attempt would help
            return new ReceiptTransport.Result.Rejected(
                    OptionalInt.empty(), "the receipt cannot be written: " + e.getMessage());
        }
        return transport.send(mail);
    }

    private void trace(OwedReceipt receipt, StoredMessage original, List<DocumentOutcome> outcomes, String reply) {
        TraceEntry entry = TraceEntry.of(Event.RECEIPT_SENT)
                .message(original.messageId())
                .with(Field.TO, receipt.recipient())
                .with(Field.REPLY, reply)
                .with(Field.ATTEMPT, receipt.attempts() + 1)
                .with(Field.DETAIL, receipt.kind());
        trace.record(outcomes.stream()
                .filter(outcome -> outcome.state() == DocumentState.REFUSED)
                .findFirst()
                .or(() -> outcomes.stream()
                        .filter(outcome -> outcome.state() == DocumentState.FILED)
                        .findFirst())
                .map(outcome -> entry.outcome(outcome.outcome()))
                .orElse(entry));
    }
}
