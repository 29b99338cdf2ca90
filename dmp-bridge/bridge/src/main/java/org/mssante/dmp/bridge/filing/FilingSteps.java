package org.mssante.dmp.bridge.filing;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.bridge.ledger.DocumentLedger;
import org.mssante.dmp.bridge.ledger.LedgerFailure;
import org.mssante.dmp.bridge.ledger.MessageLedger;
import org.mssante.dmp.bridge.ledger.StoredDocument;
import org.mssante.dmp.bridge.ledger.StoredMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of filing as pieces of work. A step that fails gives its piece back for later. */
public final class FilingSteps {
    private static final Logger LOGGER = LoggerFactory.getLogger(FilingSteps.class);

    private final MessageLedger messages;
    private final DocumentLedger documents;
    private final DocumentFinder finder;
    private final DocumentProcess process;
    private final Backoff backoff;
    private final Clock clock;

    public FilingSteps(
            MessageLedger messages,
            DocumentLedger documents,
            DocumentFinder finder,
            DocumentProcess process,
            Backoff backoff,
            Clock clock) {
        this.messages = messages;
        this.documents = documents;
        this.finder = finder;
        this.process = process;
        this.backoff = backoff;
        this.clock = clock;
    }

    /** Finds the documents of one mail; false where none is due. */
    public boolean find() {
        Optional<StoredMessage> message = messages.nextReceived();
        if (message.isPresent()) {
            try {
                finder.find(message.get());
            } catch (LedgerFailure e) {
                messages.postpone(message.get().id(), later(0));
                throw e;
            } catch (RuntimeException | StackOverflowError e) {
                // a defect that this mail found: it ends with a code instead of coming back for ever
                LOGGER.error("a mail could not be taken apart", e);
                finder.unreadable(message.get(), e.getClass().getSimpleName());
            }
        }
        return message.isPresent();
    }

    /** Makes one attempt at one document; false where none is due. */
    public boolean file() {
        Optional<StoredDocument> document = documents.nextOpen();
        if (document.isPresent()) {
            try {
                process.attempt(document.get());
            } catch (RuntimeException e) {
                // whatever the reason, the document must not stay claimed
                documents.waiting(
                        document.get().id(),
                        Outcome.DMP_UNAVAILABLE,
                        "the attempt failed: " + e.getClass().getSimpleName(),
                        later(document.get().attempts()));
                throw e;
            }
        }
        return document.isPresent();
    }

    private Instant later(int attempts) {
        return clock.instant().plus(backoff.after(attempts));
    }
}
