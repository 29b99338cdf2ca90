package org.mssante.annuaire.index;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.ExitableDirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** The directory as it was at one commit: nothing that happens meanwhile shows. Close it to let go of its files. */
public final class Snapshot implements AutoCloseable {
    private static final Set<String> STORED = Set.of(EntryDocuments.ENTRY);

    /** Of one search: each holds a bit for every entry of the directory. */
    private static final int MOST_WALKS = 32;

    static {
        // of filters others set the limits: some hundred conditions, each of which asks for a few terms
        IndexSearcher.setMaxClauseCount(1 << 16);
    }

    private final IndexSearcher searcher;
    private final long version;
    private final Release release;
    private Optional<ChangeTimes> times = Optional.empty();

    /** How a searcher is given back. */
    @FunctionalInterface
    interface Release {
        void run(IndexSearcher searcher) throws IOException;
    }

    Snapshot(IndexSearcher searcher, long version, Release release) {
        this.searcher = searcher;
        this.version = version;
        this.release = release;
    }

    /** Names this snapshot for {@link DirectoryIndex#snapshot(long)}. */
    public long version() {
        return version;
    }

    /** Of its commit: what changes later is of this time or a later one. */
    public Instant time() throws IOException {
        return times().last();
    }

    /** Few ask for it. */
    private ChangeTimes times() throws IOException {
        if (times.isEmpty()) {
            times = Optional.of(ChangeTimes.of((DirectoryReader) searcher.getIndexReader()));
        }
        return times.get();
    }

    public int size() {
        return searcher.getIndexReader().numDocs();
    }

    /** How many entries stand in a branch. */
    public int count(Branch branch) throws IOException {
        return searcher.count(new TermQuery(EntryDocuments.parent(EntryKey.of(branch))));
    }

    public Optional<DirectoryEntry> find(EntryKey key) throws IOException {
        return find(key, (leaf, document) -> entry(leaf.storedFields(), document));
    }

    /** When an entry changed, or a mailbox of the person or structure that it stands for. */
    public Optional<Instant> changed(EntryKey key) throws IOException {
        return find(key, times()::of);
    }

    /** What is read of a document. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(LeafReader leaf, int document) throws IOException;
    }

    private <T> Optional<T> find(EntryKey key, Reading<T> reading) throws IOException {
        BytesRef term = new BytesRef(key.term());
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            int document = only(leaf.reader(), term);
            if (document != DocIdSetIterator.NO_MORE_DOCS) {
                return Optional.of(reading.of(leaf.reader(), document));
            }
        }
        return Optional.empty();
    }

    /** The document of a key in a leaf, of which there is one at most in all: the index is not asked how well it fits. */
    private static int only(LeafReader leaf, BytesRef key) throws IOException {
        PostingsEnum documents = leaf.postings(new Term(EntryDocuments.KEY, key), PostingsEnum.NONE);
        if (documents == null) {
            return DocIdSetIterator.NO_MORE_DOCS;
        }
        Bits live = leaf.getLiveDocs();
        return firstLive(documents, live == null ? new Bits.MatchAllBits(leaf.maxDoc()) : live);
    }

    /** The first of some documents that has not been replaced. */
    static int firstLive(PostingsEnum documents, Bits live) throws IOException {
        int document = documents.nextDoc();
        while (document != DocIdSetIterator.NO_MORE_DOCS && !live.get(document)) {
            document = documents.nextDoc();
        }
        return document;
    }

    /**
     * Entries in the order of the index, from a place on. A search that would walk through the values of attributes too often has no
     * time: it would take more of the processor and of the heap than others leave.
     *
     * @param from 0, or {@link Answer#next()} of the page before
     * @param limit entries at most
     */
    public Answer search(Question question, int from, int limit, Instant deadline, Clock clock) throws IOException {
        Candidates candidates = question.condition().candidates();
        if (candidates.walks() > MOST_WALKS) {
            return new Answer(List.of(), Answer.End.TIME, from);
        }
        Stretch stretch = new Stretch(from, limit, deadline, clock);
        try {
            return search(candidates.walks() == 0 ? searcher : until(deadline, clock), question, candidates, stretch);
        } catch (ExitableDirectoryReader.ExitingReaderException e) {
            return new Answer(List.of(), Answer.End.TIME, from);
        }
    }

    /** Of what a search finds, what is wanted, and until when. */
    private record Stretch(int from, int limit, Instant deadline, Clock clock) {
        boolean isOver() {
            return clock.instant().isAfter(deadline);
        }
    }

    /** Breaks off a walk when the time is up: nothing is found before its end, so that nobody looks at the clock. */
    private IndexSearcher until(Instant deadline, Clock clock) throws IOException {
        IndexSearcher timely = new IndexSearcher(ExitableDirectoryReader.wrap(
                (DirectoryReader) searcher.getIndexReader(),
                () -> clock.instant().isAfter(deadline)));
        timely.setQueryCache(null);
        return timely;
    }

    private Answer search(IndexSearcher searcher, Question question, Candidates candidates, Stretch stretch)
            throws IOException {
        CandidateDocuments found = new CandidateDocuments(searcher, query(question, candidates));
        List<DirectoryEntry> entries = new ArrayList<>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            if (leaf.docBase + leaf.reader().maxDoc() <= stretch.from()) {
                continue;
            }
            DocIdSetIterator documents = found.of(leaf);
            int doc = documents.advance(Math.max(0, stretch.from() - leaf.docBase));
            if (doc == DocIdSetIterator.NO_MORE_DOCS) {
                // most leaves of a look-up: their entries are not opened
                continue;
            }
            Bits live = leaf.reader().getLiveDocs();
            StoredFields stored = leaf.reader().storedFields();
            for (; doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
                if (live != null && !live.get(doc)) {
                    continue;
                }
                if (stretch.isOver()) {
                    return new Answer(entries, Answer.End.TIME, leaf.docBase + doc);
                }
                DirectoryEntry entry = entry(stored, doc);
                if (question.isAnsweredBy(entry) && isOfTime(question, leaf.reader(), doc)) {
                    if (entries.size() == stretch.limit()) {
                        return new Answer(entries, Answer.End.LIMIT, leaf.docBase + doc);
                    }
                    entries.add(entry);
                }
            }
        }
        return new Answer(
                entries, Answer.End.COMPLETE, searcher.getIndexReader().maxDoc());
    }

    @Override
    public void close() throws IOException {
        release.run(searcher);
    }

    private boolean isOfTime(Question question, LeafReader leaf, int document) throws IOException {
        return question.changed().isEmpty() || question.changed().get().holds(times().of(leaf, document));
    }

    private Query query(Question question, Candidates candidates) throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder().add(candidates.query(), BooleanClause.Occur.FILTER);
        scope(question.base(), question.scope(), query);
        if (question.reader() == Audience.PROFESSIONALS) {
            query.add(EntryTraits.forProfessionals(), BooleanClause.Occur.FILTER);
        }
        if (question.changed().isPresent()) {
            query.add(times().in(question.changed().get()), BooleanClause.Occur.FILTER);
        }
        return query.build();
    }

    /** The tree has three levels, so that a scope is at most one term. */
    private static void scope(EntryKey base, Scope scope, BooleanQuery.Builder query) {
        TermQuery itself = new TermQuery(EntryDocuments.key(base));
        TermQuery below = new TermQuery(EntryDocuments.parent(base));
        boolean leaf = base.name().isPresent();
        switch (scope) {
            case BASE -> query.add(itself, BooleanClause.Occur.FILTER);
            case ONE_LEVEL -> query.add(below, BooleanClause.Occur.FILTER);
            case SUBTREE -> {
                if (leaf) {
                    query.add(itself, BooleanClause.Occur.FILTER);
                } else if (base.branch().isPresent()) {
                    query.add(either(itself, below), BooleanClause.Occur.FILTER);
                }
            }
            case SUBORDINATES -> {
                if (leaf || base.branch().isPresent()) {
                    query.add(below, BooleanClause.Occur.FILTER);
                } else {
                    query.add(itself, BooleanClause.Occur.MUST_NOT);
                }
            }
        }
    }

    private static Query either(Query one, Query other) {
        return new BooleanQuery.Builder()
                .add(one, BooleanClause.Occur.SHOULD)
                .add(other, BooleanClause.Occur.SHOULD)
                .build();
    }

    static DirectoryEntry entry(StoredFields stored, int doc) throws IOException {
        BytesRef packed = packed(stored, doc);
        return PackedEntry.unpack(packed.bytes, packed.offset, packed.length);
    }

    static BytesRef packed(StoredFields stored, int doc) throws IOException {
        return stored.document(doc, STORED).getBinaryValue(EntryDocuments.ENTRY);
    }
}
