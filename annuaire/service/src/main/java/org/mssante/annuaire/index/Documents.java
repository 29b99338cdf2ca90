package org.mssante.annuaire.index;

import java.io.IOException;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;

/** Where an update puts what it writes. Thread-safe. */
interface Documents {
    /** Of a key that has none yet. */
    void add(EntryKey key, Document document) throws IOException;

    /** In place of the one of that key. */
    void replace(EntryKey key, Document document) throws IOException;

    void remove(EntryKey key) throws IOException;

    /** Notes that the entries with a term have changed, though they stand as they are. */
    void touch(Term term) throws IOException;

    /** All that is there, what was written last included. */
    DirectoryReader written() throws IOException;
}
