package org.mssante.annuaire.index;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.mssante.annuaire.work.SecondThread;

/**
 * What is written in one step over the state of the last commit; nothing shows before the commit. An entry that stands
 * there already, the same, is not written again.
 */
public final class DirectoryUpdate {
    private final Documents documents;
    private final StandingEntries standing;
    private final SecondThread indexing;
    private final Marks marks = new Marks();

    DirectoryUpdate(Documents documents, StandingEntries standing, SecondThread indexing) {
        this.documents = documents;
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

    /** Makes the entry that records stand for. */
    @FunctionalInterface
    public interface Making {
        DirectoryEntry make() throws IOException;
    }

    /**
     * Adds the entry that records stand for, in place of the one of its key.
     *
     * @param entry asked where the records are not those of the entry that stands
     * @throws IllegalStateException where its key does not come behind the last one offered, by the octets of their UTF-8
     */
    public Difference offer(EntryRecords records, Making entry) throws IOException {
        StandingEntries.Place place = standing.next(records.key());
        long mark = marks.of(records.packed());
        return place.holds(mark) ? Difference.SAME : write(entry.make(), mark, place);
    }

    /** Adds an entry, in place of the one of its key if there is one, in any order. */
    public void put(DirectoryEntry entry) throws IOException {
        StandingEntries.Place place = standing.find(entry.key());
        long mark = marks.of(List.of(PackedEntry.pack(entry)));
        if (!place.holds(mark)) {
            write(entry, mark, place);
        }
    }

    /** The entries of the last commit that were neither offered nor put. */
    public void forEachLeft(Visitor visitor) throws IOException {
        standing.forEachLeft(visitor);
    }

    /** Removes an entry of the last commit. */
    public void remove(EntryKey key) throws IOException {
        documents.remove(key);
    }

    /** All that has been written so far, committed or not: to look up an entry while writing others. */
    public Snapshot written() throws IOException {
        indexing.finish();
        DirectoryReader reader = documents.written();
        return new Snapshot(new IndexSearcher(reader), 0, released -> reader.close());
    }

    private Difference write(DirectoryEntry entry, long mark, StandingEntries.Place place) throws IOException {
        byte[] packed = PackedEntry.pack(entry);
        if (!place.isTaken()) {
            indexing.take(() -> documents.add(entry.key(), EntryDocuments.document(entry, packed, mark)));
            return Difference.NEW;
        }
        indexing.take(() -> documents.replace(entry.key(), EntryDocuments.document(entry, packed, mark)));
        // it may be the same, made from other records: they are known the next time
        return place.holds(packed) ? Difference.SAME : Difference.CHANGED;
    }
}
