package org.mssante.annuaire.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherLifetimeManager;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * The directory's index on disk. Readers see the last commit, whole: an update of everything becomes visible, and
 * durable, in one step; one that fails or is killed leaves what was there. One writer at a time. Thread-safe.
 */
public final class DirectoryIndex implements AutoCloseable {
    private static final String SOURCE = "source";
    private static final String FORMAT = "format";

    private final Directory directory;
    private final double ramBufferMegabytes;
    private final Duration snapshotLife;
    private final SearcherManager searchers;
    private final SearcherLifetimeManager snapshots = new SearcherLifetimeManager();
    private IndexWriter writer;

    /** What writes entries. */
    @FunctionalInterface
    public interface Content {
        void writeTo(DirectoryUpdate update) throws IOException;
    }

    private DirectoryIndex(Directory directory, double ramBufferMegabytes, Duration snapshotLife) throws IOException {
        this.directory = directory;
        this.ramBufferMegabytes = ramBufferMegabytes;
        this.snapshotLife = snapshotLife;
        this.writer = newWriter();
        this.writer.commit();
        this.searchers = new SearcherManager(directory, new Uncached());
    }

    /**
     * Opens the index in a folder, an empty one where there is none.
     *
     * @param ramBufferMegabytes of the writer, before it goes to disk
     * @param snapshotLife how long an older state can still be asked for by {@link #snapshot(long)}
     */
    public static DirectoryIndex open(Path folder, double ramBufferMegabytes, Duration snapshotLife)
            throws IOException {
        Directory directory = FSDirectory.open(folder);
        try {
            return new DirectoryIndex(directory, ramBufferMegabytes, snapshotLife);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** The sources the index was last brought to the state of; empty where it must be made anew. */
    public synchronized Optional<String> source() throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            Map<String, String> data = reader.getIndexCommit().getUserData();
            return EntryDocuments.FORMAT.equals(data.get(FORMAT))
                    ? Optional.ofNullable(data.get(SOURCE))
                    : Optional.empty();
        }
    }

    /**
     * Brings the index to the state of its sources in one step; on any failure nothing has changed. Where the index must
     * be made anew, no entry stands and all are new.
     */
    public synchronized void update(String source, Content content) throws IOException {
        write(source, source().isEmpty(), content);
    }

    /** Adds or replaces single entries; visible when this returns. */
    public synchronized void put(Content content) throws IOException {
        write(source().orElse(""), false, content);
    }

    /** Looks what an update would change, and changes nothing. */
    public synchronized void rehearse(Content content) throws IOException {
        try {
            write(source().isEmpty(), content);
        } finally {
            rollBack();
        }
    }

    /** The state of the last commit. */
    public Snapshot snapshot() throws IOException {
        IndexSearcher searcher = searchers.acquire();
        return new Snapshot(searcher, snapshots.record(searcher), searchers::release);
    }

    /** An earlier snapshot by its version; empty once it is too old. */
    public Optional<Snapshot> snapshot(long version) {
        return Optional.ofNullable(snapshots.acquire(version))
                .map(searcher -> new Snapshot(searcher, version, snapshots::release));
    }

    /** Lets go of snapshots older than their life, except the current one. Call it now and then. */
    public void forgetOldSnapshots() throws IOException {
        snapshots.prune(new SearcherLifetimeManager.PruneByAge(snapshotLife.toMillis() / 1_000.0));
    }

    @Override
    public synchronized void close() throws IOException {
        snapshots.close();
        searchers.close();
        writer.rollback();
        directory.close();
    }

    private void write(String source, boolean anew, Content content) throws IOException {
        boolean done = false;
        try {
            write(anew, content);
            commit(source);
            done = true;
        } finally {
            if (!done) {
                rollBack();
            }
        }
    }

    private void write(boolean anew, Content content) throws IOException {
        try (StandingEntries standing =
                        anew ? StandingEntries.none() : StandingEntries.of(DirectoryReader.open(directory));
                IndexingThread indexing = new IndexingThread()) {
            if (anew) {
                writer.deleteAll();
            }
            content.writeTo(new DirectoryUpdate(writer, standing, indexing));
            indexing.finish();
        }
    }

    private void rollBack() throws IOException {
        writer.rollback();
        writer = newWriter();
    }

    private void commit(String source) throws IOException {
        writer.setLiveCommitData(
                Map.of(SOURCE, source, FORMAT, EntryDocuments.FORMAT).entrySet());
        writer.commit();
        searchers.maybeRefreshBlocking();
        forgetOldSnapshots();
    }

    private IndexWriter newWriter() throws IOException {
        IndexWriterConfig config = new IndexWriterConfig();
        config.setRAMBufferSizeMB(ramBufferMegabytes);
        // closing must not make half an update visible
        config.setCommitOnClose(false);
        return new IndexWriter(directory, config);
    }

    /** Entries are looked up once and differ: a query cache would cost heap and gain nothing. */
    private static final class Uncached extends SearcherFactory {
        @Override
        public IndexSearcher newSearcher(IndexReader reader, IndexReader previous) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            return searcher;
        }
    }
}
