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
import org.apache.lucene.misc.store.HardlinkCopyDirectoryWrapper;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherLifetimeManager;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.mssante.annuaire.work.SecondThread;

/**
 * The directory's index on disk. Readers see the last commit, whole: an update of everything becomes visible, and
 * durable, in one step; one that fails or is killed leaves what was there. A long update is written beside the index, into which
 * single entries go on being put meanwhile. Thread-safe.
 */
public final class DirectoryIndex implements AutoCloseable {
    private static final String SOURCE = "source";
    private static final String FORMAT = "format";

    private static final String STAGE = "stage";
    private static final int WAITING_DOCUMENTS = 256;

    private final Path folder;
    private final Directory directory;
    private final double ramBufferMegabytes;
    private final Duration snapshotLife;
    private final SearcherManager searchers;
    private final SearcherLifetimeManager snapshots = new SearcherLifetimeManager();
    /** Held by the one long update. */
    private final Object staging = new Object();

    private IndexWriter writer;

    /** What writes entries. */
    @FunctionalInterface
    public interface Content {
        void writeTo(DirectoryUpdate update) throws IOException;
    }

    private DirectoryIndex(Path folder, Directory directory, double ramBufferMegabytes, Duration snapshotLife)
            throws IOException {
        this.folder = folder;
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
        // what is taken in from the stage is linked, not copied
        Directory directory = new HardlinkCopyDirectoryWrapper(FSDirectory.open(folder));
        try {
            StagedDocuments.discard(folder.resolve(STAGE));
            return new DirectoryIndex(folder, directory, ramBufferMegabytes, snapshotLife);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** The sources the index was last brought to the state of; empty where it must be made anew, or holds single entries alone. */
    public synchronized Optional<String> source() throws IOException {
        Map<String, String> data = committed();
        return EntryDocuments.FORMAT.equals(data.get(FORMAT)) ? source(data) : Optional.empty();
    }

    /** Whether there is a state of the sources in it, be it one that another version has written, in another format. */
    public boolean holdsSources() throws IOException {
        return source(committed()).isPresent();
    }

    private static Optional<String> source(Map<String, String> data) {
        return Optional.ofNullable(data.get(SOURCE)).filter(source -> !source.isEmpty());
    }

    private Map<String, String> committed() throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            return reader.getIndexCommit().getUserData();
        }
    }

    /**
     * Brings the index to the state of its sources in one step; on any failure nothing has changed. Where the index has never
     * been, no entry stands and all are new; where it has another format, entries are compared with those that stand, and all are
     * written. Entries that are put meanwhile are seen at once; those of the same key that the content writes take their place.
     *
     * @param last written over all that, in the step itself: what may have been put since the content was read
     */
    public void update(String source, Content content, Content last) throws IOException {
        synchronized (staging) {
            boolean anew = source().isEmpty();
            try (StagedDocuments staged = stage(anew, content)) {
                takeIn(source, anew, staged, last);
            }
        }
    }

    /** Adds or replaces single entries; visible when this returns. Waits for no update but while it is taken in. */
    public synchronized void put(Content content) throws IOException {
        Map<String, String> data = committed();
        commit(data.containsKey(FORMAT) ? data : data(""), () -> {
            try (StandingEntries standing = StandingEntries.of(DirectoryReader.open(directory))) {
                write(new LiveDocuments(writer), standing, false, content);
            }
        });
    }

    /** Looks what an update would change, and changes nothing. */
    public void rehearse(Content content) throws IOException {
        synchronized (staging) {
            stage(source().isEmpty(), content).close();
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
    public void close() throws IOException {
        synchronized (staging) {
            end();
        }
    }

    private synchronized void end() throws IOException {
        snapshots.close();
        searchers.close();
        writer.rollback();
        directory.close();
    }

    private StagedDocuments stage(boolean anew, Content content) throws IOException {
        StagedDocuments staged = new StagedDocuments(folder.resolve(STAGE), config());
        boolean done = false;
        try (StandingEntries standing =
                holdsSources() ? StandingEntries.of(DirectoryReader.open(directory)) : StandingEntries.none()) {
            write(staged, standing, anew, content);
            done = true;
            return staged;
        } finally {
            if (!done) {
                staged.close();
            }
        }
    }

    private synchronized void takeIn(String source, boolean anew, StagedDocuments staged, Content last)
            throws IOException {
        commit(data(source), () -> {
            if (anew) {
                writer.deleteAll();
            } else {
                staged.clear(writer);
            }
            staged.takeInto(writer);
            Documents documents = new LiveDocuments(writer);
            try (StandingEntries standing = StandingEntries.of(documents.written())) {
                write(documents, standing, false, last);
            }
        });
    }

    /** @param all whether what stands the same is written, too */
    private static void write(Documents documents, StandingEntries standing, boolean all, Content content)
            throws IOException {
        try (SecondThread indexing = new SecondThread("indexing", WAITING_DOCUMENTS, SecondThread.Overload.DO_IT)) {
            content.writeTo(new DirectoryUpdate(documents, standing, all, indexing));
            indexing.finish();
        }
    }

    /** What one commit is made of. */
    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    private void commit(Map<String, String> data, Step step) throws IOException {
        boolean done = false;
        try {
            step.take();
            commit(data);
            done = true;
        } finally {
            if (!done) {
                rollBack();
            }
        }
    }

    private void rollBack() throws IOException {
        writer.rollback();
        writer = newWriter();
    }

    private static Map<String, String> data(String source) {
        return Map.of(SOURCE, source, FORMAT, EntryDocuments.FORMAT);
    }

    private void commit(Map<String, String> data) throws IOException {
        writer.setLiveCommitData(data.entrySet());
        writer.commit();
        searchers.maybeRefreshBlocking();
        forgetOldSnapshots();
    }

    private IndexWriter newWriter() throws IOException {
        return new IndexWriter(directory, config());
    }

    private IndexWriterConfig config() {
        IndexWriterConfig config = new IndexWriterConfig();
        config.setRAMBufferSizeMB(ramBufferMegabytes);
        config.setCodec(new DirectoryCodec());
        // closing must not make half an update visible
        config.setCommitOnClose(false);
        return config;
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
