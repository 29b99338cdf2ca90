package org.mssante.dmp.store.query;

import java.util.List;
import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.dmp.store.registry.Refusal;
import org.mssante.dmp.store.sql.StoredDocument;

/** The store's answer to a query. */
public sealed interface Found {

    /**
     * What was found.
     *
     * @param patient whose documents were asked for, where the query says so
     */
    record Documents(Optional<Ins> patient, List<StoredDocument> documents) implements Found {
        public Documents {
            documents = List.copyOf(documents);
        }
    }

    /** The query was not run. */
    record Refused(Refusal refusal) implements Found {}
}
