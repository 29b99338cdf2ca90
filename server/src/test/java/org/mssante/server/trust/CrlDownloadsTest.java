package org.mssante.server.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.fetch.FetchTimes;
import org.mssante.core.fetch.TestWebServer;
import org.mssante.core.fetch.WebClient;
import org.mssante.core.trace.Event;

/** Which of the lists that come over HTTP are kept, and from how many addresses. Each fetch runs where it is wanted. */
class CrlDownloadsTest {
    private static final String CRL = "/list.crl";

    @TempDir
    private Path folder;

    private final TestPki pki = new TestPki();
    private final TestWebServer web = TestWebServer.http();
    private final RecordedTrace trace = new RecordedTrace();
    private RevocationLists lists;

    @BeforeEach
    void open() {
        lists = RevocationLists.open(List.of(folder), pki::authorities, trace);
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void anOlderListByItsNumberNeverReplacesANewerOneOnTheDisk() throws IOException {
        fetch(list(OptionalLong.of(2), 0));
        byte[] kept = onDisk();

        fetch(list(OptionalLong.of(1), 60));

        assertThat(onDisk()).isEqualTo(kept);
        assertThat(afterRestart()).isEqualTo(lists.get().iterator().next());
    }

    @Test
    void anOlderListByItsTimeNeverReplacesANewerOneOnTheDisk() throws IOException {
        fetch(list(OptionalLong.empty(), 60));
        byte[] kept = onDisk();

        List<String> failures = fetch(list(OptionalLong.empty(), 0));

        assertThat(onDisk()).isEqualTo(kept);
        assertThat(failures).singleElement().asString().contains("older than the one in use");
    }

    @Test
    void aNewerListReplacesAnOlderOne() throws IOException {
        fetch(list(OptionalLong.of(1), 60));
        byte[] before = onDisk();

        assertThat(fetch(list(OptionalLong.of(2), 0))).isEmpty();

        assertThat(onDisk()).isNotEqualTo(before);
        assertThat(RevocationListAge.of(afterRestart()).number().orElseThrow()).isEqualTo(2);
    }

    @Test
    void aNewerListReplacesAnOlderOneThatNamesTheSameKeyInAnotherWay() throws Exception {
        JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
        X509Certificate authority = pki.organisations.certificate();
        List<Optional<AuthorityKeyIdentifier>> ways = List.of(
                Optional.empty(),
                Optional.of(extensions.createAuthorityKeyIdentifier(authority.getPublicKey())),
                Optional.of(extensions.createAuthorityKeyIdentifier(authority)));
        for (int number = 0; number < ways.size(); number++) {
            X509CRL list = pki.crl(
                    pki.organisations,
                    OptionalLong.of(number),
                    ways.get(number),
                    TestPki.NOW.minusSeconds(60),
                    TestPki.NOW.plusSeconds(3_600 + number));
            TestPki.write(folder.resolve(number + ".crl"), TestPki.pem("X509 CRL", TestPki.encoded(list)));
            lists.refresh();
            assertThat(lists.get()).hasSize(1).containsExactly(list);
        }
    }

    @Test
    void saysOnceWhichAddressesAreLeftOut() {
        CrlDownloads downloads = downloads(2);
        for (int round = 0; round < 3; round++) {
            for (String name : List.of("/a", "/b", "/c", "/d", "/e")) {
                downloads.want(web.address(name));
            }
        }

        assertThat(web.asked()).containsExactlyInAnyOrder("GET /a 404", "GET /b 404");
        assertThat(trace.of(Event.TRUST_ALARM)).as("as many as are fetched").hasSize(2);
        assertThat(downloads.failures())
                .contains(web.address("/c") + ": left out (trust.crl.addresses.max)")
                .hasSize(4);
    }

    /** @return what {@code trust status} would say */
    private List<String> fetch(X509CRL list) {
        web.put(CRL, TestPki.encoded(list));
        CrlDownloads downloads = downloads(1);
        URI address = web.address(CRL);
        downloads.want(address);
        return downloads.failures();
    }

    private CrlDownloads downloads(int maxAddresses) {
        WebClient client = new WebClient(
                List::of,
                Optional.empty(),
                new WebClient.Limits(Duration.ofSeconds(5), Duration.ofSeconds(10), 1_000_000));
        return new CrlDownloads(
                folder,
                client,
                () -> new FetchTimes(Duration.ofHours(1), List.of(Duration.ofHours(1)), new Random(1)),
                lists,
                Runnable::run,
                maxAddresses,
                trace,
                Clock.fixed(TestPki.NOW, ZoneOffset.UTC));
    }

    private X509CRL list(OptionalLong number, int second) {
        Instant from = TestPki.NOW.minusSeconds(3_600).plusSeconds(second);
        return pki.crl(pki.organisations, number, from, TestPki.NOW.plusSeconds(3_600));
    }

    private byte[] onDisk() throws IOException {
        try (var files = Files.list(folder)) {
            return Files.readAllBytes(files.findFirst().orElseThrow());
        }
    }

    private X509CRL afterRestart() {
        return RevocationLists.open(List.of(folder), pki::authorities, trace)
                .get()
                .iterator()
                .next();
    }
}
