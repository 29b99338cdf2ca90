package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mssante.annuaire.registry.PersonalFixture.NOTE;
import static org.mssante.annuaire.registry.PersonalFixture.WARRANT;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.core.id.MailAddress;
import org.mssante.core.settings.StartupFailure;

final class FirstMailboxesTest {
    private static final String PERSON_NAME = "dr.test@demo.medecin.mssante.fr";
    private static final MailAddress PERSON = MailAddress.parse(PERSON_NAME);

    private static final MailAddress ELSEWHERE = MailAddress.parse("dr.test@ailleurs.mssante.fr");

    @TempDir
    Path folder;

    private RegistryDatabase database;
    private PersonalFixture people;
    private Path secrets;

    @BeforeEach
    void open() {
        database = RegistryDatabase.open(folder.resolve("data"), 2);
        secrets = folder.resolve("secrets");
        people = new PersonalFixture(database, secrets, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({"ACTIVE, true", "SUSPENDED, true", "CLOSED, false", "PURGED, false"})
    void aNewPersonalMailboxHasAFirstPasswordUnlessItIsGivenUp(MailboxState state, boolean has) throws IOException {
        assertThat(load(state)).isEqualTo(1);

        assertThat(people.registry().passwordHash(PERSON).isPresent()).isEqualTo(has);
        assertThat(Files.exists(secrets.resolve(PERSON + ".password"))).isEqualTo(has);
    }

    @ParameterizedTest
    @CsvSource({"ACTIVE, false", "SUSPENDED, true", "CLOSED, true"})
    void whatTheOperatorsFileSuspendsIsHisToOpen(MailboxState state, boolean held) throws IOException {
        load(state);

        assertThat(people.registry().find(PERSON).orElseThrow().held()).isEqualTo(held);
    }

    @Test
    void aPurgedMailboxHasNoPasswordAfterTheNextStarts() throws IOException {
        load(MailboxState.ACTIVE);
        become(MailboxState.CLOSED);
        become(MailboxState.PURGED);
        int changes = people.registry().history(PERSON).size();

        load(MailboxState.ACTIVE);
        assertThat(people.registry().passwordHash(PERSON)).isEmpty();
        assertThat(people.registry().history(PERSON)).hasSize(changes);
    }

    @ParameterizedTest
    @EnumSource(
            value = MailboxState.class,
            names = {"CLOSED", "PURGED"})
    void nobodySetsAPasswordOfAMailboxThatIsGivenUp(MailboxState state) {
        people.registry().create(PersonalFixture.person(PERSON, state), NOTE);

        assertThatThrownBy(() -> people.passwords().set(PERSON, "new", WARRANT))
                .isInstanceOf(InvalidRegistrationException.class);
        assertThat(people.registry().passwordHash(PERSON)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({PERSON_NAME + ", true", "personne@demo.medecin.mssante.fr, false"})
    void theFileNamesMembersThatComeLaterInItAndNoOthers(String member, boolean known) throws IOException {
        Path file = Files.writeString(
                folder.resolve("m.csv"),
                MailboxFile.HEADER + "\naccueil@demo.mssante.fr;ORG;Accueil;;1990000010;" + member
                        + ":READ;ACTIVE;false;false;NONE;;;;\n" + PERSON
                        + ";PER;Docteur TEST;10999010019;;;ACTIVE;false;false;NONE;;;;\n",
                StandardCharsets.UTF_8);

        if (known) {
            assertThat(load(file)).isEqualTo(2);
        } else {
            assertThatThrownBy(() -> load(file))
                    .isInstanceOf(StartupFailure.class)
                    .hasMessageContaining("accueil@demo.mssante.fr: " + member + " is no open mailbox of a person");
            assertThat(people.registry().find(PERSON)).isEmpty();
        }
    }

    @Test
    void aFileThatGivesOneCertificateToTwoStructuresIsRefusedAsAWhole() throws IOException {
        Path file = Files.writeString(
                folder.resolve("m.csv"),
                MailboxFile.HEADER + "\n" + PERSON + ";PER;Docteur TEST;10999010019;;;ACTIVE;false;false;NONE;;;;\n"
                        + "un@demo.mssante.fr;APP;Un;;1990000010;;ACTIVE;false;false;NONE;CN=SIL;;;\n"
                        + "deux@demo.mssante.fr;APP;Deux;;399900002900010;;ACTIVE;false;false;NONE;CN=SIL;;;\n",
                StandardCharsets.UTF_8);

        assertThatThrownBy(() -> load(file))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("un@demo.mssante.fr: a mailbox of another structure logs in");
        assertThat(people.registry().find(PERSON)).isEmpty();
        assertThat(people.trace()).isEmpty();
    }

    @Test
    void aFileThatNamesADomainThatIsNotServedIsRefusedByItsLineAndAsAWhole() throws IOException {
        Path file = Files.writeString(
                folder.resolve("m.csv"),
                MailboxFile.HEADER + "\n" + PERSON + ";PER;Docteur TEST;10999010019;;;ACTIVE;false;false;NONE;;;;\n"
                        + ELSEWHERE + ";PER;Docteur TEST;10999010019;;;ACTIVE;false;false;NONE;;;;\n",
                StandardCharsets.UTF_8);

        assertThatThrownBy(() -> load(file))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining(
                        "is wrong in line 3 (" + ELSEWHERE + "), the domain of the address is none of those")
                .hasMessageContaining("(mail.domains: demo.medecin.mssante.fr, demo.mssante.fr)");
        assertThat(people.registry().find(PERSON)).isEmpty();
        assertThat(people.trace()).isEmpty();
    }

    @Test
    void aMailboxOfADomainThatWasServedOnceStaysAndIsAdministered() throws IOException {
        Path file = Files.writeString(
                folder.resolve("m.csv"),
                MailboxFile.HEADER + "\n" + ELSEWHERE + ";PER;Docteur TEST;10999010019;;;ACTIVE;false;false;NONE;;;;\n",
                StandardCharsets.UTF_8);
        new MailboxRegistry(database, new Admission(Set.of(ELSEWHERE.domain())), entry -> {}, Clock.systemUTC())
                .create(PersonalFixture.person(ELSEWHERE, MailboxState.ACTIVE), NOTE);

        assertThat(load(file)).isZero();
        people.registry()
                .change(ELSEWHERE, present -> MailboxProperties.change(present, Map.of("state", "CLOSED")), NOTE);
        assertThat(people.registry().find(ELSEWHERE).orElseThrow().mailbox().state())
                .isEqualTo(MailboxState.CLOSED);
    }

    private int load(MailboxState state) throws IOException {
        Path file = Files.writeString(
                folder.resolve("m.csv"),
                MailboxFile.HEADER + "\n" + PERSON + ";PER;Docteur TEST;10999010019;;;" + state
                        + ";false;false;NONE;;;;\n",
                StandardCharsets.UTF_8);
        return load(file);
    }

    private int load(Path file) {
        return new FirstMailboxes(people.registry(), people.passwords(), new Secrets(secrets, new SecureRandom()))
                .load(file);
    }

    private void become(MailboxState state) {
        people.registry()
                .change(PERSON, present -> MailboxProperties.change(present, Map.of("state", state.name())), NOTE);
    }
}
