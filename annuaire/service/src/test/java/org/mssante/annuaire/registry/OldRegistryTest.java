package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Language;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;

/** A registry as version 11 of the schema left it, with members and history in it, opened by the present one. */
final class OldRegistryTest {
    private static final MailAddress DESK = MailAddress.parse("accueil@demo.mssante.fr");
    private static final MailAddress DOCTOR = MailAddress.parse("dr.test@demo.mssante.fr");
    private static final MailAddress COLLEAGUE = MailAddress.parse("dr.martin@demo.mssante.fr");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static final String MAILBOXES = """
            insert into mailbox (address, type, state, display_name, holder_rpps, structure_id, unlisted, dmp_filing,
                signing_policy, certificate_subject, description, service, responsible, absent_from, absent_until,
                absence_text, credentials_version, certificate_structure, preferred) values
            ('dr.test@demo.mssante.fr', 'PER', 'ACTIVE', 'Dr TEST', '10999010019', null, false, true,
                'NONE', null, null, null, null, null, null, null, 3, null, 1),
            ('dr.martin@demo.mssante.fr', 'PER', 'ACTIVE', 'Dr MARTIN', '10999010027', null, false, false,
                'NONE', null, null, null, null, '2026-08-01', '2026-08-15', 'Voyez le Dr Test.', 0, null, null),
            ('accueil@demo.mssante.fr', 'ORG', 'ACTIVE', 'Accueil', null, '1990000010', true, false,
                'SIGN', 'CN=S,OU=399900002900010,C=FR', 'Accueil du site', 'Admissions', 'Le directeur', null, null,
                null, 0, '399900002900010', 2),
            ('operateur@demo.mssante.fr', 'ORG', 'SUSPENDED', 'O', null, '1990000010', false, false,
                'NONE', null, null, null, null, null, null, null, 0, null, null),
            ('personne@demo.mssante.fr', 'ORG', 'CLOSED', 'P', null, '1990000010', false, false,
                'NONE', null, null, null, null, null, null, null, 0, null, null),
            ('structure@demo.mssante.fr', 'ORG', 'SUSPENDED', 'S', null, '1990000010', false, false,
                'NONE', null, null, null, null, null, null, null, 0, null, null),
            ('registre@demo.mssante.fr', 'ORG', 'SUSPENDED', 'R', null, '1990000010', false, false,
                'NONE', null, null, null, null, null, null, null, 0, null, null),
            ('fichier@demo.mssante.fr', 'ORG', 'SUSPENDED', 'F', null, '1990000010', false, false,
                'NONE', null, null, null, null, null, null, null, 0, null, null),
            ('rouverte@demo.mssante.fr', 'ORG', 'ACTIVE', 'A', null, '1990000010', false, false,
                'NONE', null, null, null, null, null, null, null, 0, null, null)
            """;

    private static final String MEMBERS = """
            insert into mailbox_member (address, person, rights) values
            ('accueil@demo.mssante.fr', 'dr.test@demo.mssante.fr', 'READ,WRITE,SEND,MANAGE'),
            ('accueil@demo.mssante.fr', 'dr.martin@demo.mssante.fr', 'READ')
            """;

    private static final String HISTORY = """
            insert into mailbox_change (address, changed_at, author, reason, what) values
            ('accueil@demo.mssante.fr', '2026-01-02 03:04:05.678+00', 'root', 'ouverture', 'type=ORG; state=ACTIVE'),
            ('accueil@demo.mssante.fr', '2026-02-03 04:05:06.789+00', 'manager dr.test@demo.mssante.fr', 'arrivée',
                'members: dr.test@demo.mssante.fr:READ -> dr.martin@demo.mssante.fr:READ dr.test@demo.mssante.fr:READ'),
            ('operateur@demo.mssante.fr', '2026-01-02 03:04:05+00', 'administrator dr.test@demo.mssante.fr', 'x',
                'state: ACTIVE -> CLOSED'),
            ('operateur@demo.mssante.fr', '2026-01-03 03:04:05+00', 'operator root', 'x',
                'displayName: N -> O; state: CLOSED -> SUSPENDED'),
            ('operateur@demo.mssante.fr', '2026-01-04 03:04:05+00', 'administrator dr.test@demo.mssante.fr', 'x',
                'service:  -> Accueil'),
            ('personne@demo.mssante.fr', '2026-01-02 03:04:05+00', 'operator dr.martin@demo.mssante.fr', 'x',
                'state: ACTIVE -> CLOSED'),
            ('structure@demo.mssante.fr', '2026-01-02 03:04:05+00', 'operator root', 'x', 'state: ACTIVE -> SUSPENDED'),
            ('structure@demo.mssante.fr', '2026-01-03 03:04:05+00', 'operator root', 'x', 'state: SUSPENDED -> ACTIVE'),
            ('structure@demo.mssante.fr', '2026-01-04 03:04:05+00', 'administrator dr.test@demo.mssante.fr', 'x',
                'state: ACTIVE -> SUSPENDED'),
            ('registre@demo.mssante.fr', '2026-01-02 03:04:05+00', 'policy', 'x', 'state: ACTIVE -> SUSPENDED'),
            ('fichier@demo.mssante.fr', '2026-01-02 03:04:05+00', 'annuaire', 'listed in mailboxes.csv',
                'type=ORG; state=SUSPENDED'),
            ('fichier@demo.mssante.fr', '2026-01-03 03:04:05+00', 'administrator dr.test@demo.mssante.fr', 'x',
                'service:  -> Accueil'),
            ('rouverte@demo.mssante.fr', '2026-01-02 03:04:05+00', 'operator root', 'x', 'state: SUSPENDED -> ACTIVE')
            """;

    private static final String TAKEN = """
            insert into taken_mailbox (address, carrier, digest, told_at) values
            ('dr.test@demo.mssante.fr', '810999010019', 'ab12', '2026-01-02 03:04:05+00'),
            ('accueil@demo.mssante.fr', '1990000010', null, '2026-01-02 03:04:05+00')
            """;

    @TempDir
    Path folder;

    private RegistryDatabase database;
    private MailboxRegistry registry;

    @BeforeEach
    void upgrade() throws SQLException {
        String url = RegistryDatabase.EMBEDDED + folder.resolve("registry");
        Flyway.configure()
                .dataSource(url, "", "")
                .locations("classpath:org/mssante/annuaire/registry/schema")
                .target("11")
                .load()
                .migrate();
        try (Connection old = DriverManager.getConnection(url);
                Statement statement = old.createStatement()) {
            statement.execute(MAILBOXES);
            statement.execute(MEMBERS);
            statement.execute(HISTORY);
            statement.execute(TAKEN);
        }
        database = RegistryDatabase.open(folder, 2);
        registry = new MailboxRegistry(
                database, PersonalFixture.ADMISSION, entry -> {}, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void itsMailboxesAndMembersAreAsTheyWereAndHaveNoLanguage() {
        Registration desk = registry.find(DESK).orElseThrow();

        assertThat(desk.mailbox().members())
                .containsExactly(
                        new Member(COLLEAGUE, Set.of(MemberRight.READ)),
                        new Member(DOCTOR, Set.of(MemberRight.values())));
        assertThat(desk.preferred()).contains(2);
        assertThat(desk.unlisted()).isTrue();
        assertThat(desk.responsible()).contains("Le directeur");
        assertThat(desk.mailbox().certificateStructure()).contains(StructureId.siret("99900002900010"));
        assertThat(desk.mailbox().language()).isEmpty();
        assertThat(registry.find(DOCTOR).orElseThrow().mailbox().credentialsVersion())
                .isEqualTo(3);
        assertThat(registry.find(DOCTOR).orElseThrow().mailbox().dmpFiling()).isEqualTo(DmpFiling.ON);
        assertThat(registry.find(COLLEAGUE)
                        .orElseThrow()
                        .mailbox()
                        .absence()
                        .orElseThrow()
                        .text())
                .isEqualTo("Voyez le Dr Test.");
    }

    @Test
    void itsHistoryIsReadAndGoesOnAsBefore() {
        List<Change> before = List.of(
                new Change(
                        DESK,
                        Instant.parse("2026-01-02T03:04:05.678Z"),
                        new ChangeNote("root", "ouverture"),
                        "type=ORG; state=ACTIVE"),
                new Change(
                        DESK,
                        Instant.parse("2026-02-03T04:05:06.789Z"),
                        new ChangeNote("manager " + DOCTOR, "arrivée"),
                        "members: dr.test@demo.mssante.fr:READ -> dr.martin@demo.mssante.fr:READ dr.test@demo.mssante.fr:READ"));
        assertThat(registry.history(DESK)).isEqualTo(before);

        ChangeNote note = new ChangeNote("operator root", "départ");
        registry.change(
                DESK,
                present -> MailboxProperties.change(
                        present, Map.of("members", DOCTOR + ":READ", "language", "en", "preferred", "1")),
                note);

        assertThat(registry.history(DESK, 2, 10))
                .containsExactly(
                        new Change(
                                DESK,
                                NOON,
                                note,
                                "member changed: dr.test@demo.mssante.fr:READ,WRITE,SEND,MANAGE -> READ; "
                                        + "member removed: dr.martin@demo.mssante.fr:READ; preferred: 2 -> 1; language:  -> en"));
        assertThat(registry.history(DESK, 0, 2)).isEqualTo(before);
        assertThat(registry.find(DESK).orElseThrow().mailbox().language()).isEqualTo(Optional.of(new Language("en")));
    }

    /** As far as the history tells; who created a mailbox suspended was the operator, by his file. */
    @ParameterizedTest
    @CsvSource({
        "operateur, true",
        "personne, true",
        "fichier, true",
        "structure, false",
        "registre, false",
        "rouverte, false",
        "accueil, false"
    })
    void whatTheOperatorTookAwayIsHisAloneToGiveBack(String name, boolean held) {
        Registration mailbox =
                registry.find(MailAddress.parse(name + "@demo.mssante.fr")).orElseThrow();

        assertThat(mailbox.held()).isEqualTo(held);
    }

    @Test
    void aPersonWhoClosedHisMailboxStaysAMemberAndNoOtherBecomesOne() {
        ChangeNote note = new ChangeNote("operator root", "essai");
        registry.change(
                COLLEAGUE,
                present -> MailboxProperties.change(present, Map.of("state", MailboxState.CLOSED.name())),
                note);

        registry.change(DESK, present -> MailboxProperties.change(present, Map.of("service", "Urgences")), note);
        assertThatThrownBy(() -> registry.change(
                        DESK,
                        present ->
                                MailboxProperties.change(present, Map.of("members", "operateur@demo.mssante.fr:READ")),
                        note))
                .isInstanceOf(InvalidRegistrationException.class);
    }

    @Test
    void whatWasPublishedWasPublishedWhereItIsNow() {
        TakenMailboxes api = new TakenMailboxes(database, "https://annuaire.example/fhir", Clock.systemUTC());
        assertThat(api.here())
                .containsOnly(
                        Map.entry(DOCTOR, new TakenMailbox(DOCTOR, "810999010019", Optional.of("ab12"))),
                        Map.entry(DESK, new TakenMailbox(DESK, "1990000010", Optional.empty())));

        TakenMailboxes files = new TakenMailboxes(database, "file", Clock.systemUTC());
        assertThat(files.here()).isEmpty();
    }
}
