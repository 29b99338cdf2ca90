package org.mssante.dmp.cda;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mssante.core.id.Ins;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.DocumentEntry;

/** What a document's header says about filing it, before anybody is asked about the patient's rights. */
public sealed interface Assessment {

    /**
     * The document can be filed if the patient's rights allow it.
     *
     * @param setId what all versions of the document share
     * @param version within the set; empty where the document has no set: only both together name a version
     * @param replaces the uniqueId of the document it replaces (relatedDocument RPLC)
     */
    record Fileable(
            Ins patient,
            DocumentEntry entry,
            Code contentType,
            Optional<String> setId,
            OptionalLong version,
            Optional<String> replaces,
            List<String> warnings)
            implements Assessment {
        public Fileable {
            warnings = List.copyOf(warnings);
        }

        /** The same with other warnings. */
        Fileable with(List<String> others) {
            return new Fileable(patient, entry, contentType, setId, version, replaces, others);
        }
    }

    /** @param documentId where the header gives one */
    record Refused(Optional<String> documentId, Outcome outcome, String detail) implements Assessment {}
}
