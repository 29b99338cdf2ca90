package org.mssante.annuaire.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.annuaire.registry.PersonalFixture.NOTE;
import static org.mssante.annuaire.registry.PersonalFixture.WARRANT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.registry.AppPassword;
import org.mssante.annuaire.registry.Delegations;
import org.mssante.annuaire.registry.PersonalFixture;
import org.mssante.annuaire.registry.RegisterFlags;
import org.mssante.annuaire.registry.RegisterMemory;
import org.mssante.annuaire.registry.RegistryDatabase;
import org.mssante.annuaire.registry.Secrets;
import org.mssante.annuaire.registry.Warrant;
import org.mssante.annuaire.sync.DirectoryView;
import org.mssante.annuaire.sync.HoldRules;
import org.mssante.annuaire.sync.KnownProfessionals;
import org.mssante.annuaire.sync.SyncHistory;
import org.mssante.annuaire.sync.TakeOvers;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;

final class CredentialOfficeTest {
    private static final MailAddress PERSON = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final MailAddress OPERATOR = MailAddress.parse("dr.martin@demo.medecin.mssante.fr");
    private static final String CLIENT = "Téléphone";
    /** Whoever does not wait for a lock has done it by then. */
    private static final Duration LOCKED = Duration.ofMillis(500);

    @TempDir
    Path folder;

    private final Clock clock = Clock.systemUTC();
    private RegistryDatabase database;
    private DirectoryIndex index;
    private TakeOvers takeOvers;
    private PersonalFixture people;
    private MailboxOffice mailboxes;
    private CredentialOffice office;

    @BeforeEach
    void open() throws IOException {
        database = RegistryDatabase.open(folder.resolve("data"), 3);
        people = new PersonalFixture(database, folder, clock);
        people.registry().create(PersonalFixture.person(PERSON, MailboxState.ACTIVE), NOTE);
        people.registry().create(PersonalFixture.person(OPERATOR, MailboxState.ACTIVE), NOTE);
        people.apps().create(PERSON, CLIENT, WARRANT);
        index = DirectoryIndex.open(folder.resolve("index"), 1, Duration.ofMinutes(1), Clock.systemUTC());
        takeOvers = new TakeOvers(
                new DirectoryView(
                        index,
                        people.registry(),
                        new RegisterMemory(database),
                        any -> {},
                        new DirectoryView.Configuration(
                                Files.createDirectory(folder.resolve("extracts")),
                                false,
                                folder.resolve("scratch"),
                                65_536,
                                10_000,
                                new HoldRules(1, 5, 25, 30, 5, 1),
                                List.of("server")),
                        new SyncHistory(folder.resolve("runs.jsonl")),
                        clock),
                Duration.ofMinutes(1));
        mailboxes = new MailboxOffice(
                new MailboxOffice.Records(
                        people.registry(),
                        new RegisterFlags(database, people.registry(), any -> {}, clock),
                        delegations(() -> {}),
                        people.passwords(),
                        new Secrets(folder, new SecureRandom()),
                        new KnownProfessionals(index)),
                new Rules(Set.of(), false),
                takeOvers,
                Duration.ofMinutes(1));
        office = new CredentialOffice(mailboxes, people.apps(), people.factors());
    }

    @AfterEach
    void close() throws IOException {
        takeOvers.close();
        index.close();
        database.close();
    }

    @Test
    void nobodyUsesARoleWhileItIsTakenFromHim() throws Exception {
        delegations(() -> {}).give(Optional.empty(), any -> NOTE, OPERATOR, Optional.empty());
        CompletableFuture<Answer<List<AppPassword>>> deed = new CompletableFuture<>();

        delegations(() -> {
                    deed.completeAsync(this::removed);
                    waitABit(deed);
                })
                .take(Optional.empty(), any -> NOTE, OPERATOR, Optional.empty());

        assertThat(deed.get(1, TimeUnit.MINUTES))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.outcome()).isEqualTo(Outcome.MAILBOX_UNKNOWN));
        assertThat(people.apps().list(PERSON)).extracting(AppPassword::name).containsExactly(CLIENT);
    }

    @Test
    void whoHasTheRoleUsesIt() {
        delegations(() -> {}).give(Optional.empty(), any -> NOTE, OPERATOR, Optional.empty());

        assertThat(removed()).isEqualTo(new Answer.Done<>(List.of()));
        assertThat(people.registry().history(PERSON).get(2).note().author()).isEqualTo("operator " + OPERATOR);
    }

    @Test
    void nobodyUsesALogInThatIsWithdrawnBeforeTheTransactionOfTheDeed() {
        delegations(() -> {}).give(Optional.empty(), any -> NOTE, OPERATOR, Optional.empty());
        Author author = new Author.Person(OPERATOR, credentialsVersion(), false);
        Warrant warrant =
                mailboxes.warrant(new Order(author, PERSON, "perdu", Optional.empty()), Deed.WITHDRAW_APP_PASSWORD);

        people.passwords().set(OPERATOR, "un-autre-mot-de-passe", WARRANT);

        assertThat(Answer.of(() -> {
                    people.apps().remove(PERSON, CLIENT, warrant);
                    return CLIENT;
                }))
                .as("what was let in before the transaction")
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.outcome()).isEqualTo(Outcome.AUTHENTICATION_FAILED));
        assertThat(people.apps().list(PERSON)).extracting(AppPassword::name).containsExactly(CLIENT);
    }

    private Answer<List<AppPassword>> removed() {
        return office.removeAppPassword(
                new Order(new Author.Person(OPERATOR, credentialsVersion(), false), PERSON, "perdu", Optional.empty()),
                CLIENT);
    }

    private long credentialsVersion() {
        return people.registry().find(OPERATOR).orElseThrow().mailbox().credentialsVersion();
    }

    /** @param before the end of the transaction that gives or takes something */
    private Delegations delegations(Runnable before) {
        return new Delegations(database, any -> before.run(), clock);
    }

    /** What waits for the transaction that this one is part of does not end. */
    private static void waitABit(CompletableFuture<?> deed) {
        var unused = deed.handle((answer, why) -> answer)
                .completeOnTimeout(null, LOCKED.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
