package org.mssante.dmp.bridge.ledger;

import java.util.Optional;
import java.util.OptionalLong;
import org.mssante.core.id.Ins;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.bridge.extract.DocumentBytes;
import org.mssante.dmp.cda.SenderMetadata;

/** A document as it was found in a mail, on its way into the ledger. */
public sealed interface FoundDocument {
    String source();

    /**
     * To be filed if the patient's rights allow it.
     *
     * @param setId empty where the document names no set: it is then of the set of the document it replaces, else the first of its own
     * @param replaces the identifier of the document it replaces
     * @param form what the operator's rules note about it
     */
    record Fileable(
            String source,
            String documentId,
            DocumentBytes bytes,
            SenderMetadata metadata,
            Ins patient,
            Optional<String> setId,
            OptionalLong version,
            Optional<String> replaces,
            String warnings,
            Optional<String> form)
            implements FoundDocument {}

    /** What ends where it is found. */
    sealed interface Ended extends FoundDocument {
        DocumentState state();

        Optional<String> documentId();

        Optional<DocumentBytes> bytes();

        Outcome outcome();

        String detail();
    }

    /** Refused for what it is. */
    record Refused(
            String source, Optional<String> documentId, Optional<DocumentBytes> bytes, Outcome outcome, String detail)
            implements Ended {
        @Override
        public DocumentState state() {
            return DocumentState.REFUSED;
        }
    }

    /** A part that may hold a document and was not looked into. */
    record Noted(String source, Outcome outcome, String detail) implements Ended {
        @Override
        public DocumentState state() {
            return DocumentState.NOTED;
        }

        @Override
        public Optional<String> documentId() {
            return Optional.empty();
        }

        @Override
        public Optional<DocumentBytes> bytes() {
            return Optional.empty();
        }
    }
}
