package org.mssante.server.trust;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.trace.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trust space at work: reads the authorities, the revocation lists and the trust list, and keeps the two latter
 * fresh as their files change. One thread looks after the files; those who ask never wait for it.
 */
public final class TrustService implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(TrustService.class);

    private final RevocationLists revocationLists;
    private final TrustListInForce inForce;
    private final CertificateVerifier certificates;
    private final TrustSpace space;
    private final ScheduledExecutorService watch;
    private final ScheduledFuture<?> looking;

    private TrustService(
            RevocationLists revocationLists,
            TrustListInForce inForce,
            CertificateVerifier certificates,
            Duration refresh,
            Clock clock) {
        this.revocationLists = revocationLists;
        this.inForce = inForce;
        this.certificates = certificates;
        this.space = new ListedTrustSpace(inForce::list, certificates, clock);
        this.watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "trust-refresh");
            thread.setDaemon(true);
            return thread;
        });
        this.looking =
                watch.scheduleWithFixedDelay(this::look, refresh.toMillis(), refresh.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @throws StartupFailure where anchors, revocation lists or a valid trust list are missing */
    public static TrustService start(TrustSettings settings, Trace trace, Clock clock) {
        CertificateAuthorities authorities = CertificateAuthorities.load(settings.anchors());
        RevocationLists revocationLists = RevocationLists.open(settings.revocationLists(), authorities);
        CertificateVerifier certificates = new CertificateVerifier(authorities, revocationLists);
        TrustListVerifier verifier = new TrustListVerifier(certificates, settings.signer(), settings.limits());
        TrustListInForce inForce = TrustListInForce.open(settings.list(), settings.folder(), verifier, trace, clock);
        return new TrustService(revocationLists, inForce, certificates, settings.refresh(), clock);
    }

    public TrustSpace space() {
        return space;
    }

    /** For the other certificates this server meets: signers of messages, clients, the bridge. */
    public CertificateVerifier certificates() {
        return certificates;
    }

    /** The outermost loop: whatever goes wrong once must not end the watch. */
    private void look() {
        try {
            boolean newRevocations = revocationLists.refresh();
            inForce.refresh(newRevocations);
        } catch (RuntimeException e) {
            LOGGER.error("the files of the trust space could not be looked at; the next look follows", e);
        }
    }

    @Override
    public void close() {
        looking.cancel(true);
        watch.shutdown();
    }
}
