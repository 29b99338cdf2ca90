package org.mssante.annuaire.crawl;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * What was read, on the disk: each resource by its identifier, and how far a reading has come. What belongs together is written
 * together, so that a process that dies goes on with where it was. Not thread-safe.
 */
final class KeptRegister implements AutoCloseable {
    private static final int CACHE_MEGABYTES = 16;
    private static final String NEW = "new ";
    private static final String BASE = "base";
    private static final String WHOLE = "whole";
    private static final String LAST = "last";
    private static final String UNWRITTEN = "unwritten";
    private static final String PROGRESS = "progress";

    private final MVStore store;
    private final MVMap<String, String> notes;

    private KeptRegister(MVStore store) {
        this.store = store;
        this.notes = store.openMap("notes");
    }

    /**
     * How far a reading has come.
     *
     * @param whole of everything, not of what changed
     * @param since what changed is asked for from here on; of no meaning where it is whole
     * @param place the next page; empty for the first one of the kind
     * @param total of the kind, as the server said; negative where it said none
     */
    record Progress(
            boolean whole,
            Instant began,
            Instant since,
            Kind kind,
            Optional<URI> place,
            int pages,
            long resources,
            long total,
            long octets) {
        private String text() {
            return Fields.of(List.of(
                    String.valueOf(whole),
                    began.toString(),
                    since.toString(),
                    kind.name(),
                    place.map(URI::toString).orElse(""),
                    String.valueOf(pages),
                    String.valueOf(resources),
                    String.valueOf(total),
                    String.valueOf(octets)));
        }

        private static Progress of(String text) {
            List<String> fields = Fields.in(text);
            return new Progress(
                    Boolean.parseBoolean(fields.get(0)),
                    Instant.parse(fields.get(1)),
                    Instant.parse(fields.get(2)),
                    Kind.valueOf(fields.get(3)),
                    Optional.of(fields.get(4)).filter(place -> !place.isEmpty()).map(URI::create),
                    Integer.parseInt(fields.get(5)),
                    Long.parseLong(fields.get(6)),
                    Long.parseLong(fields.get(7)),
                    Long.parseLong(fields.get(8)));
        }

        static Progress whole(Instant now) {
            return new Progress(true, now, Instant.EPOCH, Kind.ORGANIZATION, Optional.empty(), 0, 0, -1, 0);
        }

        static Progress changes(Instant now, Instant since) {
            return new Progress(false, now, since, Kind.ORGANIZATION, Optional.empty(), 0, 0, -1, 0);
        }

        /** At the first page of a kind. */
        Progress at(Kind next) {
            return new Progress(whole, began, since, next, Optional.empty(), 0, 0, -1, octets);
        }

        Progress behind(Page page) {
            return new Progress(
                    whole,
                    began,
                    since,
                    kind,
                    page.next(),
                    pages + 1,
                    resources + page.resources().size(),
                    place.isEmpty() ? page.total().orElse(-1) : total,
                    octets + page.octets());
        }
    }

    /** Takes one kept resource; it may not change the register. */
    @FunctionalInterface
    interface Visitor {
        void visit(String text) throws IOException;
    }

    /**
     * Opens what is there. What was read from another address, or cannot be read any more, is forgotten: it can be had again.
     *
     * @param base of the API
     */
    static KeptRegister open(Path file, URI base) throws IOException {
        try {
            KeptRegister found = at(file);
            if (base.toString().equals(found.notes.get(BASE))) {
                return found;
            }
            found.close();
        } catch (MVStoreException e) {
            forget(file, e);
        }
        Files.deleteIfExists(file);
        KeptRegister anew = at(file);
        anew.notes.put(BASE, base.toString());
        anew.store.commit();
        return anew;
    }

    /**
     * Forgets all that was read, because it cannot be read any more.
     *
     * @throws InterruptedIOException where nothing is wrong with it: an interrupt closes the file under our hands (FileChannel)
     */
    static void forget(Path file, MVStoreException why) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            InterruptedIOException stopped = new InterruptedIOException("the service stops");
            stopped.initCause(why);
            throw stopped;
        }
        Files.deleteIfExists(file);
    }

    private static KeptRegister at(Path file) {
        return new KeptRegister(new MVStore.Builder()
                .fileName(file.toString())
                .cacheSize(CACHE_MEGABYTES)
                .compress()
                .autoCommitDisabled()
                .open());
    }

    Optional<Progress> progress() {
        return Optional.ofNullable(notes.get(PROGRESS)).map(Progress::of);
    }

    /** When the last reading of everything began. */
    Optional<Instant> whole() {
        return Optional.ofNullable(notes.get(WHOLE)).map(Instant::parse);
    }

    /** When the last reading that came to its end began. */
    Optional<Instant> last() {
        return Optional.ofNullable(notes.get(LAST)).map(Instant::parse);
    }

    /** Whether something was read that no edition shows yet. */
    boolean isUnwritten() {
        return notes.containsKey(UNWRITTEN);
    }

    /** To be said once the edition is on the disk. */
    void written() {
        notes.remove(UNWRITTEN);
        store.commit();
    }

    /** Begins a reading, or that of a kind, anew. */
    void begin(Progress progress) {
        if (progress.whole()) {
            fresh(progress.kind()).clear();
        }
        note(progress);
    }

    /** Forgets how far a reading has come. */
    void giveUp() {
        notes.remove(PROGRESS);
        store.commit();
    }

    /** Takes a page over, together with how far it brings the reading. */
    void take(Map<String, Optional<String>> resources, Kind kind, Progress progress) {
        MVMap<String, String> map = progress.whole() ? fresh(kind) : current(kind);
        resources.forEach((id, text) -> {
            Optional<String> before = Optional.ofNullable(text.isPresent() ? map.put(id, text.get()) : map.remove(id));
            if (!progress.whole() && !before.equals(text)) {
                notes.put(UNWRITTEN, "");
            }
        });
        note(progress);
    }

    /** A reading has come to its end: what it read is what is known. */
    void end(Progress progress) {
        if (progress.whole()) {
            for (Kind kind : Kind.values()) {
                MVMap<String, String> read = fresh(kind);
                store.removeMap(current(kind));
                store.renameMap(read, kind.name());
            }
            notes.put(UNWRITTEN, "");
            notes.put(WHOLE, progress.began().toString());
        }
        notes.put(LAST, progress.began().toString());
        notes.remove(PROGRESS);
        store.commit();
        store.sync();
    }

    void forEach(Kind kind, Visitor visitor) throws IOException {
        for (String text : current(kind).values()) {
            visitor.visit(text);
        }
    }

    Optional<String> find(Kind kind, String id) {
        return Optional.ofNullable(current(kind).get(id));
    }

    private void note(Progress progress) {
        notes.put(PROGRESS, progress.text());
        store.commit();
    }

    private MVMap<String, String> current(Kind kind) {
        return store.openMap(kind.name());
    }

    private MVMap<String, String> fresh(Kind kind) {
        return store.openMap(NEW + kind.name());
    }

    @Override
    public void close() {
        store.close();
    }
}
