package org.mssante.dmp.bridge.filing;

import org.mssante.dmp.xds.metadata.DocumentEntry;

/** Where a document comes to stand among those that the DMP holds. */
sealed interface Place {

    /**
     * It replaces nothing.
     *
     * @param words for the trace; empty where there is nothing to say
     */
    record Beside(String words) implements Place {}

    /** It replaces this entry, which is in force. */
    record Instead(DocumentEntry entry, String words) implements Place {}

    /** It has none: this document was made later, and is what has replaced the one before it. */
    record Behind(String uniqueId) implements Place {}
}
