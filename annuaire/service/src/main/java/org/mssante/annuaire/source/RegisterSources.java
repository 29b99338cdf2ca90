package org.mssante.annuaire.source;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mssante.annuaire.crawl.Crawl;
import org.mssante.annuaire.crawl.CrawlRules;
import org.mssante.annuaire.crawl.FhirApi;
import org.mssante.core.fetch.Downloads;
import org.mssante.core.fetch.FetchTimes;
import org.mssante.core.fetch.WebClient;
import org.mssante.core.fetch.WebProxy;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.PemFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources of the register, asked now and then on a thread of their own: a download may take longer than anything else that
 * has to be done meanwhile. Thread-safe.
 */
public final class RegisterSources implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RegisterSources.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<RegisterSource> sources;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "extracts");
        made.setDaemon(true);
        return made;
    });
    private volatile Runnable following = () -> {};

    /**
     * Where and how.
     *
     * @param addresses of the extracts that are fetched; of none where somebody else brings them
     * @param fhir the national API, instead of extracts
     * @param anchors folder of the authorities the sources are trusted by
     * @param interval between two questions
     * @param backOff the waits after each failure in a row
     * @param maxTextBytes of an extract once it is inflated
     */
    public record Configuration(
            Map<Extract, URI> addresses,
            Optional<FhirPart> fhir,
            Path anchors,
            Optional<WebProxy> proxy,
            Duration interval,
            List<Duration> backOff,
            Duration connect,
            Downloads.Limits limits,
            int maxLineBytes,
            long maxTextBytes) {
        public Configuration {
            addresses = Map.copyOf(addresses);
            backOff = List.copyOf(backOff);
        }

        /** Whether nobody is asked for anything. */
        public boolean isEmpty() {
            return addresses.isEmpty() && fhir.isEmpty();
        }
    }

    /**
     * The national API as a source.
     *
     * @param timeout of one page
     * @param maxPageBytes of one page
     */
    public record FhirPart(FhirApi api, CrawlRules rules, Duration timeout, int maxPageBytes) {}

    private RegisterSources(List<RegisterSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * Asks nobody yet.
     *
     * @param extracts folder that is theirs alone: what no source stands behind any more goes
     * @param pending folder of what has not all come, on the same disk
     * @throws StartupFailure where the folders cannot be written
     */
    public static RegisterSources open(Configuration configuration, Path extracts, Path pending, Clock clock) {
        if (configuration.isEmpty()) {
            return new RegisterSources(List.of());
        }
        try {
            Files.createDirectories(extracts);
            Files.createDirectories(pending);
            forgetOthers(configuration, extracts);
            List<Origin> origins = new ArrayList<>(origins(configuration, extracts, pending));
            configuration
                    .fhir()
                    .ifPresent(fhir -> origins.add(
                            new FhirOrigin(fhir.api().base(), crawl(configuration, fhir, pending, clock), extracts)));
            List<RegisterSource> sources = new ArrayList<>();
            for (Origin origin : origins) {
                FetchTimes times =
                        new FetchTimes(configuration.interval(), configuration.backOff(), new SecureRandom());
                sources.add(new RegisterSource(origin, times, clock));
            }
            return new RegisterSources(sources);
        } catch (IOException e) {
            throw new StartupFailure(
                    "The folder of the extracts cannot be used (" + e.getMessage()
                            + "): check the space and the rights of the run folder.",
                    e);
        }
    }

    private static List<ExtractOrigin> origins(Configuration configuration, Path extracts, Path pending) {
        WebClient web = web(configuration, configuration.limits().whole(), 0);
        ExtractOrigin.Ground ground = new ExtractOrigin.Ground(
                new Downloads(web, configuration.limits()),
                extracts,
                pending,
                configuration.maxLineBytes(),
                configuration.maxTextBytes());
        return new TreeMap<>(configuration.addresses())
                .entrySet().stream()
                        .map(source -> new ExtractOrigin(source.getKey(), source.getValue(), ground))
                        .toList();
    }

    private static Crawl crawl(Configuration configuration, FhirPart fhir, Path pending, Clock clock) {
        return new Crawl(
                fhir.api(), fhir.rules(), web(configuration, fhir.timeout(), fhir.maxPageBytes()), pending, clock);
    }

    private static WebClient web(Configuration configuration, Duration whole, int maxBytes) {
        return new WebClient(
                () -> PemFiles.certificatesOfFolder(configuration.anchors()),
                configuration.proxy(),
                new WebClient.Limits(configuration.connect(), whole, maxBytes));
    }

    /** A source that was taken out of the settings must not speak on. */
    private static void forgetOthers(Configuration configuration, Path extracts) throws IOException {
        for (Extract extract : Extract.values()) {
            try (var files = Files.newDirectoryStream(extracts, extract.fileName() + ".*")) {
                for (Path file : files) {
                    if (!configuration.addresses().containsKey(extract)) {
                        Files.delete(file);
                    }
                }
            }
        }
        if (configuration.fhir().isEmpty()) {
            Files.deleteIfExists(extracts.resolve(FhirOrigin.EDITION));
        }
    }

    public List<RegisterSource> all() {
        return sources;
    }

    /**
     * Asks each source when it is time to.
     *
     * @param whatFollows is done, or begun, whenever a new edition has come
     */
    public void start(Runnable whatFollows) {
        following = whatFollows;
        if (!sources.isEmpty()) {
            var unused = thread.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Asks every source now, one after the other. */
    public Map<String, RegisterSource.End> askAll() {
        Map<String, RegisterSource.End> ends = new HashMap<>();
        sources.forEach(source -> ends.put(source.name(), source.ask()));
        if (ends.containsValue(RegisterSource.End.TAKEN)) {
            following.run();
        }
        return ends;
    }

    private void look() {
        boolean taken = false;
        for (RegisterSource source : sources) {
            taken |= source.askWhereDue().equals(Optional.of(RegisterSource.End.TAKEN));
        }
        if (taken) {
            following.run();
        }
    }

    /** A download under way is broken off; what has come of it stays for the next process. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOGGER.warn("the question to the sources of the register does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
