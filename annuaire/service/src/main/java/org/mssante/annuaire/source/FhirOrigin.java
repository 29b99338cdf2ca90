package org.mssante.annuaire.source;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.mssante.annuaire.crawl.Crawl;

/** The national FHIR API, read page by page. Its edition is one archive of all extracts. */
final class FhirOrigin implements Origin {
    static final String NAME = "fhir";
    /** In the folder of the extracts. */
    static final String EDITION = "fhir.zip";

    private final URI address;
    private final Crawl crawl;
    private final Path edition;

    FhirOrigin(URI address, Crawl crawl, Path extracts) {
        this.address = address;
        this.crawl = crawl;
        this.edition = extracts.resolve(EDITION);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public Optional<Instant> edition() throws IOException {
        return Files.exists(edition)
                ? Optional.of(Files.getLastModifiedTime(edition).toInstant())
                : Optional.empty();
    }

    @Override
    public boolean ask() throws IOException {
        return crawl.read(edition);
    }
}
