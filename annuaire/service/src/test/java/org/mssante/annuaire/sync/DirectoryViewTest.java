package org.mssante.annuaire.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.Snapshot;
import org.mssante.annuaire.registry.ChangeNote;
import org.mssante.annuaire.registry.MailboxFile;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.Registration;
import org.mssante.annuaire.registry.RegistryDatabase;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.TraceEntry;

final class DirectoryViewTest {
    private static final String ACTIVITIES = "PS_LibreAcces_Personne_activite_202611200312.txt";

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
        registry = new MailboxRegistry(database, entry -> {}, Clock.systemUTC());
        index = DirectoryIndex.open(folder.resolve("index"), 1, Duration.ofMinutes(1));
        // so little memory that the sorter must use the disk
        view = new DirectoryView(
                index,
                registry,
                trace::add,
                new DirectoryView.Configuration(
                        extracts, folder.resolve("scratch"), 65_536, 10_000, List.of("server")));
    }

    @AfterEach
    void close() throws IOException {
        index.close();
        database.close();
    }

    @Test
    void mergesTheLinesOfProfessionalAndHisSkills() throws IOException {
        view.load();

        DirectoryEntry professional = professional("810999010019").orElseThrow();
        assertThat(professional.values(Attribute.SPECIALITY))
                .containsExactly("Médecine générale", "Médecine appliquée aux sports");
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
    void knowsProfessionalsWithoutAnyActivityAsInactive() throws IOException {
        view.load();
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
                new Registration(drTest.mailbox(), true, drTest.description(), drTest.service(), drTest.responsible()),
                new ChangeNote("test", "unlisted here, listed nationally"));
        view.load();

        DirectoryEntry entry = find(EntryKey.of(Branch.MAILBOXES, "dr.test@demo.medecin.mssante.fr"))
                .orElseThrow();
        assertThat(entry.audience()).isEqualTo(Audience.SERVICES);
        assertThat(entry.values(Attribute.SPECIALITY)).contains("Médecine générale");
        assertThat(entry.values(Attribute.ORGANISATION)).containsExactly("CABINET MEDICAL EXEMPLE");
    }

    @Test
    void readsTheExtractsAgainOnlyWhereTheyHaveChanged() throws IOException {
        view.load();
        Optional<String> first = index.source();
        view.load();
        assertThat(index.source()).isEqualTo(first);

        Files.delete(extracts.resolve(ACTIVITIES));
        view.load();
        assertThat(index.source()).isNotEqualTo(first);
        assertThat(professional("810999010019")).isEmpty();
    }

    @Test
    void takesOverMailboxesThatAreNewWhereTheExtractsHaveNotChanged() throws IOException {
        view.load();
        registry.create(demo("noe.dupuits@demo.mssante.fr"), new ChangeNote("test", "new"));
        view.load();

        assertThat(find(EntryKey.of(Branch.MAILBOXES, "noe.dupuits@demo.mssante.fr")))
                .isPresent();
    }

    @Test
    void keepsTheLastGoodStateWhereAnExtractLosesColumn() throws IOException {
        view.load();
        Path activities = extracts.resolve(ACTIVITIES);
        String text = Files.readString(activities, StandardCharsets.UTF_8);
        Files.writeString(activities, text.replaceFirst("Code profession", "Profession"), StandardCharsets.UTF_8);
        view.load();

        assertThat(professional("810999010019")).isPresent();
    }

    private static Registration demo(String address) {
        return MailboxFile.read(AnnuaireFixture.home().resolve("conf/demo/mailboxes.csv")).stream()
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
