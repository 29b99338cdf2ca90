package org.mssante.dmp.bridge.filing;

import java.time.Clock;
import java.util.Optional;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.bridge.ledger.DocumentLedger;
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
    private final Endurance endurance;
    private final Clock clock;

    public FilingSteps(
            MessageLedger messages,
            DocumentLedger documents,
            DocumentFinder finder,
            DocumentProcess process,
            Endurance endurance,
            Clock clock) {
        this.messages = messages;
        this.documents = documents;
        this.finder = finder;
        this.process = process;
        this.endurance = endurance;
        this.clock = clock;
    }

    /** Finds the documents of one mail; false where none is due. */
    public boolean find() {
        Optional<StoredMessage> message = messages.nextReceived();
        message.ifPresent(this::find);
        return message.isPresent();
    }

    private void find(StoredMessage message) {
        try {
            finder.keep(message, contents(message));
        } catch (TraceFailure e) {
            // the mail is not to blame, and counts no failure
            LOGGER.error("a mail waits", e);
            messages.postpone(message.id(), endurance.next(clock.instant(), message.failures()));
        } catch (RuntimeException | OutOfMemoryError e) {
            messages.failed(message.id(), endurance.next(clock.instant(), message.failures()));
            throw e;
        }
    }

    private DocumentFinder.Contents contents(StoredMessage message) {
        if (message.failures() >= endurance.maxFailures()) {
            return finder.unreadable("the process ended again and again while reading it");
        }
        try {
            return finder.read(message);
        } catch (RuntimeException | StackOverflowError e) {
            // a defect that this mail found: it ends with a code instead of coming back for ever
            LOGGER.error("a mail could not be taken apart: {}", FailureTrail.of(e));
            return finder.unreadable(e.getClass().getSimpleName());
        }
    }

    /** Makes one attempt at one document; false where none is due. */
    public boolean file() {
        Optional<StoredDocument> document = documents.nextOpen();
        document.ifPresent(this::file);
        return document.isPresent();
    }

    private void file(StoredDocument document) {
        try {
            if (document.failures() >= endurance.maxFailures()) {
                process.stop(document, "stopped after " + document.failures() + " failed attempts");
            } else {
                process.attempt(document);
            }
        } catch (TraceFailure e) {
            // the document is not to blame: it waits, and counts no failure
            LOGGER.error("a document waits", e);
            documents.waiting(
                    document.id(),
                    Outcome.SERVER_ERROR,
                    "the trace cannot be written",
                    endurance.next(clock.instant(), document.attempts()));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // whatever the reason, the document must not stay claimed, nor come back for ever
            LOGGER.error("an attempt to file a document failed: {}", FailureTrail.of(e));
            documents.failed(
                    document.id(),
                    Outcome.SERVER_ERROR,
                    "the attempt failed: " + e.getClass().getSimpleName(),
                    endurance.next(clock.instant(), document.attempts()));
        }
    }
}
