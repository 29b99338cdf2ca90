package org.mssante.annuaire.source;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mssante.core.fetch.Downloads;
import org.mssante.core.fetch.FetchTimes;
import org.mssante.core.fetch.WebClient;
import org.mssante.core.fetch.WebProxy;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.PemFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources of the extracts, asked now and then on a thread of their own: a download may take longer than anything else that
 * has to be done meanwhile. Thread-safe.
 */
public final class ExtractSources implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ExtractSources.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<ExtractSource> sources;
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
     * @param anchors folder of the authorities the sources are trusted by
     * @param interval between two questions
     * @param backOff the waits after each failure in a row
     * @param maxTextBytes of an extract once it is inflated
     */
    public record Configuration(
            Map<Extract, URI> addresses,
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
    }

    private ExtractSources(List<ExtractSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * Asks nobody yet.
     *
     * @param extracts folder that is theirs alone: what no source stands behind any more goes
     * @param pending folder of what has not all come, on the same disk
     * @throws StartupFailure where the folders cannot be written
     */
    public static ExtractSources open(Configuration configuration, Path extracts, Path pending, Clock clock) {
        if (configuration.addresses().isEmpty()) {
            return new ExtractSources(List.of());
        }
        try {
            Files.createDirectories(extracts);
            Files.createDirectories(pending);
            forgetOthers(configuration.addresses(), extracts);
            WebClient web = new WebClient(
                    () -> PemFiles.certificatesOfFolder(configuration.anchors()),
                    configuration.proxy(),
                    new WebClient.Limits(
                            configuration.connect(), configuration.limits().whole(), 0));
            ExtractSource.Ground ground = new ExtractSource.Ground(
                    new Downloads(web, configuration.limits()),
                    extracts,
                    pending,
                    configuration.maxLineBytes(),
                    configuration.maxTextBytes(),
                    clock);
            List<ExtractSource> sources = new ArrayList<>();
            for (var source : new EnumMap<>(configuration.addresses()).entrySet()) {
                FetchTimes times =
                        new FetchTimes(configuration.interval(), configuration.backOff(), new SecureRandom());
                sources.add(new ExtractSource(source.getKey(), source.getValue(), ground, times));
            }
            return new ExtractSources(sources);
        } catch (IOException e) {
            throw new StartupFailure(
                    "The folder of the extracts cannot be used (" + e.getMessage()
                            + "): check the space and the rights of the run folder.",
                    e);
        }
    }

    /** A source that was taken out of the settings must not speak on. */
    private static void forgetOthers(Map<Extract, URI> addresses, Path extracts) throws IOException {
        for (Extract extract : Extract.values()) {
            try (var files = Files.newDirectoryStream(extracts, extract.fileName() + ".*")) {
                for (Path file : files) {
                    if (!addresses.containsKey(extract)) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    public List<ExtractSource> all() {
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
    public Map<Extract, ExtractSource.End> askAll() {
        Map<Extract, ExtractSource.End> ends = new EnumMap<>(Extract.class);
        sources.forEach(source -> ends.put(source.extract(), source.ask()));
        if (ends.containsValue(ExtractSource.End.TAKEN)) {
            following.run();
        }
        return ends;
    }

    private void look() {
        boolean taken = false;
        for (ExtractSource source : sources) {
            taken |= source.askWhereDue().equals(Optional.of(ExtractSource.End.TAKEN));
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
                LOGGER.warn("the question to the sources of the extracts does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
