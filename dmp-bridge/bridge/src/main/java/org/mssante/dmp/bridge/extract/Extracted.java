package org.mssante.dmp.bridge.extract;

import java.util.List;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.cda.CdaHeader;
import org.mssante.dmp.cda.DocumentId;
import org.mssante.dmp.cda.SenderMetadata;

/** What became of one thing found in a mail. {@code source} names where it stood, e.g. {@code 2/IHE_XDM.zip!DOC00001.XML}. */
public sealed interface Extracted {
    String source();

    /**
     * A readable CDA document, to be judged by its header.
     *
     * @param metadata what the sender says beside the document
     * @param announced true where the metadata of a package announce it, false for a bare document
     * @param warnings English sentences for the trace
     */
    record Document(
            String source,
            DocumentBytes bytes,
            CdaHeader header,
            SenderMetadata metadata,
            boolean announced,
            List<String> warnings)
            implements Extracted {
        public Document {
            warnings = List.copyOf(warnings);
        }

        /** What the identifier of the document is compared by; empty where it has none. */
        Optional<String> id() {
            return header.id().map(DocumentId::key);
        }
    }

    /**
     * A document, or a whole package, that cannot be filed.
     *
     * @param documentId of the document, where a package or the document itself gives one
     * @param bytes of the document, where they are known: the same bytes elsewhere in the mail share its fate
     */
    record Refused(
            String source, Optional<String> documentId, Optional<DocumentBytes> bytes, Outcome outcome, String detail)
            implements Extracted {

        public static Refused of(String source, Outcome outcome, String detail) {
            return new Refused(source, Optional.empty(), Optional.empty(), outcome, detail);
        }

        /** True for a part that nobody could look into: which documents it speaks of is not known. */
        boolean isUnread() {
            return documentId.isEmpty() && bytes.isEmpty();
        }
    }

    /**
     * A part that may hold a document and cannot be looked into: an operator sees it; no receipt is owed for it, one that is owed for
     * other documents of the mail names it.
     *
     * @param detail what it is, in English
     */
    record Noted(String source, Outcome outcome, String detail) implements Extracted {}

    /** Nothing to file: {@code what} says in English what it is. */
    record Ignored(String source, String what) implements Extracted {}
}
