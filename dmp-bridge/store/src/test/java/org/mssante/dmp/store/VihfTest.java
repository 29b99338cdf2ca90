package org.mssante.dmp.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.trace.Field;
import org.mssante.dmp.store.http.VihfPolicy;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.client.DmpClients;
import org.mssante.dmp.xds.iti41.Registered;
import org.mssante.dmp.xds.iti41.Submission;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.td02.DmpState;
import org.mssante.dmp.xds.vihf.Requester;
import org.mssante.dmp.xds.vihf.VihfIssuer;

/** The VIHF on the wire: which requests a store that asks for it serves. */
class VihfTest {
    private static final byte[] BYTES = {1, 2, 3};

    @TempDir
    static Path runDir;

    private static RunningStore store;

    @BeforeAll
    static void start() throws IOException {
        store = RunningStore.start(runDir.resolve("required"), DmpState.ABSENT, VihfPolicy.REQUIRED);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void everyTransactionIsServedWithARightOne() throws IOException {
        DmpClients clients = store.clients(issuer("sign/bridge", Clock.systemUTC()));
        assertThat(clients.existence().state(RunningStore.ACTIVE)).isEqualTo(new Answer.Given<>(DmpState.ACTIVE));
        assertThat(clients.provideAndRegister().submit(submission("1.2.3.50.1")))
                .isEqualTo(new Answer.Given<>(new Registered(false)));
        assertThat(clients.registry().findDocuments(RunningStore.ACTIVE)).isInstanceOf(Answer.Given.class);
        assertThat(clients.registry().getDocuments("1.2.3.50.1", Optional.of(RunningStore.ACTIVE)))
                .isInstanceOfSatisfying(
                        Answer.Given.class,
                        given -> assertThat((List<?>) given.value()).hasSize(1));
        assertThat(clients.retrieve().retrieve("1.2.3.50.1", java.io.OutputStream.nullOutputStream()))
                .isInstanceOf(Answer.Given.class);
    }

    @Test
    void aRequestWithoutOneIsAFaultWithItsCodeAndTraced() throws IOException {
        DmpClients clients = store.clients();
        assertRefused("MSSVihfMissing", clients.existence().state(RunningStore.ACTIVE));
        assertRefused("MSSVihfMissing", clients.provideAndRegister().submit(submission("1.2.3.50.2")));
        assertRefused("MSSVihfMissing", clients.registry().findDocuments(RunningStore.ACTIVE));
        assertRefused(
                "MSSVihfMissing", clients.retrieve().retrieve("1.2.3.50.1", java.io.OutputStream.nullOutputStream()));
        assertThat(store.trace()).anySatisfy(line -> {
            assertThat(line.outcome()).contains(Outcome.DMP_IDENTITY_REFUSED);
            assertThat(line.get(Field.REPLY).orElse("")).startsWith("MSSVihfMissing");
            assertThat(line.get(Field.ACTOR).orElse("")).startsWith("CN=passerelle-dmp");
        });
    }

    @Test
    void aCertificateThatIsNotForSignaturesIsRefusedAsTheDmpDoes() {
        assertRefused(
                "DMPInvalidCertificate",
                store.clients(issuer("bridge", Clock.systemUTC())).existence().state(RunningStore.ACTIVE));
    }

    @Test
    void oneOfAnotherTimeIsRefused() {
        Clock before = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-7));
        assertRefused(
                "MSSVihfWindow",
                store.clients(issuer("sign/bridge", before)).existence().state(RunningStore.ACTIVE));
    }

    @Test
    void whereOnlyThoseThatAreThereAreLookedAtARequestNeedsNoneButAWrongOneIsRefused() throws IOException {
        try (RunningStore lenient =
                RunningStore.start(runDir.resolve("present"), DmpState.ABSENT, VihfPolicy.PRESENT)) {
            assertThat(lenient.clients().existence().state(RunningStore.ACTIVE)).isInstanceOf(Answer.Given.class);
            assertRefused(
                    "DMPInvalidCertificate",
                    lenient.clients(issuer("bridge", Clock.systemUTC()))
                            .existence()
                            .state(RunningStore.ACTIVE));
        }
    }

    private static Submission submission(String uniqueId) {
        return SampleSubmission.of(RunningStore.ACTIVE, uniqueId, BYTES);
    }

    private static void assertRefused(String code, Answer<?> answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.errorCode()).isEqualTo(code));
    }

    private static VihfIssuer issuer(String key, Clock clock) {
        Requester requester = new Requester(
                "399900001100018/passerelle",
                "PASSERELLE D'ÉTÉ & CO",
                "399900001100018",
                new Code("SA01", "1.2.250.1.71.4.2.4", ""),
                new Code("AUTOMATE", "1.2.250.1.213.1.1.4.6", "Automate"),
                new Requester.Software("1", "MSSante", "0.1", "X-1"));
        return new VihfIssuer(
                requester, KeyMaterial.load(TestPki.folder().resolve(key)), Optional.of(Duration.ofMinutes(5)), clock);
    }
}
