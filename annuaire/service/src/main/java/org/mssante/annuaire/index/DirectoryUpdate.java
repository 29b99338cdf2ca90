package org.mssante.annuaire.index;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.mssante.annuaire.work.SecondThread;
import org.mssante.core.id.StructureId;

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
    public void remove(DirectoryEntry entry) throws IOException {
        documents.remove(entry.key());
        touchOwners(entry);
        touchNamesakes(entry);
    }

    /** All that has been written so far, committed or not: to look up an entry while writing others. */
    public Snapshot written() throws IOException {
        indexing.finish();
        DirectoryReader reader = documents.written();
        return new Snapshot(new IndexSearcher(reader), 0, released -> reader.close());
    }

    private Difference write(DirectoryEntry entry, long mark, StandingEntries.Place place) throws IOException {
        byte[] packed = PackedEntry.pack(entry);
        touchOwners(entry);
        if (!place.isTaken()) {
            touchNamesakes(entry);
            indexing.take(() -> documents.add(entry.key(), EntryDocuments.document(entry, packed, mark)));
            return Difference.NEW;
        }
        indexing.take(() -> documents.replace(entry.key(), EntryDocuments.document(entry, packed, mark)));
        // it may be the same, made from other records: they are known the next time
        if (place.holds(packed)) {
            return Difference.SAME;
        }
        if (entry.key().isIn(Branch.MAILBOXES)) {
            touchOwners(place.entry());
        } else if (entry.key().isIn(Branch.STRUCTURES)) {
            touchNamesakes(place.entry(), entry);
        }
        return Difference.CHANGED;
    }

    /** Whose mailbox changes, changes with it, for those who see one with the other: its holder, and its structure. */
    private void touchOwners(DirectoryEntry entry) throws IOException {
        if (entry.key().isIn(Branch.MAILBOXES)) {
            for (String rpps : entry.values(Attribute.PERSON_ID)) {
                touch(EntryDocuments.value(Attribute.PERSON_ID, normal(Attribute.PERSON_ID, rpps)));
            }
            for (StructureId id : RegisterStructures.possible(entry)) {
                touchNumbered(id.nationalId());
            }
        }
    }

    private void touchNamesakes(DirectoryEntry before, DirectoryEntry after) throws IOException {
        if (!RegisterStructures.ofItsOwn(before).equals(RegisterStructures.ofItsOwn(after))) {
            touchNamesakes(before);
            touchNamesakes(after);
        }
    }

    /** By a number that comes to a site, or goes from it, mailboxes may be those of another one from then on. */
    private void touchNamesakes(DirectoryEntry entry) throws IOException {
        if (entry.key().isIn(Branch.STRUCTURES)) {
            touchNumbered(entry.key().name().orElseThrow());
            for (StructureId id : RegisterStructures.ofItsOwn(entry)) {
                touchNumbered(id.nationalId());
            }
        }
    }

    /** The structures with a number, and the mailboxes that tell of one which the register does not have. */
    private void touchNumbered(String nationalId) throws IOException {
        touch(EntryDocuments.value(Attribute.STRUCTURE_NUMBER, normal(Attribute.STRUCTURE_NUMBER, nationalId)));
        touch(EntryDocuments.telling(nationalId));
    }

    /** Where nothing stands, all is new. */
    private void touch(Term term) throws IOException {
        if (!standing.isEmpty()) {
            documents.touch(term);
        }
    }

    private static String normal(Attribute attribute, String value) {
        return attribute.matching().normal(value);
    }
}
