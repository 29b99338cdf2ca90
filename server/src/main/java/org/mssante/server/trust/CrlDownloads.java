package org.mssante.server.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mssante.core.fetch.Answer;
import org.mssante.core.fetch.FetchTimes;
import org.mssante.core.fetch.WebClient;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches revocation lists from the addresses the operator or an authority names, and keeps each in a folder, so that the
 * last one is there after a restart and while its host is down. One download an address at a time; an address that fails
 * is left alone for a growing while (mssante §3.2). Thread-safe; nobody waits for a download.
 */
final class CrlDownloads {
    private static final Logger LOGGER = LoggerFactory.getLogger(CrlDownloads.class);

    private final Path folder;
    private final WebClient web;
    private final Supplier<FetchTimes> times;
    private final RevocationLists lists;
    private final Executor executor;
    private final int maxAddresses;
    private final Trace trace;
    private final Clock clock;
    private final Map<URI, Download> downloads = new ConcurrentHashMap<>();
    private final Set<URI> leftOut = ConcurrentHashMap.newKeySet();

    /** One address. */
    private static final class Download {
        private final FetchTimes times;
        private final AtomicBoolean running = new AtomicBoolean();
        private Answer.Version version = Answer.Version.none();
        private volatile Optional<String> failure = Optional.empty();

        Download(FetchTimes times) {
            this.times = times;
        }
    }

    /**
     * @param folder that {@code lists} reads, too
     * @param maxAddresses kept fresh; authorities name few, more would be an attack or a mistake
     */
    CrlDownloads(
            Path folder,
            WebClient web,
            Supplier<FetchTimes> times,
            RevocationLists lists,
            Executor executor,
            int maxAddresses,
            Trace trace,
            Clock clock) {
        this.folder = folder;
        this.web = web;
        this.times = times;
        this.lists = lists;
        this.executor = executor;
        this.maxAddresses = maxAddresses;
        this.trace = trace;
        this.clock = clock;
    }

    static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StartupFailure(
                    "The folder " + folder + " cannot be made (" + e + "): check the rights of the run folder.", e);
        }
    }

    /** From now on the list at this address is kept fresh, unless as many are as may be. */
    void want(URI address) {
        Optional<Download> download = download(address);
        if (download.isPresent()) {
            startIfDue(address, download.get());
        } else {
            leaveOut(address);
        }
    }

    private synchronized Optional<Download> download(URI address) {
        if (downloads.size() < maxAddresses) {
            downloads.computeIfAbsent(address, any -> new Download(times.get()));
        }
        return Optional.ofNullable(downloads.get(address));
    }

    /** Said once an address, of as many addresses as are fetched. */
    private synchronized void leaveOut(URI address) {
        if (leftOut.size() < maxAddresses && leftOut.add(address)) {
            String why = "The revocation list at " + address + " is not fetched: lists of " + maxAddresses
                    + " addresses are, raise trust.crl.addresses.max if they are all wanted.";
            LOGGER.warn("{}", why);
            trace.record(TraceEntry.of(Event.TRUST_ALARM).with(Field.DETAIL, why));
        }
    }

    /** Starts what is due. */
    void tick() {
        downloads.forEach(this::startIfDue);
    }

    /** Addresses whose last download failed, with the reason, and those that are left out. */
    List<String> failures() {
        return Stream.concat(
                        downloads.entrySet().stream()
                                .flatMap(one -> one.getValue().failure.map(why -> one.getKey() + ": " + why).stream()),
                        leftOut.stream().map(address -> address + ": left out (trust.crl.addresses.max)"))
                .sorted()
                .toList();
    }

    private void startIfDue(URI address, Download download) {
        if (!download.running.compareAndSet(false, true)) {
            return;
        }
        boolean started = false;
        try {
            if (download.times.isDue(clock.instant())) {
                executor.execute(() -> run(address, download));
                started = true;
            }
        } catch (RejectedExecutionException e) {
            LOGGER.warn("too many downloads wait; {} has to wait longer", address);
        } finally {
            if (!started) {
                download.running.set(false);
            }
        }
    }

    private void run(URI address, Download download) {
        try {
            Answer answer = web.get(address, download.version);
            if (answer instanceof Answer.Document document) {
                keep(address, document.bytes());
                download.version = document.version();
                lists.refresh();
            }
            if (answer instanceof Answer.Failed failed) {
                throw new IOException(failed.why());
            }
            download.failure = Optional.empty();
            download.times.succeeded(clock.instant());
        } catch (IOException | RuntimeException e) {
            LOGGER.warn("the revocation list at {} could not be fetched: {}", address, e.getMessage());
            download.failure = Optional.of(String.valueOf(e.getMessage()));
            download.times.failed(clock.instant());
        } finally {
            download.running.set(false);
        }
    }

    private void keep(URI address, byte[] bytes) throws IOException {
        X509CRL list;
        try {
            list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(bytes));
        } catch (CRLException | CertificateException e) {
            throw new IOException("what it sends is no revocation list", e);
        }
        if (!lists.isAuthentic(list)) {
            throw new IOException("its list is not signed by a configured authority");
        }
        if (lists.isOutdated(list)) {
            // after a restart the file would count, and certificates revoked since would be good again
            throw new IOException("its list is older than the one in use");
        }
        String name = TrustListInForce.sha256(address.toString().getBytes(StandardCharsets.UTF_8));
        DurableFile.write(folder.resolve(name.substring(0, 16) + ".crl"), bytes);
    }
}
