package org.mssante.annuaire.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.registry.ChangeNote;
import org.mssante.annuaire.registry.MailboxFile;
import org.mssante.annuaire.registry.MailboxProperties;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.PersonalFixture;
import org.mssante.annuaire.registry.RegisterFlags;
import org.mssante.annuaire.registry.RegisterMemory;
import org.mssante.annuaire.registry.Registration;
import org.mssante.annuaire.registry.RegistryDatabase;
import org.mssante.annuaire.sync.DirectoryView;
import org.mssante.annuaire.sync.HoldRules;
import org.mssante.annuaire.sync.SyncHistory;
import org.mssante.annuaire.sync.SyncRun;
import org.mssante.core.id.MailAddress;
import org.mssante.core.time.SettableClock;
import org.mssante.core.trace.TraceEntry;

/** The demonstration's mailboxes beside its register, in a folder of their own; time stands still until it is moved. */
final class ReviewFixture implements AutoCloseable {
    static final String ACTIVITIES = "PS_LibreAcces_Personne_activite_202611200312.txt";
    static final String MAILBOXES = "Extraction_Correspondance_MSSante_202611200312.txt";
    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    static final ChangeNote NOTE = new ChangeNote("operator test", "because the test says so");

    final List<TraceEntry> trace = new ArrayList<>();
    final RegistryDatabase database;
    final MailboxRegistry registry;
    final RegisterMemory memory;
    final RegisterFlags flags;
    final RegisterReview.Records records;
    final DirectoryIndex index;
    final DirectoryView view;
    final SettableClock clock = new SettableClock(START);

    private final Path extracts;
    private int edits;

    ReviewFixture(Path folder) throws IOException {
        extracts = Files.createDirectory(folder.resolve("extracts"));
        try (Stream<Path> files = Files.list(AnnuaireFixture.home().resolve("conf/demo/extracts"))) {
            for (Path file : files.toList()) {
                Files.copy(file, extracts.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        database = RegistryDatabase.open(folder.resolve("data"), 2);
        registry = new MailboxRegistry(database, PersonalFixture.ADMISSION, trace::add, clock);
        memory = new RegisterMemory(database);
        flags = new RegisterFlags(database, registry, trace::add, clock);
        records = new RegisterReview.Records(registry, flags, memory);
        index = DirectoryIndex.open(folder.resolve("index"), 1, Duration.ofMinutes(1), Clock.systemUTC());
        view = new DirectoryView(
                index,
                registry,
                memory,
                trace::add,
                new DirectoryView.Configuration(
                        extracts,
                        false,
                        folder.resolve("scratch"),
                        65_536,
                        10_000,
                        new HoldRules(1, 5, 25, 30, 5, 1),
                        List.of("server")),
                new SyncHistory(folder.resolve("runs.jsonl")),
                clock);
        for (Registration registration :
                MailboxFile.read(AnnuaireFixture.home().resolve("conf/demo/mailboxes.csv"), any -> {})) {
            registry.create(registration, NOTE);
        }
    }

    RegisterReview review(LifeCyclePolicy policy, ToldPeople people) {
        return new RegisterReview(view, index, records, policy, people, clock);
    }

    /** A new edition is looked at; what it became. */
    SyncRun.End edition(String file, UnaryOperator<String> edit) throws IOException {
        write(file, edit);
        return view.look(DirectoryView.SCHEDULE, DirectoryView.Permission.RULES).end();
    }

    /** One more line, before anybody looks. */
    void add(String file, String line) throws IOException {
        write(file, text -> text + line);
    }

    /** Lines with a word in them, before anybody looks. */
    void leaveOut(String file, String word) throws IOException {
        write(
                file,
                text -> text.lines().filter(line -> !line.contains(word)).collect(Collectors.joining("\n", "", "\n")));
    }

    private void write(String file, UnaryOperator<String> edit) throws IOException {
        Path path = extracts.resolve(file);
        Files.writeString(path, edit.apply(Files.readString(path, StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        // of the same size in the same tick of the file system's clock it would be the same edition
        edits++;
        Files.setLastModifiedTime(path, FileTime.from(START.plusSeconds(edits)));
    }

    /** The same register published anew. */
    SyncRun.End nextEdition() throws IOException {
        return edition(ACTIVITIES, text -> text);
    }

    /** An extract as the demonstration has it. */
    static String delivered(String file) {
        try {
            return Files.readString(
                    AnnuaireFixture.home().resolve("conf/demo/extracts").resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Registration mailbox(String address) {
        return registry.find(MailAddress.parse(address)).orElseThrow();
    }

    void change(String address, String property, String value) {
        registry.change(
                MailAddress.parse(address),
                present -> MailboxProperties.change(present, Map.of(property, value)),
                NOTE);
    }

    @Override
    public void close() throws IOException {
        index.close();
        database.close();
    }
}
