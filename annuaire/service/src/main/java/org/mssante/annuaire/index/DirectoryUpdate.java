package org.mssante.annuaire.index;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;

/**
 * What is written in one step over the state of the last commit; nothing shows before the commit. An entry that stands
 * there already, the same, is not written again.
 */
public final class DirectoryUpdate {
    private final IndexWriter writer;
    private final StandingEntries standing;
    private final IndexingThread indexing;

    DirectoryUpdate(IndexWriter writer, StandingEntries standing, IndexingThread indexing) {
        this.writer = writer;
        this.standing = standing;
        this.indexing = indexing;
    }

    /** What an entry is beside the one of its key that stands. */
    public enum Difference {
        NEW,
        CHANGED,
        SAME
    }

    /** Takes one entry, or does what a visitor must do with it. */
    @FunctionalInterface
    public interface Visitor {
        void visit(DirectoryEntry entry) throws IOException;
    }

    /**
     * Adds an entry, in place of the one of its key.
     *
     * @throws IllegalStateException where its key does not come behind the last one offered, by the octets of their UTF-8
     */
    public Difference offer(DirectoryEntry entry) throws IOException {
        return write(entry, standing.next(entry.key()));
    }

    /** Adds an entry, in place of the one of its key if there is one, in any order. */
    public void put(DirectoryEntry entry) throws IOException {
        write(entry, standing.find(entry.key()));
    }

    /** The entries of the last commit that were neither offered nor put. */
    public void forEachLeft(Visitor visitor) throws IOException {
        standing.forEachLeft(visitor);
    }

    /** Removes an entry of the last commit. */
    public void remove(EntryKey key) throws IOException {
        writer.deleteDocuments(term(key));
    }

    /** All that has been written so far, committed or not: to look up an entry while writing others. */
    public Snapshot written() throws IOException {
        indexing.finish();
        DirectoryReader reader = DirectoryReader.open(writer);
        return new Snapshot(new IndexSearcher(reader), 0, released -> reader.close());
    }

    private Difference write(DirectoryEntry entry, StandingEntries.Place place) throws IOException {
        byte[] packed = PackedEntry.pack(entry);
        long mark = EntryDocuments.mark(packed);
        if (!place.isTaken()) {
            indexing.take(() -> writer.addDocument(EntryDocuments.document(entry, packed, mark)));
            return Difference.NEW;
        }
        if (place.holds(mark)) {
            return Difference.SAME;
        }
        indexing.take(() -> writer.updateDocument(term(entry.key()), EntryDocuments.document(entry, packed, mark)));
        return Difference.CHANGED;
    }

    private static Term term(EntryKey key) {
        return new Term(EntryDocuments.KEY, key.term());
    }
}
