package org.mssante.annuaire.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.CommonNames;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.PackedEntry;
import org.mssante.annuaire.index.Question;
import org.mssante.annuaire.index.Scope;
import org.mssante.annuaire.index.Snapshot;
import org.mssante.annuaire.registry.ChangeNote;
import org.mssante.annuaire.registry.MailboxFile;
import org.mssante.annuaire.registry.MailboxProperties;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.PersonalFixture;
import org.mssante.annuaire.registry.RegisterMemory;
import org.mssante.annuaire.registry.Registration;
import org.mssante.annuaire.registry.RegistryDatabase;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

final class DirectoryViewTest {
    private static final String ACTIVITIES = "PS_LibreAcces_Personne_activite_202611200312.txt";
    private static final String MAILBOXES = "Extraction_Correspondance_MSSante_202611200312.txt";
    private static final String OPERATOR = "operator test";
    private static final HoldRules RULES = new HoldRules(1, 5, 25, 30, 5, 1);

    @TempDir
    Path folder;

    private final List<TraceEntry> trace = new ArrayList<>();
    private Path extracts;
    private RegistryDatabase database;
    private MailboxRegistry registry;
    private DirectoryIndex index;
    private DirectoryView view;

    @BeforeEach
    void open() throws IOException {
        extracts = Files.createDirectory(folder.resolve("extracts"));
        try (Stream<Path> files = Files.list(AnnuaireFixture.home().resolve("conf/demo/extracts"))) {
            for (Path file : files.toList()) {
                Files.copy(file, extracts.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        database = RegistryDatabase.open(folder.resolve("data"), 2);
        registry = new MailboxRegistry(database, PersonalFixture.ADMISSION, entry -> {}, Clock.systemUTC());
        index = DirectoryIndex.open(folder.resolve("index"), 1, Duration.ofMinutes(1), Clock.systemUTC());
        view = view(RULES);
    }

    private DirectoryView view(HoldRules rules) {
        return view(rules, trace::add);
    }

    private DirectoryView view(HoldRules rules, Trace told) {
        // so little memory that the sorter must use the disk
        return new DirectoryView(
                index,
                registry,
                new RegisterMemory(database),
                told,
                new DirectoryView.Configuration(
                        extracts, true, folder.resolve("scratch"), 65_536, 10_000, rules, List.of("server")),
                new SyncHistory(folder.resolve("runs.jsonl")),
                Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        index.close();
        database.close();
    }

    @Test
    void aLookLetsThoseWhoAskGoFirst() throws IOException {
        List<Integer> priorities = new ArrayList<>();
        view(RULES, told -> priorities.add(Thread.currentThread().getPriority()))
                .look(OPERATOR, DirectoryView.Permission.RULES);

        assertThat(priorities).as("of who looks, when he tells the end of it").containsExactly(Thread.MIN_PRIORITY);
        assertThat(Thread.currentThread().getPriority()).isGreaterThan(Thread.MIN_PRIORITY);
    }

    @Test
    void anEditionThatWaitsGoesOnWaitingWhenTheIndexIsOfAnotherFormat() throws IOException {
        view.open();
        Files.delete(extracts.resolve(ACTIVITIES));
        view.lookBySchedule();
        assertThat(view.held()).isPresent();

        reopenAsOfAnotherFormat();

        assertThat(view.open()).isFalse();
        assertThat(view.held()).isPresent();
        assertThat(professional("810999010019")).isPresent();
        assertThat(view.look("somebody", DirectoryView.Permission.CONFIRMED).end())
                .isEqualTo(SyncRun.End.APPLIED);
        assertThat(professional("810999010019")).isEmpty();
    }

    @Test
    void anIndexOfAnotherFormatIsAskedAsBeforeAlsoWhereTheExtractsCannotBeRead() throws IOException {
        Registration noe = demo("noe.dupuits@demo.mssante.fr");
        registry.create(noe, new ChangeNote("test", "new"));
        view.open();
        String source = index.source().orElseThrow();
        Files.writeString(extracts.resolve(ACTIVITIES), "nothing of use");

        reopenAsOfAnotherFormat();

        assertThat(view.open()).isFalse();
        assertThat(index.source()).contains(source);
        assertThat(found(
                        Audience.SERVICES,
                        new Condition.Equal(Attribute.MAIL, noe.address().toString())))
                .as("our own mailbox, by its address")
                .hasSize(1);
        assertThat(found(
                        Audience.PROFESSIONALS,
                        new Condition.All(List.of(
                                new Condition.Equal(Attribute.OBJECT_CLASS, "mssProfessionnel"),
                                new Condition.Present(Attribute.SPECIALITY),
                                new Condition.Equal(Attribute.PERSON_ID, "10999010019")))))
                .as("a professional, by his number")
                .hasSize(1);
        assertThat(view.look("somebody", DirectoryView.Permission.RULES).end()).isEqualTo(SyncRun.End.FAILED);
    }

    @Test
    void anEditionIsTheSameAfterTheIndexWasIndexedOnceMore() throws IOException {
        view.open();
        reopenAsOfAnotherFormat();
        edit(ACTIVITIES, text -> text.replace("\n", "\r\n"));

        SyncRun run = view.look("somebody", DirectoryView.Permission.RULES);

        assertThat(run.end()).isEqualTo(SyncRun.End.APPLIED);
        assertThat(run.changes().values())
                .allSatisfy(counts -> assertThat(counts.written()).isZero());
        assertThat(run.changes().values())
                .anySatisfy(counts -> assertThat(counts.same()).isPositive());
    }

    private List<DirectoryEntry> found(Audience reader, Condition condition) throws IOException {
        try (Snapshot snapshot = index.snapshot()) {
            return snapshot.search(
                            new Question(EntryKey.base(), Scope.SUBTREE, condition, reader),
                            0,
                            10,
                            Instant.MAX,
                            Clock.systemUTC())
                    .entries();
        }
    }

    /** As an older version had left it: its own terms beside the keys and the entries, and Lucene's own codec. */
    private void reopenAsOfAnotherFormat() throws IOException {
        Map<String, String> data = new HashMap<>();
        List<BytesRef> packed = new ArrayList<>();
        try (Directory directory = FSDirectory.open(folder.resolve("index"));
                DirectoryReader reader = DirectoryReader.open(directory)) {
            data.putAll(reader.getIndexCommit().getUserData());
            for (LeafReaderContext leaf : reader.leaves()) {
                Bits live = leaf.reader().getLiveDocs();
                for (int document = 0; document < leaf.reader().maxDoc(); document++) {
                    if (live == null || live.get(document)) {
                        packed.add(
                                leaf.reader().storedFields().document(document).getBinaryValue("#entry"));
                    }
                }
            }
        }
        index.close();
        data.put("format", "4");
        try (Directory directory = FSDirectory.open(folder.resolve("index"));
                IndexWriter writer = new IndexWriter(
                        directory, new IndexWriterConfig().setOpenMode(IndexWriterConfig.OpenMode.CREATE))) {
            for (BytesRef entry : packed) {
                Document document = new Document();
                document.add(new StringField(
                        "#key", PackedEntry.unpack(entry.bytes).key().term(), Field.Store.NO));
                document.add(new StringField("objectClass", "top", Field.Store.NO));
                document.add(new StoredField("#entry", entry));
                writer.addDocument(document);
            }
            writer.setLiveCommitData(data.entrySet());
            writer.commit();
        }
        index = DirectoryIndex.open(folder.resolve("index"), 1, Duration.ofMinutes(1), Clock.systemUTC());
        view = view(RULES);
    }

    @Test
    void mergesTheLinesOfProfessionalAndHisSkills() throws IOException {
        view.open();

        DirectoryEntry professional = professional("810999010019").orElseThrow();
        assertThat(professional.values(Attribute.SPECIALITY))
                .containsExactly("Médecine générale", "Médecine appliquée aux sports");
        assertThat(professional.values(Attribute.SKILL))
                .containsExactly("SM54|S|Médecine générale", "C05|C|Médecine appliquée aux sports");
        assertThat(professional.values(Attribute.ACTIVE)).containsExactly("TRUE");
        assertThat(professional.values(Attribute.TOWN)).containsExactly("Montmodèle");
        assertThat(trace)
                .singleElement()
                .satisfies(entry -> assertThat(entry.event()).isEqualTo(Event.DIRECTORY_LOADED));
        try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void diplomasAreThoseOfProfessionalsWhereTheyAreWanted() throws IOException {
        Files.writeString(
                extracts.resolve("PS_LibreAcces_Dipl_AutExerc_202611200312.txt"), """
                Type d'identifiant PP|Identifiant PP|Code type diplôme obtenu|Code diplôme obtenu|Libellé diplôme obtenu|
                8|10999010019|DE|DE09|DE Docteur en médecine|
                8|10999010019||||
                8|10999999993|DE|DE09|DE Docteur en médecine|
                """, StandardCharsets.UTF_8);
        view.open();

        assertThat(professional("810999010019").orElseThrow().values(Attribute.DIPLOMA))
                .containsExactly("DE Docteur en médecine");
        assertThat(professional("810999999993"))
                .as("nobody the activities do not know")
                .isEmpty();
        assertThat(view.history().lines(1).get(0)).contains("PS_LibreAcces_Dipl_AutExerc_202611200312.txt");
    }

    @Test
    void keepsTheSectorOfAStructureAndTheLegalEntityThatIsNotItself() throws IOException {
        Path activities = extracts.resolve(ACTIVITIES);
        Files.writeString(
                activities,
                Files.readString(activities, StandardCharsets.UTF_8)
                        .replace("|990000119|990000119|", "|990000119|990000101|"),
                StandardCharsets.UTF_8);
        view.open();

        DirectoryEntry part = find(EntryKey.of(Branch.STRUCTURES, "1990000119")).orElseThrow();
        assertThat(part.values(Attribute.SECTOR)).hasSize(1).allMatch(sector -> sector.startsWith("SA"));
        assertThat(part.values(Attribute.LEGAL_ENTITY)).containsExactly("990000101");
        assertThat(find(EntryKey.of(Branch.STRUCTURES, "1990000028"))
                        .orElseThrow()
                        .values(Attribute.LEGAL_ENTITY))
                .isEmpty();
    }

    @Test
    void keepsEachNumberThatTheRegisterHasForAStructure() throws IOException {
        edit(
                ACTIVITIES,
                text -> text.replace(
                        "|||990000119|990000119|F990000119|",
                        "|99900900700015|999009007|990000119|990000101|R10999011199002|"));
        view.open();

        assertThat(numbers("1990000119"))
                .containsExactly("1990000119", "399900900700015", "410999011199002", "2999009007", "1990000101");
        assertThat(numbers("399900100100018")).containsExactly("399900100100018", "2999001001");
        assertThat(numbers("410999011199001")).containsExactly("410999011199001");
    }

    private List<String> numbers(String structure) throws IOException {
        return find(EntryKey.of(Branch.STRUCTURES, structure)).orElseThrow().values(Attribute.STRUCTURE_NUMBER);
    }

    @Test
    void ourMailboxIsOfTheSiteThatAnyNumberOfItsOwnNames() throws IOException {
        edit(
                ACTIVITIES,
                text -> text.replace(
                        "|||990000119|990000119|F990000119|",
                        "|99900900700015|999009007|990000119|990000101|F990000119|"));
        Registration postmaster = demo("postmaster@demo.mssante.fr");
        registry.create(of(postmaster, "399900900700015"), new ChangeNote("test", "new"));
        view.open();

        EntryKey key = EntryKey.of(Branch.MAILBOXES, "postmaster@demo.mssante.fr");
        assertThat(find(key).orElseThrow().values(Attribute.ORGANISATION)).containsExactly("SSR DES COTEAUX");

        registry.change(postmaster.address(), present -> of(present, "2999009007"), new ChangeNote("test", "other"));
        view.takeOverMailboxes();
        assertThat(find(key).orElseThrow().values(Attribute.ORGANISATION))
                .as("a SIREN is that of all sites")
                .isEmpty();
    }

    @Test
    void ourMailboxIsOfNoneOfSeveralSitesThatShareItsNumber() throws IOException {
        edit(
                ACTIVITIES,
                text -> text.replace("|||990000119|990000119|", "|99900900700015|999009007|990000119|990000119|")
                        .replace("|||990000101|990000101|", "|99900900700015|999009007|990000101|990000101|"));
        Registration postmaster = demo("postmaster@demo.mssante.fr");
        registry.create(of(postmaster, "399900900700015"), new ChangeNote("test", "new"));
        view.open();

        assertThat(numbers("1990000119")).contains("399900900700015");
        assertThat(numbers("1990000101")).contains("399900900700015");
        assertThat(find(EntryKey.of(Branch.MAILBOXES, "postmaster@demo.mssante.fr"))
                        .orElseThrow()
                        .values(Attribute.ORGANISATION))
                .isEmpty();
    }

    @Test
    void eachHolderOfASharedAddressIsCalledByEitherNameFirst() throws IOException {
        String shared = "cecile.fableau@ch-fictif.mssante.fr";
        edit(
                MAILBOXES,
                text -> text.lines()
                        .filter(line -> line.contains(shared))
                        .findFirst()
                        .orElseThrow()
                        .replace("|FABLEAU|CÉCILE|", "|SECOND|Paule|")
                        .transform(line -> text + line + "\n"));
        view.open();

        assertThat(CommonNames.of(find(EntryKey.of(Branch.MAILBOXES, shared)).orElseThrow()))
                .containsExactlyInAnyOrder("CÉCILE FABLEAU", "FABLEAU CÉCILE", "Paule SECOND", "SECOND Paule");
    }

    private static Registration of(Registration registration, String structure) {
        return MailboxProperties.change(registration, Map.of(MailboxProperties.STRUCTURE, structure));
    }

    @Test
    void knowsProfessionalsWithoutAnyActivityAsInactive() throws IOException {
        view.open();
        Map<String, Boolean> practising = new HashMap<>();
        for (String line : Files.readAllLines(extracts.resolve(ACTIVITIES), StandardCharsets.UTF_8)) {
            String[] columns = line.split("\\|", -1);
            practising.merge(columns[2], !columns[17].isEmpty(), Boolean::logicalOr);
        }
        practising.remove("Identification nationale PP");

        assertThat(practising).containsValue(false).hasSize(200);
        for (Map.Entry<String, Boolean> expected : practising.entrySet()) {
            assertThat(professional(expected.getKey()).orElseThrow().values(Attribute.ACTIVE))
                    .containsExactly(expected.getValue() ? "TRUE" : "FALSE");
        }
    }

    @Test
    void putsOurMailboxInPlaceOfThePublishedOneWithoutPublishingWhatIsUnlisted() throws IOException {
        Registration drTest = demo("dr.test@demo.medecin.mssante.fr");
        registry.create(
                new Registration(
                        drTest.mailbox(),
                        true,
                        drTest.description(),
                        drTest.service(),
                        drTest.responsible(),
                        Optional.of(1),
                        false),
                new ChangeNote("test", "unlisted here, listed nationally"));
        view.open();

        DirectoryEntry entry = find(EntryKey.of(Branch.MAILBOXES, "dr.test@demo.medecin.mssante.fr"))
                .orElseThrow();
        assertThat(entry.audience()).isEqualTo(Audience.SERVICES);
        assertThat(entry.values(Attribute.SPECIALITY)).contains("Médecine générale");
        assertThat(entry.values(Attribute.ORGANISATION)).containsExactly("CABINET MEDICAL EXEMPLE");
        assertThat(entry.values(Attribute.PREFERRED)).containsExactly("1");
    }

    @Test
    void looksAtTheExtractsOnlyWhereTheyHaveChanged() throws IOException {
        view.open();
        view.lookBySchedule();
        assertThat(view.history().lines(10)).hasSize(1);

        edit(ACTIVITIES, text -> text.replaceFirst("Montmodèle", "Autreville"));
        view.lookBySchedule();
        assertThat(view.history().lines(10))
                .hasSize(2)
                .last()
                .satisfies(line -> assertThat(line)
                        .contains("\"end\":\"APPLIED\"")
                        .contains("\"professionals\":{\"added\":0,\"changed\":1,\"removed\":0,\"same\":199}"));
    }

    @Test
    void writesOnlyWhatDiffers() throws IOException {
        view.open();
        SyncRun again = view.look(OPERATOR, DirectoryView.Permission.NONE);

        assertThat(again.end()).isEqualTo(SyncRun.End.REHEARSED);
        assertThat(again.changes()).isNotEmpty().allSatisfy((kind, counts) -> {
            assertThat(counts.same()).as(kind).isPositive();
            assertThat(counts.same()).as(kind).isEqualTo(counts.before());
            assertThat(counts.added()).as(kind).isZero();
        });
    }

    @Test
    void anEditionThatTakesTooMuchAwayWaitsForTheOperatorsWord() throws IOException {
        view.open();
        Files.delete(extracts.resolve(ACTIVITIES));
        view.lookBySchedule();

        assertThat(professional("810999010019")).isPresent();
        assertThat(view.held()).isPresent();
        assertThat(trace).last().satisfies(entry -> assertThat(entry.event()).isEqualTo(Event.DIRECTORY_HELD));

        view.lookBySchedule();
        assertThat(trace)
                .as("an edition that waits is not read again and again")
                .hasSize(2);

        SyncRun confirmed = view.look(OPERATOR, DirectoryView.Permission.CONFIRMED);
        assertThat(confirmed.end()).isEqualTo(SyncRun.End.APPLIED);
        assertThat(confirmed.remarks()).isNotEmpty();
        assertThat(professional("810999010019")).isEmpty();
        assertThat(view.held()).isEmpty();
    }

    @Test
    void aConfirmationIsForTheExtractsThatWereLookedAt() throws IOException {
        view.open();
        Files.delete(extracts.resolve(ACTIVITIES));
        view.lookBySchedule();
        assertThat(view.isHeldEditionThere()).isTrue();

        edit("PS_LibreAcces_SavoirFaire_202611200312.txt", text -> text + "\n");
        assertThat(view.isHeldEditionThere()).isFalse();
    }

    @Test
    void aDomainThatLosesItsMailboxesHoldsAnEditionThatChangesLittleElsewhere() throws IOException {
        view = view(new HoldRules(100, 100, 25, 3, 1, 1));
        view.open();
        String domain = "@" + largestDomain();
        edit(
                MAILBOXES,
                text -> text.lines()
                        .filter(line -> !line.contains(domain + "|"))
                        .collect(Collectors.joining("\n", "", "\n")));
        SyncRun run = view.look(OPERATOR, DirectoryView.Permission.RULES);

        assertThat(run.end()).isEqualTo(SyncRun.End.HELD);
        assertThat(run.remarks()).singleElement().asString().contains("mailboxes of " + domain.substring(1));
    }

    @Test
    void anExtractThatEndsWithinALineWaits() throws IOException {
        view.open();
        edit(ACTIVITIES, text -> text.substring(0, text.length() - 1));

        assertThat(view.look(OPERATOR, DirectoryView.Permission.RULES).remarks())
                .singleElement()
                .asString()
                .contains("truncated");
    }

    @Test
    void aFirstEditionThatCannotBeReadStopsTheService() throws IOException {
        edit(ACTIVITIES, text -> text.replace("|8|", "|"));
        edit(ACTIVITIES, text -> text.replaceAll("(?m)^8\\|[0-9]*\\|", "8|"));

        assertThatThrownBy(() -> view.open()).isInstanceOf(StartupFailure.class).hasMessageContaining("cannot be read");
    }

    @Test
    void takesOverMailboxesThatAreNewWhereTheExtractsHaveNotChanged() throws IOException {
        view.open();
        registry.create(demo("noe.dupuits@demo.mssante.fr"), new ChangeNote("test", "new"));
        view.open();

        assertThat(find(EntryKey.of(Branch.MAILBOXES, "noe.dupuits@demo.mssante.fr")))
                .isPresent();
    }

    @Test
    void aMailboxThatChangesWhileAnEditionIsReadShowsAtOnceAndAsItIsAtTheEnd() throws Exception {
        Registration noe = demo("noe.dupuits@demo.mssante.fr");
        registry.create(noe, new ChangeNote("test", "new"));
        view.open();
        edit(ACTIVITIES, text -> text.replaceFirst("Montmodèle", "Autreville"));
        CountDownLatch change = new CountDownLatch(1);
        AtomicBoolean begun = new AtomicBoolean();
        assertThat(audience(noe)).isEqualTo(Audience.PROFESSIONALS);
        Thread rehearsal = new Thread(() -> rehearse(begun, change));
        Thread load = new Thread(this::look);
        rehearsal.start();
        Awaitility.await().untilTrue(begun);
        load.start();
        Awaitility.await("the load has begun")
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread ->
                                thread.getName().equals("register-look") && thread.getState() == Thread.State.BLOCKED));

        registry.change(
                noe.address(),
                now -> new Registration(
                        now.mailbox(),
                        true,
                        now.description(),
                        now.service(),
                        now.responsible(),
                        now.preferred(),
                        now.held()),
                new ChangeNote("test", "unlisted while an edition is read"));
        assertTimeoutPreemptively(Duration.ofSeconds(30), view::takeOverMailboxes);
        assertThat(audience(noe)).isEqualTo(Audience.SERVICES);
        assertThat(professional("810999010019").orElseThrow().values(Attribute.TOWN))
                .as("of the edition nothing yet")
                .containsExactly("Montmodèle");

        change.countDown();
        rehearsal.join();
        load.join();
        assertThat(audience(noe)).isEqualTo(Audience.SERVICES);
        assertThat(professional("810999010019").orElseThrow().values(Attribute.TOWN))
                .containsExactly("Autreville");
    }

    /** Stands where the edition is read, until the word is given. */
    private void rehearse(AtomicBoolean begun, CountDownLatch end) {
        try {
            index.rehearse(update -> {
                begun.set(true);
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void look() {
        try {
            view.look(OPERATOR, DirectoryView.Permission.RULES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Audience audience(Registration registration) throws IOException {
        return find(EntryKey.of(Branch.MAILBOXES, registration.address().toString()))
                .orElseThrow()
                .audience();
    }

    @Test
    void aTakeOverThatFailedIsMadeAgainThoughNobodyAsks() throws Exception {
        view.open();
        Registration noe = demo("noe.dupuits@demo.mssante.fr");
        registry.create(noe, new ChangeNote("test", "new"));
        rename("mailbox", "hidden");
        try (TakeOvers takeOvers = new TakeOvers(view, Duration.ofMillis(50))) {
            assertThat(takeOvers.await(Duration.ofSeconds(30))).isFalse();

            rename("hidden", "mailbox");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(find(
                                    EntryKey.of(Branch.MAILBOXES, noe.address().toString())))
                            .isPresent());
        }
    }

    private void rename(String table, String name) {
        database.transaction("a table cannot be renamed", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("alter table " + table + " rename to " + name);
            }
        });
    }

    @Test
    void keepsTheLastGoodStateWhereAnExtractLosesColumn() throws IOException {
        view.open();
        edit(ACTIVITIES, text -> text.replaceFirst("Code profession", "Profession"));
        SyncRun run = view.look(OPERATOR, DirectoryView.Permission.RULES);

        assertThat(run.end()).isEqualTo(SyncRun.End.FAILED);
        assertThat(run.remarks()).singleElement().asString().contains("Code profession");
        assertThat(professional("810999010019")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"started\":\"2026",
                "{\"started\":\"2026\",\"extracts\":[{\"file\":\"x\"}",
                "{\"started\":\"2026\",\"actor\":\"Andr\u00c3"
            })
    void looksOnWhereTheLastLineOfItsHistoryWasCutOff(String left) throws IOException {
        view.open();
        Files.writeString(folder.resolve("runs.jsonl"), left, StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);
        assertThat(view.history().lines(10)).hasSize(1);
        edit(ACTIVITIES, text -> text.replaceFirst("Montmodèle", "Autreville"));
        view.lookBySchedule();

        assertThat(view.history().lines(10)).hasSize(2).last().asString().contains("\"end\":\"APPLIED\"");
        assertThat(view.held()).isEmpty();
    }

    private void edit(String file, UnaryOperator<String> change) throws IOException {
        Path path = extracts.resolve(file);
        Files.writeString(path, change.apply(Files.readString(path, StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private String largestDomain() throws IOException {
        return Files.readAllLines(extracts.resolve(MAILBOXES), StandardCharsets.UTF_8).stream()
                .skip(1)
                .map(line -> line.split("\\|", -1)[1].replaceFirst(".*@", ""))
                .filter(domain -> !domain.startsWith("demo"))
                .collect(Collectors.groupingBy(domain -> domain, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private static Registration demo(String address) {
        return MailboxFile.read(AnnuaireFixture.home().resolve("conf/demo/mailboxes.csv"), any -> {}).stream()
                .filter(registration -> registration.address().toString().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private Optional<DirectoryEntry> professional(String nationalId) throws IOException {
        return find(EntryKey.of(Branch.PROFESSIONALS, nationalId));
    }

    private Optional<DirectoryEntry> find(EntryKey key) throws IOException {
        try (Snapshot snapshot = index.snapshot()) {
            return snapshot.find(key);
        }
    }
}
