package org.mssante.server.trust;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mssante.core.fetch.WebClient;

/** Settings of a trust space in a folder, in a hurry; a test changes what it is about. */
final class TestTrustSettings {
    private final Path folder;
    private Path kept;
    private Optional<URI> address = Optional.empty();
    private Optional<URI> responder = Optional.empty();
    private List<URI> lists = List.of();
    private TrustListInForce.Rules rules = new TrustListInForce.Rules(100, Duration.ofDays(30));
    private boolean ocsp = true;
    private int history = 400;
    private Duration interval = Duration.ofMillis(50);
    private Duration backOff = Duration.ofMillis(100);

    TestTrustSettings(Path folder) {
        this.folder = folder;
        this.kept = folder.resolve("data/trust");
    }

    TestTrustSettings publishedAt(URI url) {
        address = Optional.of(url);
        return this;
    }

    TestTrustSettings revocationListsAt(URI... urls) {
        lists = List.of(urls);
        return this;
    }

    TestTrustSettings responderAt(URI url) {
        responder = Optional.of(url);
        return this;
    }

    TestTrustSettings rules(int maxPercentGone, Duration maxUnchecked) {
        rules = new TrustListInForce.Rules(maxPercentGone, maxUnchecked);
        return this;
    }

    /** For a clock that stands still. */
    TestTrustSettings withoutWaits() {
        interval = Duration.ZERO;
        backOff = Duration.ZERO;
        return this;
    }

    TestTrustSettings withoutOcsp() {
        ocsp = false;
        return this;
    }

    TestTrustSettings backingOff(Duration wait) {
        backOff = wait;
        return this;
    }

    TestTrustSettings keptIn(Path data) {
        kept = data;
        return this;
    }

    TestTrustSettings history(int bound) {
        history = bound;
        return this;
    }

    TrustSettings settings() {
        return new TrustSettings(
                new TrustSettings.Listing(
                        address,
                        folder.resolve("list.xml"),
                        folder.resolve("anchors"),
                        interval,
                        ListSigner.named(TestTrustLists.SIGNER_CN),
                        TrustListVerifier.Limits.defaults(),
                        rules,
                        new TrustAlarms.Limits(Duration.ofHours(24), Duration.ofDays(30), Duration.ofDays(30)),
                        history),
                new TrustSettings.Revocation(
                        folder.resolve("crl"), lists, 100, true, interval, ocsp, responder, interval, 100),
                new TrustSettings.Fetching(
                        Optional.empty(),
                        List.of(backOff),
                        new WebClient.Limits(Duration.ofSeconds(5), Duration.ofSeconds(10), 10_000_000)),
                folder.resolve("anchors"),
                kept,
                Duration.ofMillis(20));
    }
}
