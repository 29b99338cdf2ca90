package org.mssante.dmp.cda;

import java.util.List;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.DocumentEntry;

/** Whether a header gives the metadata that filing needs. */
public sealed interface MetadataVerdict {

    /**
     * The document's metadata in full.
     *
     * @param contentType of the submission that will carry it
     */
    record Complete(DocumentEntry entry, Code contentType, List<String> warnings) implements MetadataVerdict {
        public Complete {
            warnings = List.copyOf(warnings);
        }
    }

    record Incomplete(Outcome outcome, String detail) implements MetadataVerdict {}
}
