package org.mssante.dmp.bridge.filing;

import java.time.Clock;
import java.util.Optional;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.bridge.ledger.Claimed;
import org.mssante.dmp.bridge.ledger.DocumentLedger;
import org.mssante.dmp.bridge.ledger.MessageLedger;
import org.mssante.dmp.bridge.ledger.StoredDocument;
import org.mssante.dmp.bridge.ledger.StoredMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of filing as pieces of work. A step that fails gives its piece back for later. */
public final class FilingSteps {
    private static final Logger LOGGER = LoggerFactory.getLogger(FilingSteps.class);

    /** A document is in memory as it came, as it is parsed and as it is sent. */
    private static final long COPIES = 3;

    private final MessageLedger messages;
    private final DocumentLedger documents;
    private final DocumentFinder finder;
    private final DocumentProcess process;
    private final Space space;
    private final Endurance endurance;
    private final Clock clock;

    public FilingSteps(
            MessageLedger messages,
            DocumentLedger documents,
            DocumentFinder finder,
            DocumentProcess process,
            Space space,
            Endurance endurance,
            Clock clock) {
        this.messages = messages;
        this.documents = documents;
        this.finder = finder;
        this.process = process;
        this.space = space;
        this.endurance = endurance;
        this.clock = clock;
    }

    /**
     * What mails and documents may take of the memory.
     *
     * @param mostUnpacked octets that the archives of one mail may hold
     */
    public record Space(Room room, long mostUnpacked) {}

    /** Finds the documents of one mail; false where none is due. */
    public boolean find() {
        Optional<Claimed> mail = messages.nextReceived();
        mail.ifPresent(claimed -> space.room().within(claimed.octets() + space.mostUnpacked(), () -> find(claimed)));
        return mail.isPresent();
    }

    private void find(Claimed claimed) {
        StoredMessage message;
        try {
            message = messages.message(claimed.id());
        } catch (RuntimeException | OutOfMemoryError e) {
            messages.failed(claimed.id(), endurance.next(clock.instant(), 0));
            throw e;
        }
        find(message);
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
        Optional<Claimed> document = documents.nextOpen();
        document.ifPresent(claimed -> space.room().within(COPIES * claimed.octets(), () -> file(claimed)));
        return document.isPresent();
    }

    private void file(Claimed claimed) {
        StoredDocument document;
        try {
            document = documents.document(claimed.id());
        } catch (RuntimeException | OutOfMemoryError e) {
            documents.failed(
                    claimed.id(),
                    Outcome.SERVER_ERROR,
                    "the document could not be read: " + e.getClass().getSimpleName(),
                    endurance.next(clock.instant(), 0));
            throw e;
        }
        file(document);
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
