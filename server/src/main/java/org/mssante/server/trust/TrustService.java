package org.mssante.server.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.fetch.FetchTimes;
import org.mssante.core.fetch.Fetchers;
import org.mssante.core.fetch.WebClient;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trust space at work: reads the authorities, the revocation lists and the trust list, and keeps them fresh as their
 * files change or their publishers have newer ones. One task looks after the files, one asks for the list, a few fetch
 * what tells of revocations; those who put questions to the trust space never wait for any of them.
 */
public final class TrustService implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(TrustService.class);
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final int DOWNLOADS_AT_ONCE = 4;
    private static final int DOWNLOADS_WAITING = 1_000;

    private final AnchorFolder<CertificateAuthorities> anchors;
    private final RevocationLists revocationLists;
    private final CrlDownloads downloads;
    private final TrustListSource source;
    private final TrustListInForce inForce;
    private final CertificateVerifier certificates;
    private final TrustSpace space;
    private final TrustAlarms alarms;
    private final ListFolder folder;
    private final Trace trace;
    private final Clock clock;
    private final ScheduledExecutorService watch;
    private final List<ScheduledFuture<?>> looks = new ArrayList<>();
    private final Fetchers fetching;
    private List<String> reported = List.of();
    private long revocationsSeen;

    private TrustService(TrustSettings settings, Trace trace, Clock clock) {
        this.trace = trace;
        this.clock = clock;
        this.watch = Executors.newScheduledThreadPool(2, daemon("trust-refresh"));
        this.fetching = new Fetchers(DOWNLOADS_AT_ONCE, DOWNLOADS_WAITING);
        try {
            this.anchors = AnchorFolder.open(settings.anchors(), CertificateAuthorities::load);
            Path fetched = settings.folder().resolve("crl");
            CrlDownloads.createFolder(fetched);
            this.revocationLists =
                    RevocationLists.open(List.of(settings.revocation().lists(), fetched), anchors, trace);
            TrustSettings.Fetching how = settings.fetching();
            WebClient web = new WebClient(() -> anchors.get().all(), how.proxy(), how.limits());
            SecureRandom random = new SecureRandom();
            Supplier<FetchTimes> crlTimes =
                    () -> new FetchTimes(settings.revocation().interval(), how.backOff(), random);
            this.downloads = new CrlDownloads(
                    fetched,
                    web,
                    crlTimes,
                    revocationLists,
                    fetching,
                    settings.revocation().maxAddresses(),
                    trace,
                    clock);
            settings.revocation().addresses().forEach(downloads::want);
            this.certificates = new CertificateVerifier(
                    anchors,
                    new Revocations(
                            revocationLists,
                            downloads,
                            settings.revocation().named(),
                            ocsp(settings, web, random, fetching, clock)));
            this.source = source(settings, random, clock);
            this.folder = new ListFolder(settings.folder(), settings.list().history());
            TrustListVerifier verifier = new TrustListVerifier(
                    certificates, settings.list().signer(), settings.list().limits());
            this.inForce = TrustListInForce.open(
                    source,
                    folder,
                    verifier,
                    () -> fetching.awaitIdle(how.limits().wholeExchange()),
                    settings.list().rules(),
                    trace,
                    clock);
            this.space = new ListedTrustSpace(inForce::list, certificates, clock);
            this.alarms = new TrustAlarms(settings.list().alarms());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** @throws StartupFailure where anchors, revocation lists or a valid trust list are missing */
    public static TrustService start(TrustSettings settings, Trace trace, Clock clock) {
        TrustService service = new TrustService(settings, trace, clock);
        service.watch(settings.refresh());
        return service;
    }

    public TrustSpace space() {
        return space;
    }

    /** For the other certificates this server meets: signers of messages, clients, the bridge. */
    public CertificateVerifier certificates() {
        return certificates;
    }

    /** What is in force now. */
    public TrustState state() {
        return new TrustState(
                inForce.current().list().generated(),
                inForce.problem(),
                inForce.waiting(),
                revocationLists.get().stream()
                        .map(list -> new TrustState.RevocationState(
                                list.getIssuerX500Principal().getName(X500Principal.RFC2253),
                                Optional.ofNullable(list.getNextUpdate()).map(Date::toInstant)))
                        .toList());
    }

    private void watch(Duration refresh) {
        long every = refresh.toMillis();
        looks.add(watch.scheduleWithFixedDelay(guarded(this::lookAtFiles), 0, every, TimeUnit.MILLISECONDS));
        looks.add(watch.scheduleWithFixedDelay(guarded(this::lookForList), 0, every, TimeUnit.MILLISECONDS));
    }

    private static TrustListSource source(TrustSettings settings, SecureRandom random, Clock clock) {
        TrustSettings.Listing list = settings.list();
        if (list.address().isEmpty()) {
            return new ListFile(list.file(), list.limits().maxBytes());
        }
        TrustSettings.Fetching how = settings.fetching();
        WebClient.Limits limits = new WebClient.Limits(
                how.limits().connect(),
                how.limits().wholeExchange(),
                list.limits().maxBytes());
        AnchorFolder<List<X509Certificate>> host =
                AnchorFolder.open(list.hostAnchors(), PemFiles::certificatesOfFolder);
        WebClient web = new WebClient(() -> refreshed(host), how.proxy(), limits);
        FetchTimes times = new FetchTimes(list.interval(), how.backOff(), random);
        return new PublishedList(list.address().get(), web, times, clock);
    }

    /** The list is asked for by one thread, which may look at the folder itself. */
    private static <T> T refreshed(AnchorFolder<T> folder) {
        folder.refresh();
        return folder.get();
    }

    private static Optional<OcspAnswers> ocsp(
            TrustSettings settings, WebClient web, SecureRandom random, Fetchers fetching, Clock clock) {
        TrustSettings.Revocation revocation = settings.revocation();
        Supplier<FetchTimes> times =
                () -> new FetchTimes(revocation.ocspAge(), settings.fetching().backOff(), random);
        return revocation.ocsp()
                ? Optional.of(new OcspAnswers(
                        web,
                        revocation.responder(),
                        revocation.ocspAge(),
                        revocation.ocspAnswers(),
                        times,
                        fetching,
                        clock))
                : Optional.empty();
    }

    /** The outermost loop: whatever goes wrong once must not end the watch. */
    private static Runnable guarded(Runnable look) {
        return () -> {
            try {
                look.run();
            } catch (RuntimeException e) {
                LOGGER.error("the trust space could not be looked after; the next look follows", e);
            }
        };
    }

    private void lookAtFiles() {
        if (anchors.refresh()) {
            revocationLists.authoritiesChanged();
        }
        revocationLists.refresh();
        downloads.tick();
        report();
    }

    private void lookForList() {
        long changes = revocationLists.changes();
        boolean newRevocations = changes != revocationsSeen;
        revocationsSeen = changes;
        inForce.refresh(newRevocations);
    }

    private void report() {
        CertificateVerdict signer =
                certificates.verify(inForce.current().signer(), CertificateUse.LIST_SIGNATURE, clock.instant());
        List<String> now = alarms.at(clock.instant(), inForce, signer, revocationLists.get());
        now.stream().filter(alarm -> !reported.contains(alarm)).forEach(alarm -> {
            LOGGER.warn("{}", alarm);
            trace.record(TraceEntry.of(Event.TRUST_ALARM).with(Field.DETAIL, alarm));
        });
        reported = now;
        TrustStatus status =
                new TrustStatus(inForce, source.toString(), revocationLists.get(), downloads.failures(), now);
        try {
            DurableFile.write(folder.status(), status.json(clock.instant()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOGGER.warn("the state of the trust space could not be written to {}: {}", folder.status(), e.toString());
        }
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        looks.forEach(look -> look.cancel(true));
        watch.shutdown();
        fetching.close();
        try {
            if (!watch.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
                LOGGER.warn("a look at the trust space did not end in {}", CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
