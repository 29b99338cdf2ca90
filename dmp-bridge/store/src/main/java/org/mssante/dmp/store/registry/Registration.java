package org.mssante.dmp.store.registry;

import java.util.List;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.metadata.Hash;

/** The store's decision on a submission: all of it is registered, or nothing. */
public sealed interface Registration {

    /** Every document is in the store. */
    record Registered(Ins patient, List<RegisteredDocument> documents) implements Registration {
        public Registered {
            documents = List.copyOf(documents);
        }
    }

    /** Nothing was registered. */
    record Refused(Refusal refusal) implements Registration {}

    /** One document; {@code alreadyThere} where the same bytes were there before and no entry was added. */
    record RegisteredDocument(String uniqueId, Hash hash, long size, boolean alreadyThere) {}
}
