package org.mssante.annuaire.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory's index on disk. Readers see the last commit, whole: an update of everything becomes visible, and
 * durable, in one step; one that fails or is killed leaves what was there. A long update is written beside the index, into which
 * single entries go on being put meanwhile. Thread-safe.
 */
public final class DirectoryIndex implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(DirectoryIndex.class);

    private static final String SOURCE = "source";
    private static final String FORMAT = "format";

    private static final String STAGE = "stage";
    private static final int WAITING_DOCUMENTS = 64;

    private final Path folder;
    private final Directory directory;
    private final double ramBufferMegabytes;
    private final Duration snapshotLife;
    private final Clock clock;
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

    private DirectoryIndex(
            Path folder, Directory directory, double ramBufferMegabytes, Duration snapshotLife, Clock clock)
            throws IOException {
        this.folder = folder;
        this.directory = directory;
        this.ramBufferMegabytes = ramBufferMegabytes;
        this.snapshotLife = snapshotLife;
        this.clock = clock;
        this.writer = newWriter();
        this.writer.commit();
        this.searchers = new SearcherManager(directory, new Uncached());
    }

    /**
     * Opens the index in a folder, an empty one where there is none.
     *
     * @param ramBufferMegabytes of the writer, before it goes to disk
     * @param snapshotLife how long an older state can still be asked for by {@link #snapshot(long)}
     * @param clock of the times at which entries change
     */
    public static DirectoryIndex open(Path folder, double ramBufferMegabytes, Duration snapshotLife, Clock clock)
            throws IOException {
        // what is taken in from the stage is linked, not copied
        Directory directory = new HardlinkCopyDirectoryWrapper(FSDirectory.open(folder));
        try {
            StagedDocuments.discard(folder.resolve(STAGE));
            DirectoryIndex index = new DirectoryIndex(folder, directory, ramBufferMegabytes, snapshotLife, clock);
            index.convert();
            return index;
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** The sources the index was last brought to the state of; empty where it is to be filled, or holds single entries alone. */
    public synchronized Optional<String> source() throws IOException {
        return Optional.ofNullable(committed().get(SOURCE)).filter(source -> !source.isEmpty());
    }

    /**
     * What another version has written is written once more, from the entries themselves: its terms are not those that are asked for.
     * It stays the state of the sources that it was.
     */
    private void convert() throws IOException {
        Map<String, String> data = committed();
        if (!data.containsKey(FORMAT) || data.get(FORMAT).equals(EntryDocuments.FORMAT)) {
            return;
        }
        LOGGER.info("the index has the format of another version: its entries are indexed once more");
        synchronized (staging) {
            try (StandingEntries standing = StandingEntries.of(DirectoryReader.open(directory));
                    StagedDocuments staged =
                            stage(StandingEntries.none(), update -> standing.forEachLeft(update::put))) {
                takeIn(data.getOrDefault(SOURCE, ""), true, staged, update -> {});
            }
        }
    }

    private Map<String, String> committed() throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            return reader.getIndexCommit().getUserData();
        }
    }

    /**
     * Brings the index to the state of its sources in one step; on any failure nothing has changed. Where the index has never
     * been, no entry stands and all are new. Entries that are put meanwhile are seen at once; those of the same key that the content
     * writes take their place.
     *
     * @param last written over all that, in the step itself: what may have been put since the content was read
     */
    public void update(String source, Content content, Content last) throws IOException {
        synchronized (staging) {
            boolean anew = source().isEmpty();
            try (StagedDocuments staged = stage(standing(), content)) {
                takeIn(source, anew, staged, last);
            }
        }
    }

    /** Adds or replaces single entries; visible when this returns. Waits for no update but while it is taken in. */
    public synchronized void put(Content content) throws IOException {
        Map<String, String> data = committed();
        ChangeTimes times = ChangeTimes.of(data).then(clock.instant());
        commit(data(data.getOrDefault(SOURCE, ""), times), () -> {
            try (StandingEntries standing = StandingEntries.of(DirectoryReader.open(directory))) {
                write(new LiveDocuments(writer, times), standing, content);
            }
        });
    }

    /** Looks what an update would change, and changes nothing. */
    public void rehearse(Content content) throws IOException {
        synchronized (staging) {
            stage(standing(), content).close();
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

    /** What a new state of the sources is compared with. */
    private StandingEntries standing() throws IOException {
        return source().isPresent() ? StandingEntries.of(DirectoryReader.open(directory)) : StandingEntries.none();
    }

    /** @param standing closed when this returns */
    private StagedDocuments stage(StandingEntries standing, Content content) throws IOException {
        StagedDocuments staged = new StagedDocuments(folder.resolve(STAGE), config());
        boolean done = false;
        try (standing) {
            write(staged, standing, content);
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
        ChangeTimes before = ChangeTimes.of(committed());
        ChangeTimes times = anew ? before.anew(clock.instant()) : before.then(clock.instant());
        commit(data(source, times), () -> {
            if (anew) {
                writer.deleteAll();
            } else {
                staged.clear(writer);
            }
            staged.takeInto(writer);
            if (!anew) {
                staged.mark(writer, times);
            }
            Documents documents = new LiveDocuments(writer, times);
            try (StandingEntries standing = StandingEntries.of(documents.written())) {
                write(documents, standing, last);
            }
        });
    }

    private static void write(Documents documents, StandingEntries standing, Content content) throws IOException {
        try (SecondThread indexing = new SecondThread("indexing", WAITING_DOCUMENTS, SecondThread.Overload.DO_IT)) {
            content.writeTo(new DirectoryUpdate(documents, standing, indexing));
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

    private static Map<String, String> data(String source, ChangeTimes times) {
        Map<String, String> data = new HashMap<>(times.noted());
        data.put(SOURCE, source);
        data.put(FORMAT, EntryDocuments.FORMAT);
        return data;
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
