package org.mssante.annuaire.crawl;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The national API, and how it is asked.
 *
 * @param base e.g. {@code https://gateway.api.esante.gouv.fr/fhir/v2}
 * @param key file that holds the value of the header {@code ESANTE-API-KEY}
 * @param page resources a page should hold; the server may hold less
 * @param pause between two calls: the gateway allows 17 a second (annuaire.md §4.1)
 * @param retries the waits before a page is asked for again; as many as there are
 */
public record FhirApi(URI base, Path key, int page, Duration pause, List<Duration> retries) {
    public FhirApi {
        retries = List.copyOf(retries);
    }
}
