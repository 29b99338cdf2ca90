package org.mssante.dmp.xds.iti18;

import java.util.List;
import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.metadata.DocumentEntry;

/** Searches a DMP. Thread-safe. */
public interface RegistryClient {
    /** The documents of a patient that are in force (FindDocuments, status Approved). */
    Answer<List<DocumentEntry>> findDocuments(Ins patient);

    /**
     * The entries of one document by its uniqueId, in any status; empty where there is none (GetDocuments).
     *
     * @param patient whose document it may be, in whose name a DMP is asked; empty where the caller does not know
     */
    Answer<List<DocumentEntry>> getDocuments(String uniqueId, Optional<Ins> patient);
}
