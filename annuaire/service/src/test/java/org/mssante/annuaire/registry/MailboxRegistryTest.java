package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.sql.LossyDisk;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;

final class MailboxRegistryTest {
    private static final ChangeNote NOTE = new ChangeNote("admin", "asked by phone");
    private static final MailAddress MEMBER = MailAddress.parse("a.membre@demo.medecin.mssante.fr");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path folder;

    private final List<TraceEntry> trace = new ArrayList<>();
    private RegistryDatabase database;
    private MailboxRegistry registry;

    @BeforeEach
    void open() {
        database = RegistryDatabase.open(folder, 2);
        registry =
                new MailboxRegistry(database, PersonalFixture.ADMISSION, trace::add, Clock.fixed(NOON, ZoneOffset.UTC));
        registerMember(database);
    }

    private static void registerMember(RegistryDatabase database) {
        MailboxRegistry quiet =
                new MailboxRegistry(database, PersonalFixture.ADMISSION, entry -> {}, Clock.systemUTC());
        if (quiet.find(MEMBER).isEmpty()) {
            quiet.create(PersonalFixture.person(MEMBER, MailboxState.ACTIVE), NOTE);
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "PER, description, Accueil",
        "PER, service, Accueil",
        "PER, responsable, Le directeur",
        "ORG, holder, 10999010019",
        "APP, holder, 10999010019",
        "CAB, structure, 1990000010",
        "CAB, service, Accueil",
    })
    void aFieldThatATypeDoesNotHaveIsGivenToNoneOfIt(MailboxType type, String field, String value) {
        boolean personal = type == MailboxType.PER || type == MailboxType.CAB;
        Map<String, String> texts = new HashMap<>(Map.of("type", type.name(), "displayName", "Essai"));
        texts.put(personal ? "holder" : "structure", personal ? "10999010019" : "1990000010");
        Registration without = MailboxProperties.create(MailAddress.parse("sans@demo.mssante.fr"), texts);
        texts.put(field, value);
        String rule = "a mailbox of type " + type + " has no " + field;

        assertThatThrownBy(() -> registry.create(
                        MailboxProperties.create(MailAddress.parse("avec@demo.mssante.fr"), texts), NOTE))
                .hasMessage(rule);
        registry.create(without, NOTE);
        assertThatThrownBy(() -> registry.change(
                        without.address(), present -> MailboxProperties.change(present, Map.of(field, value)), NOTE))
                .hasMessage(rule);
    }

    @Test
    void aFieldThatAnOlderVersionLetInStaysUntilItIsTakenAway() {
        database.transaction("an older version", connection -> {
            try (Statement update = connection.createStatement()) {
                return update.executeUpdate(
                        "update mailbox set description = 'avant' where address = '" + MEMBER + "'");
            }
        });

        Registration changed = registry.change(
                MEMBER, present -> MailboxProperties.change(present, Map.of("displayName", "Docteur")), NOTE);
        assertThat(changed.description()).contains("avant");
        assertThatThrownBy(() -> registry.change(
                        MEMBER, present -> MailboxProperties.change(present, Map.of("description", "après")), NOTE))
                .hasMessage("a mailbox of type PER has no description");
        assertThat(registry.change(
                                MEMBER, present -> MailboxProperties.change(present, Map.of("description", "")), NOTE)
                        .description())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad*7", "p*r", "a+b", "a/b", "a%b", "a=b", "a&b", "-a", "a_", "a..b"})
    void anAddressThatLogInsReadOtherwiseIsGivenToNobody(String local) {
        assertThatThrownBy(() -> registry.create(org(local + "@demo.mssante.fr", MailboxState.ACTIVE), NOTE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(registry.page(Selection.all(), Optional.empty(), 10))
                .extracting(Registration::address)
                .containsExactly(MEMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jean-paul.d'arc", "labo_auto", "a", "1234"})
    void anAddressHasLettersDigitsAndWhatJoinsThem(String local) {
        registry.create(org(local + "@demo.mssante.fr", MailboxState.ACTIVE), NOTE);

        assertThat(registry.find(MailAddress.parse(local + "@demo.mssante.fr"))).isPresent();
    }

    @Test
    void givesBackWhatWasRegistered() {
        Registration secretary = org("accueil@demo.mssante.fr", MailboxState.ACTIVE);
        registry.create(secretary, NOTE);

        assertThat(registry.find(secretary.address())).contains(secretary);
        assertThat(registry.find(MailAddress.parse("x@demo.mssante.fr"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DmpFiling.class)
    void keepsWhatBecomesOfDocuments(DmpFiling filing) {
        Registration secretary = org("accueil@demo.mssante.fr", MailboxState.ACTIVE);
        registry.create(secretary, NOTE);
        registry.change(
                secretary.address(),
                present -> MailboxProperties.change(present, Map.of("dmpFiling", filing.text())),
                NOTE);

        assertThat(registry.find(secretary.address()).orElseThrow().mailbox().dmpFiling())
                .isEqualTo(filing);
    }

    @Test
    void keepsWhatWasCommittedWhenTheServiceStartsAgain() {
        Registration secretary = org("accueil@demo.mssante.fr", MailboxState.ACTIVE);
        registry.create(secretary, NOTE);
        database.close();
        open();

        assertThat(registry.find(secretary.address())).contains(secretary);
    }

    /** H2 commits each statement by itself: a start that is killed in a script leaves some of it. */
    @Test
    void everyStatementOfTheSchemaMayBeRunAgain() {
        database.transaction("empty the history", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("delete from \"flyway_schema_history\"");
            }
        });
        database.close();
        open();
    }

    @Test
    void aMailboxThatWasRegisteredIsThereAfterAPowerLoss() throws IOException {
        LossyDisk.register();
        Registration secretary = org("accueil@demo.mssante.fr", MailboxState.ACTIVE);
        String lossy = "jdbc:h2:whole:lossy:" + folder.resolve("lossy");
        try (RegistryDatabase other = RegistryDatabase.open(lossy, folder, 2)) {
            registerMember(other);
            new MailboxRegistry(other, PersonalFixture.ADMISSION, trace::add, Clock.systemUTC())
                    .create(secretary, NOTE);
            LossyDisk.losePower(folder.resolve("lossy.mv.db"), folder.resolve("survivor.mv.db"));
        }

        String survivor = RegistryDatabase.EMBEDDED + folder.resolve("survivor");
        try (RegistryDatabase after = RegistryDatabase.open(survivor, folder, 2)) {
            assertThat(new MailboxRegistry(after, PersonalFixture.ADMISSION, trace::add, Clock.systemUTC())
                            .find(secretary.address()))
                    .contains(secretary);
        }
    }

    @Test
    void recordsEveryChangeWithAuthorReasonAndTime() {
        Registration before = org("accueil@demo.mssante.fr", MailboxState.ACTIVE);
        registry.create(before, NOTE);
        registry.change(
                before.address(),
                present -> org("accueil@demo.mssante.fr", MailboxState.SUSPENDED),
                new ChangeNote("system", "structure closed"));

        List<Change> history = registry.history(before.address());
        assertThat(history).hasSize(2);
        assertThat(history.get(1))
                .isEqualTo(new Change(
                        before.address(),
                        NOON,
                        new ChangeNote("system", "structure closed"),
                        "state: ACTIVE -> SUSPENDED"));
        assertThat(trace).extracting(TraceEntry::event).containsOnly(Event.MAILBOX_CHANGED);
        assertThat(trace.get(1).fields())
                .containsEntry(Field.ACTOR, "system")
                .containsEntry(Field.ON_BEHALF_OF, "accueil@demo.mssante.fr")
                .containsEntry(Field.DETAIL, "state: ACTIVE -> SUSPENDED (structure closed)");
    }

    @Test
    void changesNothingThatCannotBeTraced() {
        MailboxRegistry untraced = new MailboxRegistry(
                database,
                PersonalFixture.ADMISSION,
                entry -> {
                    throw new IllegalStateException("disk full");
                },
                Clock.systemUTC());
        Registration secretary = org("accueil@demo.mssante.fr", MailboxState.ACTIVE);

        assertThatThrownBy(() -> untraced.create(secretary, NOTE)).hasMessage("disk full");
        assertThat(registry.find(secretary.address())).isEmpty();
    }

    @Test
    void ofAPurgedMailboxOnlyItsAddressAndWhoseItWasAreRemembered() {
        MailAddress address = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
        registry.create(
                MailboxProperties.create(
                        address, Map.of("type", "CAB", "displayName", "Docteur TEST", "holder", "10999010019")),
                NOTE);
        registry.change(
                address,
                present -> MailboxProperties.change(
                        present,
                        Map.of(
                                "description", "le jeudi",
                                "absenceFrom", "2026-11-20",
                                "absenceUntil", "2026-11-30",
                                "absenceText", "En voyage.")),
                NOTE);
        registry.change(address, present -> MailboxProperties.change(present, Map.of("state", "CLOSED")), NOTE);

        registry.change(address, present -> MailboxProperties.change(present, Map.of("state", "PURGED")), NOTE);

        Registration left = registry.find(address).orElseThrow();
        assertThat(MailboxProperties.of(left).toString())
                .contains("10999010019")
                .doesNotContain("Docteur TEST", "le jeudi", "En voyage");
        assertThat(left.mailbox().absence()).isEmpty();
    }

    @Test
    void whoIsPurgedIsNobodysMemberAnyMore() {
        Registration shared = org("accueil@demo.mssante.fr", MailboxState.ACTIVE);
        registry.create(shared, NOTE);
        registry.change(
                shared.address(),
                present -> MailboxProperties.change(present, Map.of("members", MEMBER + ":READ")),
                NOTE);
        assertThat(registry.find(shared.address()).orElseThrow().mailbox().members())
                .hasSize(1);

        for (String state : List.of("CLOSED", "PURGED")) {
            registry.change(MEMBER, present -> MailboxProperties.change(present, Map.of("state", state)), NOTE);
        }

        assertThat(registry.find(shared.address()).orElseThrow().mailbox().members())
                .isEmpty();
    }

    @Test
    void whoIsPurgedAdministersNothingAnyMoreAndNothingNew() {
        Delegations delegations = new Delegations(database, trace::add, Clock.fixed(NOON, ZoneOffset.UTC));
        Delegations.Leave leave = powers -> NOTE;
        Optional<StructureId> structure = Optional.of(StructureId.siret("99900001100018"));
        Optional<StructureId> other = Optional.of(StructureId.siret("99900002900010"));
        for (Optional<StructureId> scope : List.of(Optional.<StructureId>empty(), other)) {
            delegations.give(Optional.empty(), leave, MEMBER, scope);
        }
        become(MEMBER, MailboxState.SUSPENDED);
        delegations.give(Optional.empty(), leave, MEMBER, structure);
        become(MEMBER, MailboxState.CLOSED);
        assertThat(delegations.all()).as("it may be opened again").hasSize(3);
        delegations.take(Optional.empty(), leave, MEMBER, other);
        assertGivenNothing(delegations, other);
        trace.clear();

        become(MEMBER, MailboxState.PURGED);

        assertThat(delegations.all()).isEmpty();
        assertThat(delegations.history(MEMBER))
                .extracting(DelegationChange::given)
                .containsExactly(true, true, true, false, false, false);
        assertThat(trace)
                .filteredOn(entry -> entry.event() == Event.DELEGATION_TAKEN)
                .extracting(TraceEntry::fields)
                .hasSize(2)
                .allSatisfy(fields -> assertThat(fields)
                        .containsEntry(Field.ACTOR, NOTE.author())
                        .containsEntry(Field.ON_BEHALF_OF, MEMBER.toString())
                        .containsEntry(Field.REASON, NOTE.reason()));
        assertGivenNothing(delegations, other);
    }

    private void become(MailAddress address, MailboxState state) {
        registry.change(address, present -> MailboxProperties.change(present, Map.of("state", state.name())), NOTE);
    }

    private static void assertGivenNothing(Delegations delegations, Optional<StructureId> structure) {
        assertThatThrownBy(() -> delegations.give(Optional.empty(), powers -> NOTE, MEMBER, structure))
                .isInstanceOf(InvalidRegistrationException.class)
                .hasMessage(MEMBER + " is no open mailbox of type PER");
    }

    @Test
    void neverGivesAnAddressAgainEvenOneThatWasPurged() {
        registry.create(org("accueil@demo.mssante.fr", MailboxState.PURGED), NOTE);

        assertThatThrownBy(() -> registry.create(org("accueil@demo.mssante.fr", MailboxState.ACTIVE), NOTE))
                .isInstanceOf(InvalidRegistrationException.class)
                .hasMessage("the address was given before and is never given again");
    }

    @Test
    void saysOfAnAddressThatIsGivenThatItExists() {
        registry.create(org("accueil@demo.mssante.fr", MailboxState.CLOSED), NOTE);

        assertThatThrownBy(() -> registry.create(org("accueil@demo.mssante.fr", MailboxState.ACTIVE), NOTE))
                .isInstanceOf(InvalidRegistrationException.class)
                .hasMessage("a mailbox of that address exists");
    }

    @Test
    void theLineOfAPurgeNamesWhatIsTakenAwayAndRepeatsNoneOfIt() {
        MailAddress address = MailAddress.parse("accueil@demo.mssante.fr");
        registry.create(
                MailboxProperties.create(
                        address,
                        Map.of(
                                "type", "ORG",
                                "displayName", "Accueil du Dr Bavard",
                                "structure", "1990000010",
                                "description", "Chez le Dr Bavard",
                                "members", MEMBER + ":READ")),
                NOTE);
        for (String state : List.of("CLOSED", "PURGED")) {
            registry.change(address, present -> MailboxProperties.change(present, Map.of("state", state)), NOTE);
        }

        assertThat(registry.history(address))
                .last()
                .extracting(Change::what)
                .isEqualTo("state: CLOSED -> PURGED; taken away: displayName, members, description");
    }

    @Test
    void neverChangesTheTypeOfMailbox() {
        registry.create(org("accueil@demo.mssante.fr", MailboxState.ACTIVE), NOTE);

        Registration other = new Registration(
                mailbox("accueil@demo.mssante.fr", MailboxType.APP, MailboxState.ACTIVE, List.of()),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> registry.change(other.address(), present -> other, NOTE))
                .hasMessage("the type of a mailbox never changes");
    }

    @ParameterizedTest
    @CsvSource({"PER, false", "CAB, true"})
    void aPersonalMailboxIsNeverGivenToAnotherPersonAndAPracticeMayHaveAnotherResponsible(
            MailboxType type, boolean allowed) {
        MailAddress address = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
        registry.create(
                MailboxProperties.create(
                        address, Map.of("type", type.name(), "displayName", "Docteur TEST", "holder", "10999010019")),
                NOTE);
        ThrowingCallable change = () -> registry.change(
                address, present -> MailboxProperties.change(present, Map.of("holder", "10999010027")), NOTE);

        if (allowed) {
            assertThatCode(change).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(change)
                    .isInstanceOf(InvalidRegistrationException.class)
                    .hasMessageContaining("the holder of a mailbox of type PER never changes");
        }
        assertThat(registry.find(address).orElseThrow().mailbox().holder())
                .contains(new Rpps(allowed ? "10999010027" : "10999010019"));
    }

    @Test
    void changesOnlyWhatExists() {
        assertThatThrownBy(
                        () -> registry.change(MailAddress.parse("accueil@demo.mssante.fr"), present -> present, NOTE))
                .hasMessage("there is no such mailbox");
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE, SUSPENDED, true",
        "ACTIVE, CLOSED, true",
        "ACTIVE, PURGED, false",
        "SUSPENDED, ACTIVE, true",
        "SUSPENDED, PURGED, false",
        "CLOSED, ACTIVE, true",
        "CLOSED, PURGED, true",
        "PURGED, ACTIVE, false",
        "PURGED, PURGED, false",
    })
    void aMailboxCanBeOpenedAgainUntilItIsPurged(MailboxState before, MailboxState after, boolean allowed) {
        Registration present = org("accueil@demo.mssante.fr", before);
        registry.create(present, NOTE);
        ThrowingCallable step =
                () -> registry.change(present.address(), any -> org("accueil@demo.mssante.fr", after), NOTE);
        if (allowed) {
            assertThatCode(step).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(step).isInstanceOf(InvalidRegistrationException.class);
        }
        assertThat(registry.find(present.address()).orElseThrow().mailbox().state())
                .isEqualTo(allowed ? after : before);
    }

    @Test
    void wantsAnAuthorAndReasonForEveryChange() {
        assertThatThrownBy(() -> new ChangeNote(" ", "why")).isInstanceOf(InvalidRegistrationException.class);
        assertThatThrownBy(() -> new ChangeNote("who", "")).isInstanceOf(InvalidRegistrationException.class);
    }

    @Test
    void handsOutEveryMailboxInTheOrderOfAddresses() {
        for (int i = 0; i < 520; i++) {
            registry.create(org("b%04d@demo.mssante.fr".formatted(i), MailboxState.ACTIVE), NOTE);
        }
        List<String> addresses = new ArrayList<>();
        registry.forEach(registration -> addresses.add(registration.address().toString()));

        assertThat(addresses).hasSize(521).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "dr.ailleurs@autre.mssante.fr,      false",
        "logiciel@demo.mssante.fr,          false",
        "autre.accueil@demo.mssante.fr,     false",
        "dr.parti@demo.medecin.mssante.fr,  false",
        "dr.efface@demo.medecin.mssante.fr, false",
        "dr.absent@demo.medecin.mssante.fr, true",
    })
    void onlyAnOpenMailboxOfAPersonIsAMember(String who, boolean allowed) {
        registry.create(
                MailboxProperties.create(
                        MailAddress.parse("logiciel@demo.mssante.fr"),
                        Map.of("type", "APP", "displayName", "SIL", "structure", "1990000010")),
                NOTE);
        registry.create(org("autre.accueil@demo.mssante.fr", MailboxState.ACTIVE), NOTE);
        Map.of("dr.parti", MailboxState.CLOSED, "dr.efface", MailboxState.PURGED, "dr.absent", MailboxState.SUSPENDED)
                .forEach((name, state) -> registry.create(
                        PersonalFixture.person(MailAddress.parse(name + "@demo.medecin.mssante.fr"), state), NOTE));
        Registration mailbox = org("accueil@demo.mssante.fr", MailboxState.ACTIVE);
        registry.create(mailbox, NOTE);
        Map<String, String> members = Map.of("members", MEMBER + ":READ " + who + ":READ");
        MailAddress fresh = MailAddress.parse("nouveau@demo.mssante.fr");
        Map<String, String> creation = new HashMap<>(members);
        creation.putAll(Map.of("type", "ORG", "displayName", "Nouveau", "structure", "1990000010"));

        for (ThrowingCallable deed : List.<ThrowingCallable>of(
                () -> registry.change(mailbox.address(), present -> MailboxProperties.change(present, members), NOTE),
                () -> registry.create(MailboxProperties.create(fresh, creation), NOTE))) {
            if (allowed) {
                assertThatCode(deed).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(deed)
                        .isInstanceOf(InvalidRegistrationException.class)
                        .hasMessage(who + " is no open mailbox of a person (PER) of this server");
            }
        }
        assertThat(registry.find(fresh).isPresent()).isEqualTo(allowed);
    }

    @Test
    void aMemberWhoGaveUpHisMailboxKeepsNobodyFromChangingTheRest() {
        Registration mailbox = org("accueil@demo.mssante.fr", MailboxState.ACTIVE);
        registry.create(mailbox, NOTE);
        registry.change(MEMBER, person -> MailboxProperties.change(person, Map.of("state", "CLOSED")), NOTE);

        assertThatCode(() -> registry.change(
                        mailbox.address(),
                        present -> MailboxProperties.change(present, Map.of("description", "Porte 2")),
                        NOTE))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> registry.change(
                        mailbox.address(),
                        present -> MailboxProperties.change(present, Map.of("members", MEMBER + ":READ,WRITE")),
                        NOTE))
                .hasMessageContaining(MEMBER.toString());
    }

    @Test
    void whatACreationAsksIsAnsweredOnTheConnectionOfItsTransaction() {
        Registration first = org("accueil@demo.mssante.fr", MailboxState.ACTIVE);
        Registration second = org("urgences@demo.mssante.fr", MailboxState.ACTIVE);
        StructureId structure = first.mailbox().structure().orElseThrow();
        String last = "all connections but one are taken";
        database.read(last, taken -> {
            for (Registration registration : List.of(first, second)) {
                registry.create(Optional.empty(), (powers, domains) -> {
                    assertThat(domains.hold(structure, registration.address().domain()))
                            .isEqualTo(registration.equals(second));
                    return new MailboxRegistry.Revised(registration, NOTE);
                });
            }
            return taken;
        });
    }

    @Test
    void saysWhatToDoAboutRunFolderInUse() {
        assertThatThrownBy(() -> RegistryDatabase.open(folder.resolve("registry.mv.db"), 1))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("check that no other annuaire uses this run folder");
    }

    private static Registration org(String address, MailboxState state) {
        Member member = new Member(MEMBER, Set.of(MemberRight.READ, MemberRight.SEND));
        return new Registration(
                mailbox(address, MailboxType.ORG, state, List.of(member)),
                true,
                Optional.of("Accueil"),
                Optional.of("Admissions"),
                Optional.of("Le directeur"));
    }

    private static Mailbox mailbox(String address, MailboxType type, MailboxState state, List<Member> members) {
        return new Mailbox(
                MailAddress.parse(address),
                type,
                state,
                "Accueil",
                Optional.of(new Rpps("10999010019"))
                        .filter(holder -> type == MailboxType.PER || type == MailboxType.CAB),
                Optional.of(StructureId.finess("990000010")).filter(structure -> type != MailboxType.CAB),
                members,
                Optional.empty(),
                SigningPolicy.SIGN,
                DmpFiling.ON);
    }
}
