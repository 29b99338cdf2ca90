package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mssante.annuaire.registry.PersonalFixture.NOTE;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;

/** Whose a client certificate is: one structure's alone, the one it names. */
final class CertificateOwnersTest {
    private static final String ONE = "1990000010";
    private static final String OTHER = "399900002900010";
    private static final String UNNAMED = "CN=SIL,O=LABORATOIRE,C=FR";
    private static final String ANOTHERS = "a mailbox of another structure logs in with this certificate";

    @TempDir
    Path folder;

    private RegistryDatabase database;
    private MailboxRegistry registry;

    @BeforeEach
    void open() {
        database = RegistryDatabase.open(folder, 4);
        registry = new MailboxRegistry(database, PersonalFixture.ADMISSION, entry -> {}, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {UNNAMED, "cn=sil, o=Laboratoire, c=fr"})
    void aCertificateThatOpensAMailboxOfOneStructureIsGivenToNoOther(String subject) {
        registry.create(software("un@demo.mssante.fr", ONE, Map.of("certificateSubject", UNNAMED)), NOTE);

        assertThatThrownBy(() -> registry.create(
                        software("deux@demo.mssante.fr", OTHER, Map.of("certificateSubject", subject)), NOTE))
                .isInstanceOf(InvalidRegistrationException.class)
                .hasMessage(ANOTHERS);
        assertThat(registry.find(MailAddress.parse("deux@demo.mssante.fr"))).isEmpty();
    }

    @Test
    void noMailboxIsChangedToTheCertificateOrTheStructureOfAnother() {
        registry.create(software("un@demo.mssante.fr", ONE, Map.of("certificateSubject", UNNAMED)), NOTE);
        registry.create(software("deux@demo.mssante.fr", OTHER, Map.of()), NOTE);
        registry.create(software("trois@demo.mssante.fr", ONE, Map.of("certificateSubject", UNNAMED)), NOTE);

        assertThatThrownBy(() -> change("deux@demo.mssante.fr", Map.of("certificateSubject", UNNAMED)))
                .hasMessage(ANOTHERS);
        assertThatThrownBy(() -> change("trois@demo.mssante.fr", Map.of("structure", OTHER)))
                .hasMessage(ANOTHERS);
    }

    @Test
    void aPurgedMailboxKeepsItsCertificateFromNobody() {
        registry.create(software("un@demo.mssante.fr", ONE, Map.of("certificateSubject", UNNAMED)), NOTE);
        change("un@demo.mssante.fr", Map.of("state", "CLOSED"));
        Registration other = software("deux@demo.mssante.fr", OTHER, Map.of("certificateSubject", UNNAMED));
        assertThatThrownBy(() -> registry.create(other, NOTE)).hasMessage(ANOTHERS);

        change("un@demo.mssante.fr", Map.of("state", "PURGED"));
        assertThatCode(() -> registry.create(other, NOTE)).doesNotThrowAnyException();
    }

    @Test
    void aCertificateThatNamesAnotherStructureWantsTheWordThatItIsTheSame() {
        Map<String, String> named = Map.of("certificateSubject", "CN=SIL,OU=" + OTHER + ",C=FR");
        assertThatThrownBy(() -> registry.create(software("un@demo.mssante.fr", ONE, named), NOTE))
                .isInstanceOf(InvalidRegistrationException.class)
                .hasMessageContaining("the certificate names the structure " + OTHER);

        Map<String, String> said = new HashMap<>(named);
        said.put("certificateStructure", OTHER);
        registry.create(software("un@demo.mssante.fr", ONE, said), NOTE);
        assertThat(registry.find(MailAddress.parse("un@demo.mssante.fr")))
                .contains(software("un@demo.mssante.fr", ONE, said));
        assertThatThrownBy(() -> change("un@demo.mssante.fr", Map.of("certificateStructure", "")))
                .hasMessageContaining("the certificate names the structure " + OTHER);

        change("un@demo.mssante.fr", Map.of("certificateSubject", ""));
        assertThat(registry.find(MailAddress.parse("un@demo.mssante.fr")))
                .as("whoever may take the certificate away takes along what is said of it")
                .contains(software("un@demo.mssante.fr", ONE, Map.of()));
        assertThatThrownBy(() -> change("un@demo.mssante.fr", Map.of("certificateStructure", OTHER)))
                .hasMessage("certificateStructure goes with certificateSubject");
    }

    @ParameterizedTest
    @CsvSource({"APP, true", "ORG, true", "PER, false", "CAB, false"})
    void mailboxesOfStructuresAloneAreOpenedByCertificate(MailboxType type, boolean allowed) {
        Map<String, String> properties = Map.of(
                "type",
                type.name(),
                "displayName",
                "SIL",
                "structure",
                ONE,
                "holder",
                "10999010019",
                "certificateSubject",
                UNNAMED);
        ThrowingCallable creation = () -> MailboxProperties.create(MailAddress.parse("un@demo.mssante.fr"), properties);

        if (allowed) {
            assertThatCode(creation).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(creation).hasMessageContaining("has no certificateSubject");
        }
    }

    @Test
    void mailboxesOfOneFileAreHeldAgainstEachOther() {
        Registration one = software("un@demo.mssante.fr", ONE, Map.of("certificateSubject", UNNAMED));
        Registration other = software("deux@demo.mssante.fr", OTHER, Map.of("certificateSubject", UNNAMED));

        assertThatThrownBy(() -> registry.create(List.of(one, other), NOTE)).hasMessageContaining(ANOTHERS);
        assertThat(registry.find(one.address())).isEmpty();
    }

    @Test
    void ofTwoWhoGiveTheSameCertificateAtOnceTheSecondWaitsAndIsRefused() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        MailboxRegistry slow = new MailboxRegistry(
                database,
                PersonalFixture.ADMISSION,
                entry -> {
                    begun.countDown();
                    await(end);
                },
                Clock.systemUTC());
        CompletableFuture<Void> first = CompletableFuture.runAsync(
                () -> slow.create(software("un@demo.mssante.fr", ONE, Map.of("certificateSubject", UNNAMED)), NOTE));
        await(begun);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() ->
                registry.create(software("deux@demo.mssante.fr", OTHER, Map.of("certificateSubject", UNNAMED)), NOTE));

        assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        end.countDown();
        first.join();
        assertThatThrownBy(second::join).isInstanceOf(CompletionException.class).hasRootCauseMessage(ANOTHERS);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void change(String address, Map<String, String> properties) {
        registry.change(MailAddress.parse(address), present -> MailboxProperties.change(present, properties), NOTE);
    }

    private static Registration software(String address, String structure, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(more);
        properties.putAll(Map.of("type", "APP", "displayName", "SIL", "structure", structure));
        return MailboxProperties.create(MailAddress.parse(address), properties);
    }
}
