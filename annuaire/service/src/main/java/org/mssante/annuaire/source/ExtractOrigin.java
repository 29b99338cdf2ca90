package org.mssante.annuaire.source;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.rpps.DeliveredFile;
import org.mssante.core.fetch.Answer;
import org.mssante.core.fetch.Downloads;
import org.mssante.core.fetch.DurableMove;
import org.mssante.core.fetch.VersionNote;

/** One extract at one address, as it is published. */
final class ExtractOrigin implements Origin {
    private final Extract extract;
    private final URI address;
    private final Ground ground;

    /**
     * What all sources stand on.
     *
     * @param extracts folder the readers look into
     * @param pending folder of what has not all come, on the same disk
     * @param maxTextBytes of an extract once it is inflated
     */
    record Ground(Downloads downloads, Path extracts, Path pending, int maxLineBytes, long maxTextBytes) {}

    ExtractOrigin(Extract extract, URI address, Ground ground) {
        this.extract = extract;
        this.address = address;
        this.ground = ground;
    }

    @Override
    public String name() {
        return extract.setting();
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public boolean ask() throws IOException {
        Answer.Version known = edition().isPresent() ? note().read(address) : Answer.Version.none();
        Answer answer = ground.downloads().get(address, known, part());
        if (answer instanceof Answer.Failed failed) {
            throw new IOException(failed.why());
        }
        if (answer instanceof Answer.Stored stored) {
            take(stored.version());
            return true;
        }
        return false;
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
        DurableMove.replace(part(), place);
        for (Path other : places()) {
            if (!other.equals(place)) {
                Files.delete(other);
            }
        }
        note().write(address, version);
        ground.downloads().discard(part());
    }

    @Override
    public Optional<Instant> edition() throws IOException {
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
