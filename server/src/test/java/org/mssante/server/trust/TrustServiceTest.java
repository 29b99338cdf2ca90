package org.mssante.server.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.id.MailDomain;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;

/** Real files on a real disk: what is replaced while the service runs, and what a start finds. */
class TrustServiceTest {
    private static final MailDomain A = new MailDomain("a.mssante.fr");
    private static final MailDomain B = new MailDomain("b.mssante.fr");

    @TempDir
    private Path folder;

    private final TestPki pki = new TestPki();
    private final KeyMaterial signer = TestTrustLists.signer(pki);
    private final KeyMaterial operator = pki.issue(pki.server(TestPki.dn("smtp.exemple.mssante.fr")));
    private final RecordedTrace trace = new RecordedTrace();

    @BeforeEach
    void layOut() throws IOException {
        pki.writeAnchors(folder.resolve("anchors"));
        pki.writeRevocationLists(folder.resolve("crl"));
        put(list(A, TestPki.NOW));
    }

    @Test
    void startsWithAValidListAndTracesItsDateAndSigner() {
        try (TrustService service = start()) {
            assertThat(service.space().domain(A).isAccepted()).isTrue();
        }
        assertThat(trace.valuesOf(Event.TRUST_LIST_LOADED, Field.LIST_DATE)).containsExactly(TestPki.NOW.toString());
        assertThat(trace.valuesOf(Event.TRUST_LIST_LOADED, Field.CERTIFICATE_SUBJECT))
                .singleElement()
                .asString()
                .startsWith("CN=" + TestTrustLists.SIGNER_CN);
    }

    @Test
    void doesNotStartWithATruncatedListAndSaysWhatToDo() throws IOException {
        byte[] whole = list(A, TestPki.NOW);
        put(Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(this::start)
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("is not accepted, it is not a readable XML document")
                .hasMessageContaining("replace it by a valid signed list");
    }

    @Test
    void doesNotStartWithoutListAnchorsOrRevocationFolder() throws IOException {
        Files.delete(folder.resolve("list.xml"));
        assertThatThrownBy(this::start).isInstanceOf(StartupFailure.class).hasMessageContaining("trust.list.file");

        Files.delete(folder.resolve("crl/root.crl"));
        Files.delete(folder.resolve("crl/organisations.crl"));
        Files.delete(folder.resolve("crl"));
        assertThatThrownBy(this::start).isInstanceOf(StartupFailure.class).hasMessageContaining("revocation lists");

        Files.delete(folder.resolve("anchors/root.pem"));
        assertThatThrownBy(this::start).isInstanceOf(StartupFailure.class).hasMessageContaining("no root");
    }

    @Test
    void takesANewListOverWhileItRuns() throws IOException {
        try (TrustService service = start()) {
            put(list(B, TestPki.NOW.plusSeconds(1)));

            await().untilAsserted(() ->
                    assertThat(service.space().domain(B).isAccepted()).isTrue());
            assertThat(service.space().domain(A).isAccepted()).isFalse();
        }
    }

    @Test
    void aTruncatedForgedOrOlderListNeverReplacesTheGoodOne() throws IOException {
        try (TrustService service = start()) {
            byte[] newer = list(B, TestPki.NOW.plusSeconds(1));
            putAndAwaitRejection(Arrays.copyOf(newer, newer.length - 10), 1, "UNREADABLE");
            putAndAwaitRejection(
                    new TestTrustLists()
                            .with(B.name(), operator)
                            .signedBy(
                                    pki.issue(pki.signer(TestPki.dn("pirate.fr"), "p@pirate.fr")),
                                    TestPki.NOW.plusSeconds(1)),
                    2,
                    "SIGNER_UNKNOWN");
            putAndAwaitRejection(list(B, TestPki.NOW.minusSeconds(1)), 3, "OLDER_THAN_IN_FORCE");

            assertThat(service.space().domain(A).isAccepted()).isTrue();
            assertThat(service.space().domain(B).isAccepted()).isFalse();
        }
    }

    @Test
    void aRestartKeepsTheLastGoodListWhereTheFileIsBadGoneOrOlder() throws IOException {
        start().close();
        for (byte[] bad : List.of(
                "garbage".getBytes(java.nio.charset.StandardCharsets.UTF_8), list(B, TestPki.NOW.minusSeconds(1)))) {
            put(bad);
            try (TrustService service = start()) {
                assertThat(service.space().domain(A).isAccepted()).isTrue();
                assertThat(service.space().domain(B).isAccepted()).isFalse();
            }
        }
        Files.delete(folder.resolve("list.xml"));
        try (TrustService service = start()) {
            assertThat(service.space().domain(A).isAccepted()).isTrue();
        }
    }

    @Test
    void aRestartTakesTheNewerFileAndVerifiesTheKeptCopyAgain() throws IOException {
        start().close();
        put(list(B, TestPki.NOW.plusSeconds(1)));
        try (TrustService service = start()) {
            assertThat(service.space().domain(B).isAccepted()).isTrue();
        }
        Path kept = folder.resolve("data/trust/last-good-trust-list.xml");
        Files.writeString(kept, Files.readString(kept).replace(B.name(), "pirate.fr"));
        Files.delete(folder.resolve("list.xml"));

        assertThatThrownBy(this::start).isInstanceOf(StartupFailure.class);
    }

    @Test
    void aRevocationCountsOnceItsFileIsThereAndABrokenFileChangesNothing() {
        try (TrustService service = start()) {
            assertThat(service.space().outbound(operator.chain(), A).isAccepted())
                    .isTrue();

            pki.writeRevocationLists(folder.resolve("crl"), operator.leaf());
            await().untilAsserted(() -> assertThat(service.space().outbound(operator.chain(), A))
                    .isInstanceOf(TrustDecision.Refused.class));

            TestPki.write(folder.resolve("crl/organisations.crl"), "garbage");
            TestPki.write(
                    folder.resolve("crl/foreign.crl"),
                    TestPki.pem(
                            "X509 CRL",
                            TestPki.encoded(pki.crl(pki.foreign, TestPki.NOW, TestPki.NOW.plusSeconds(9_999)))));
            put(list(B, TestPki.NOW.plusSeconds(1)));
            await().untilAsserted(() ->
                    assertThat(service.space().domain(B).isAccepted()).isTrue());
            assertThat(service.space().inbound(operator.chain(), Optional.of(B)))
                    .isInstanceOf(TrustDecision.Refused.class);
        }
    }

    private void putAndAwaitRejection(byte[] bytes, int count, String reason) {
        put(bytes);
        await().untilAsserted(() -> assertThat(trace.valuesOf(Event.TRUST_LIST_REJECTED, Field.DETAIL))
                .hasSize(count)
                .last()
                .asString()
                .startsWith(reason));
    }

    private void put(byte[] bytes) {
        try {
            Path beside = folder.resolve("list.new");
            Files.write(beside, bytes);
            Files.move(beside, folder.resolve("list.xml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private byte[] list(MailDomain domain, Instant generated) {
        return new TestTrustLists().with(domain.name(), operator).signedBy(signer, generated);
    }

    private TrustService start() {
        return TrustService.start(
                new TestTrustSettings(folder).settings(), trace, Clock.fixed(TestPki.NOW, ZoneOffset.UTC));
    }
}
