package org.mssante.annuaire.index;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/**
 * The entries of the last commit, while the next one is written: walked through once in the order of their keys, beside
 * new ones in the same order, so that two million comparisons cost one pass over the dictionary. Remembers which were
 * asked for. Not thread-safe.
 */
final class StandingEntries implements Closeable {
    private final Closeable source;
    private final List<Leaf> leaves;
    private Optional<BytesRef> last = Optional.empty();

    private StandingEntries(Closeable source, List<Leaf> leaves) {
        this.source = source;
        this.leaves = leaves;
    }

    static StandingEntries none() {
        return new StandingEntries(() -> {}, List.of());
    }

    /** @param reader of the last commit; closed with these */
    static StandingEntries of(DirectoryReader reader) throws IOException {
        List<Leaf> leaves = new ArrayList<>();
        for (LeafReaderContext context : reader.leaves()) {
            leaves.add(new Leaf(context.reader()));
        }
        return new StandingEntries(reader, leaves);
    }

    /** Where an entry of some key stands, if it does. */
    static final class Place {
        private static final Place FREE = new Place(Optional.empty(), 0);

        private final Optional<Leaf> leaf;
        private final int document;

        private Place(Optional<Leaf> leaf, int document) {
            this.leaf = leaf;
            this.document = document;
        }

        boolean isTaken() {
            return leaf.isPresent();
        }

        /** True where the entry that stands there is the one with this mark. */
        boolean holds(long mark) throws IOException {
            return leaf.isPresent() && leaf.get().mark(document) == mark;
        }

        /** The entry that stands there. */
        DirectoryEntry entry() throws IOException {
            BytesRef packed = leaf.orElseThrow().packed(document);
            return PackedEntry.unpack(packed.bytes, packed.offset, packed.length);
        }

        /** True where the entry that stands there is this one. */
        boolean holds(byte[] packed) throws IOException {
            return leaf.isPresent() && leaf.get().packed(document).bytesEquals(new BytesRef(packed));
        }
    }

    /** The place of a key (its term) behind all those asked for by this method before. */
    Place next(BytesRef wanted) throws IOException {
        if (last.isPresent() && wanted.compareTo(last.get()) <= 0) {
            throw new IllegalStateException("the keys of offered entries do not ascend");
        }
        last = Optional.of(wanted);
        for (Leaf leaf : leaves) {
            int document = leaf.advance(wanted);
            if (document != DocIdSetIterator.NO_MORE_DOCS) {
                return leaf.take(document);
            }
        }
        return Place.FREE;
    }

    boolean isEmpty() {
        return leaves.isEmpty();
    }

    /** The place of any key. */
    Place find(EntryKey key) throws IOException {
        BytesRef wanted = new BytesRef(key.term());
        for (Leaf leaf : leaves) {
            int document = leaf.seek(wanted);
            if (document != DocIdSetIterator.NO_MORE_DOCS) {
                return leaf.take(document);
            }
        }
        return Place.FREE;
    }

    void forEachLeft(DirectoryUpdate.Visitor visitor) throws IOException {
        for (Leaf leaf : leaves) {
            leaf.forEachLeft(visitor);
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** One segment of the index. */
    private static final class Leaf {
        private final LeafReader reader;
        private final Bits live;
        private final FixedBitSet asked;
        private final Optional<TermsEnum> walk;
        private Optional<BytesRef> current;
        private PostingsEnum postings;
        private NumericDocValues marks;
        private StoredFields entries;

        Leaf(LeafReader reader) throws IOException {
            this.reader = reader;
            this.live = reader.getLiveDocs() == null ? new Bits.MatchAllBits(reader.maxDoc()) : reader.getLiveDocs();
            this.asked = new FixedBitSet(Math.max(1, reader.maxDoc()));
            Optional<Terms> keys = Optional.ofNullable(reader.terms(EntryDocuments.KEY));
            this.walk = keys.isPresent() ? Optional.of(keys.get().iterator()) : Optional.empty();
            this.current = walk.isPresent() ? Optional.ofNullable(walk.get().next()) : Optional.empty();
        }

        /** The live document of this key, walking on to it. */
        int advance(BytesRef wanted) throws IOException {
            while (current.isPresent() && current.get().compareTo(wanted) < 0) {
                current = Optional.ofNullable(walk.orElseThrow().next());
            }
            return current.isPresent() && current.get().equals(wanted)
                    ? document(walk.orElseThrow())
                    : DocIdSetIterator.NO_MORE_DOCS;
        }

        int seek(BytesRef wanted) throws IOException {
            Optional<Terms> keys = Optional.ofNullable(reader.terms(EntryDocuments.KEY));
            if (keys.isEmpty()) {
                return DocIdSetIterator.NO_MORE_DOCS;
            }
            TermsEnum terms = keys.get().iterator();
            return terms.seekExact(wanted) ? document(terms) : DocIdSetIterator.NO_MORE_DOCS;
        }

        Place take(int document) {
            asked.set(document);
            return new Place(Optional.of(this), document);
        }

        /** Of an index of this format every document has one. */
        long mark(int document) throws IOException {
            if (marks == null || marks.docID() > document) {
                marks = reader.getNumericDocValues(EntryDocuments.MARK);
            }
            if (!marks.advanceExact(document)) {
                throw new IOException("an entry of the index has no mark");
            }
            return marks.longValue();
        }

        /** Neighbours are kept together on disk: reading on from one to the next is cheap with one reader of them. */
        BytesRef packed(int document) throws IOException {
            if (entries == null) {
                entries = reader.storedFields();
            }
            return Snapshot.packed(entries, document);
        }

        void forEachLeft(DirectoryUpdate.Visitor visitor) throws IOException {
            StoredFields stored = reader.storedFields();
            for (int document = 0; document < reader.maxDoc(); document++) {
                if (live.get(document) && !asked.get(document)) {
                    visitor.visit(Snapshot.entry(stored, document));
                }
            }
        }

        private int document(TermsEnum terms) throws IOException {
            postings = terms.postings(postings, PostingsEnum.NONE);
            return Snapshot.firstLive(postings, live);
        }
    }
}
