package org.mssante.annuaire.source;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.rpps.DeliveredFile;
import org.mssante.core.fetch.Answer;
import org.mssante.core.fetch.Downloads;
import org.mssante.core.fetch.FetchTimes;
import org.mssante.core.fetch.VersionNote;
import org.mssante.core.settings.StartupFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One extract at one address: what stands of it here, and what became of the last question. Thread-safe. */
public final class ExtractSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(ExtractSource.class);

    private final Extract extract;
    private final URI address;
    private final Ground ground;
    private final FetchTimes times;
    private volatile State state;

    /**
     * What all sources stand on.
     *
     * @param extracts folder the readers look into
     * @param pending folder of what has not all come, on the same disk
     * @param maxTextBytes of an extract once it is inflated
     */
    record Ground(Downloads downloads, Path extracts, Path pending, int maxLineBytes, long maxTextBytes, Clock clock) {}

    /** What became of a question. */
    public enum End {
        /** A new edition is in place. */
        TAKEN("a new edition has come"),
        /** The source has none that is newer. */
        UNCHANGED("it has no newer edition"),
        /** No sound edition came; the last one stays. */
        FAILED("nothing of use has come; the last edition stays");

        private final String words;

        End(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * How things stand with a source.
     *
     * @param asked last; empty before the first question of this process
     * @param edition when the one in place came; empty where none ever did
     * @param fault why the last question failed; empty where it did not
     * @param failingSince the first of the failures in a row
     */
    public record State(
            Optional<Instant> asked,
            Optional<Instant> edition,
            Optional<String> fault,
            Optional<Instant> failingSince) {}

    ExtractSource(Extract extract, URI address, Ground ground, FetchTimes times) throws IOException {
        this.extract = extract;
        this.address = address;
        this.ground = ground;
        this.times = times;
        this.state = new State(Optional.empty(), edition(), Optional.empty(), Optional.empty());
    }

    public Extract extract() {
        return extract;
    }

    public URI address() {
        return address;
    }

    public State state() {
        return state;
    }

    /** Asks where it is time to; empty where it is not. */
    synchronized Optional<End> askWhereDue() {
        return times.isDue(ground.clock().instant()) ? Optional.of(ask()) : Optional.empty();
    }

    /** Asks now. Where the service ends meanwhile, that says nothing of the source. */
    synchronized End ask() {
        try {
            Answer.Version known = edition().isPresent() ? note().read(address) : Answer.Version.none();
            Answer answer = ground.downloads().get(address, known, part());
            if (answer instanceof Answer.Stored stored) {
                take(stored.version());
                return succeeded(End.TAKEN);
            }
            return answer instanceof Answer.Failed failed ? failed(failed.why()) : succeeded(End.UNCHANGED);
        } catch (IOException | StartupFailure e) {
            // the latter: the anchors have become unreadable
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private void take(Answer.Version version) throws IOException {
        DeliveredFile delivered = new DeliveredFile(part(), ground.maxLineBytes(), ground.maxTextBytes());
        Path place;
        try {
            delivered.check(extract.format(), Extract.formats());
            place = ground.extracts().resolve(extract.fileName() + delivered.ending());
        } catch (IOException e) {
            ground.downloads().discard(part());
            throw e;
        }
        // the note last: what it speaks of is in place
        Files.move(part(), place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (Path other : places()) {
            if (!other.equals(place)) {
                Files.delete(other);
            }
        }
        note().write(address, version);
        ground.downloads().discard(part());
    }

    private End succeeded(End end) throws IOException {
        Instant now = ground.clock().instant();
        times.succeeded(now);
        state = new State(Optional.of(now), edition(), Optional.empty(), Optional.empty());
        LOGGER.info("the extract of the {}: {}", extract.setting(), end.words());
        return end;
    }

    private End failed(String why) {
        if (Thread.currentThread().isInterrupted()) {
            return End.FAILED;
        }
        Instant now = ground.clock().instant();
        times.failed(now);
        State last = state;
        state = new State(
                Optional.of(now),
                last.edition(),
                Optional.of(why),
                last.failingSince().or(() -> Optional.of(now)));
        LOGGER.warn("the extract of the {}: {} ({})", extract.setting(), End.FAILED.words(), why);
        return End.FAILED;
    }

    private Optional<Instant> edition() throws IOException {
        List<Path> places = places();
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of(Files.getLastModifiedTime(places.get(0)).toInstant());
    }

    private List<Path> places() throws IOException {
        try (var files = Files.newDirectoryStream(ground.extracts(), extract.fileName() + ".*")) {
            List<Path> places = new ArrayList<>();
            files.forEach(places::add);
            return places;
        }
    }

    private Path part() {
        return ground.pending().resolve(extract.setting() + ".part");
    }

    private VersionNote note() {
        return new VersionNote(ground.pending().resolve(extract.setting() + ".version"));
    }
}
