package org.mssante.annuaire.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.registry.Change;
import org.mssante.annuaire.registry.FlagMotive;
import org.mssante.annuaire.registry.MailboxProperties;
import org.mssante.annuaire.registry.NoticeKind;
import org.mssante.annuaire.registry.NoticeOutbox;
import org.mssante.annuaire.registry.RegisterFlag;
import org.mssante.annuaire.sync.DirectoryView;
import org.mssante.annuaire.sync.SyncRun;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.TraceEntry;

final class RegisterReviewTest {
    private static final String DUPUITS = "noe.dupuits@demo.mssante.fr";
    private static final String DUPUITS_RPPS = "10999010043";
    private static final String PHARMACY = "pharmacie.dupuits@demo.mssante.fr";
    private static final Duration MONTH = Duration.ofDays(30);
    private static final LifeCyclePolicy WARN = new LifeCyclePolicy(false, MONTH);
    private static final LifeCyclePolicy SUSPEND = new LifeCyclePolicy(true, MONTH);
    private static final MailAddress ADMINISTRATOR = MailAddress.parse("admin@demo.mssante.fr");
    private static final ToldPeople PEOPLE = ToldPeople.with(Optional.of(ADMINISTRATOR));

    @TempDir
    Path folder;

    private ReviewFixture annuaire;

    @BeforeEach
    void open() throws IOException {
        annuaire = new ReviewFixture(folder);
        annuaire.view.open();
        annuaire.review(WARN, PEOPLE).review();
    }

    @AfterEach
    void close() throws IOException {
        annuaire.close();
    }

    @Test
    void flagsNobodyOfARegisterThatHoldsAll() {
        assertThat(annuaire.flags.all()).isEmpty();
        assertThat(new NoticeOutbox(annuaire.database).waiting()).isEmpty();
    }

    @Test
    void flagsTheMailboxesWhoseHolderLeftAndTheStructureThatWentWithHim() throws IOException {
        leave();
        annuaire.review(WARN, PEOPLE).review();

        assertThat(annuaire.flags.all().values())
                .containsExactly(
                        new RegisterFlag(MailAddress.parse(DUPUITS), FlagMotive.HOLDER_LEFT, ReviewFixture.START),
                        new RegisterFlag(MailAddress.parse(PHARMACY), FlagMotive.STRUCTURE_LEFT, ReviewFixture.START));
        assertThat(annuaire.mailbox(DUPUITS).mailbox().state())
                .as("the shipped policy warns only")
                .isEqualTo(MailboxState.ACTIVE);
        assertThat(lastChange(DUPUITS)).satisfies(change -> {
            assertThat(change.note().author()).isEqualTo("policy");
            assertThat(change.what()).isEqualTo("flagged: HOLDER_LEFT");
        });
        assertThat(annuaire.trace)
                .extracting(TraceEntry::event)
                .filteredOn(Event.MAILBOX_FLAGGED::equals)
                .hasSize(2);
    }

    @Test
    void flagsTheMailboxOfAHolderWithoutAnyActivity() throws IOException {
        retire();
        annuaire.review(WARN, PEOPLE).review();

        assertThat(annuaire.flags.find(MailAddress.parse(DUPUITS)))
                .hasValueSatisfying(flag -> assertThat(flag.motive()).isEqualTo(FlagMotive.HOLDER_INACTIVE));
    }

    @Test
    void aStructureThatTheRegisterNeverHeldHasNotLeftIt() throws IOException {
        annuaire.nextEdition();
        annuaire.review(WARN, PEOPLE).review();

        assertThat(annuaire.mailbox("dmp@demo.mssante.fr").mailbox().structure())
                .get()
                .satisfies(structure ->
                        assertThat(annuaire.memory.knownStructures()).doesNotContain(structure));
        assertThat(annuaire.flags.all()).isEmpty();
    }

    @Test
    void aStructureThatIsNamedByAnotherOfItsNumbersLeavesWithItsSite() throws IOException {
        annuaire.change(PHARMACY, "structure", "2999002009");
        annuaire.nextEdition();
        annuaire.review(WARN, PEOPLE).review();
        assertThat(annuaire.flags.all()).isEmpty();

        annuaire.edition(
                ReviewFixture.ACTIVITIES,
                text -> text.replace("99900200900010|999002009|", "99900302300010|999003023|"));
        annuaire.review(WARN, PEOPLE).review();

        assertThat(annuaire.flags.find(MailAddress.parse(PHARMACY)))
                .hasValueSatisfying(flag -> assertThat(flag.motive()).isEqualTo(FlagMotive.STRUCTURE_LEFT));
    }

    @Test
    void anEditionThatWaitsFlagsNobody() throws IOException {
        assertThat(annuaire.edition(ReviewFixture.ACTIVITIES, text -> text.substring(0, text.indexOf('\n') + 1)))
                .isEqualTo(SyncRun.End.HELD);
        annuaire.review(SUSPEND, PEOPLE).review();

        assertThat(annuaire.flags.all()).isEmpty();
    }

    @Test
    void anEditionThatCannotBeReadFlagsNobody() throws IOException {
        assertThat(annuaire.edition(ReviewFixture.ACTIVITIES, text -> "no|extract\n"))
                .isEqualTo(SyncRun.End.FAILED);
        annuaire.review(SUSPEND, PEOPLE).review();

        assertThat(annuaire.flags.all()).isEmpty();
    }

    @Test
    void aRegisterWithoutProfessionalsSaysNothingOfHolders() throws IOException {
        annuaire.edition(ReviewFixture.ACTIVITIES, text -> text.substring(0, text.indexOf('\n') + 1));
        annuaire.view.look("operator test", DirectoryView.Permission.CONFIRMED);
        annuaire.review(SUSPEND, PEOPLE).review();

        assertThat(annuaire.flags.all()).isEmpty();
    }

    @Test
    void takesTheFlagOffWhoComesBackAndKeepsTheDateOfWhoDoesNot() throws IOException {
        leave();
        annuaire.review(WARN, PEOPLE).review();
        annuaire.clock.pass(Duration.ofDays(2));
        annuaire.edition(ReviewFixture.ACTIVITIES, text -> text + inactiveLine());
        annuaire.review(WARN, PEOPLE).review();

        assertThat(annuaire.flags.find(MailAddress.parse(DUPUITS)))
                .contains(
                        new RegisterFlag(MailAddress.parse(DUPUITS), FlagMotive.HOLDER_INACTIVE, ReviewFixture.START));

        annuaire.edition(ReviewFixture.ACTIVITIES, text -> original());
        annuaire.review(WARN, PEOPLE).review();

        assertThat(annuaire.flags.all()).isEmpty();
        assertThat(lastChange(DUPUITS).what()).isEqualTo("not flagged any more");
        assertThat(annuaire.trace)
                .last()
                .satisfies(entry -> assertThat(entry.event()).isEqualTo(Event.MAILBOX_UNFLAGGED));
    }

    @Test
    void suspendsAfterTheDelayWhereThePolicySaysSo() throws IOException {
        leave();
        annuaire.review(SUSPEND, PEOPLE).review();
        annuaire.clock.pass(MONTH.minusSeconds(1));
        annuaire.nextEdition();
        annuaire.review(SUSPEND, PEOPLE).review();
        assertThat(annuaire.mailbox(DUPUITS).mailbox().isActive()).isTrue();

        annuaire.clock.pass(Duration.ofSeconds(1));
        annuaire.review(SUSPEND, PEOPLE).review();
        assertThat(annuaire.mailbox(DUPUITS).mailbox().isActive())
                .as("a register that stands still suspends nobody")
                .isTrue();

        annuaire.nextEdition();
        annuaire.review(SUSPEND, PEOPLE).review();
        assertThat(annuaire.mailbox(DUPUITS).mailbox().state()).isEqualTo(MailboxState.SUSPENDED);
        assertThat(lastChange(DUPUITS)).satisfies(change -> {
            assertThat(change.note().author()).isEqualTo("policy");
            assertThat(change.note().reason()).contains("not in the register since 2026-11-20");
            assertThat(change.what()).isEqualTo("state: ACTIVE -> SUSPENDED");
        });
        assertThat(annuaire.flags.find(MailAddress.parse(DUPUITS))).isPresent();
    }

    @Test
    void neverSuspendsWhereThePolicyOnlyWarns() throws IOException {
        leave();
        annuaire.review(WARN, PEOPLE).review();
        annuaire.clock.pass(Duration.ofDays(400));
        annuaire.nextEdition();
        annuaire.review(WARN, PEOPLE).review();

        assertThat(annuaire.mailbox(DUPUITS).mailbox().isActive()).isTrue();
    }

    @Test
    void anOperatorWhoOpensItAgainStartsTheDelayAnew() throws IOException {
        leave();
        annuaire.review(SUSPEND, PEOPLE).review();
        annuaire.clock.pass(MONTH);
        annuaire.nextEdition();
        annuaire.review(SUSPEND, PEOPLE).review();
        annuaire.change(DUPUITS, "state", "ACTIVE");
        assertThat(annuaire.flags.find(MailAddress.parse(DUPUITS))).isEmpty();

        annuaire.nextEdition();
        annuaire.review(SUSPEND, PEOPLE).review();
        assertThat(annuaire.mailbox(DUPUITS).mailbox().isActive()).isTrue();
        assertThat(annuaire.flags.find(MailAddress.parse(DUPUITS)))
                .hasValueSatisfying(flag -> assertThat(flag.since()).isEqualTo(ReviewFixture.START.plus(MONTH)));
    }

    @Test
    void anotherResponsibleOfAPracticeTakesTheFlagOff() throws IOException {
        MailAddress practice = MailAddress.parse("cabinet.dupuits@demo.mssante.fr");
        annuaire.registry.create(
                MailboxProperties.create(
                        practice, Map.of("type", "CAB", "displayName", "Cabinet", "holder", "10999010043")),
                ReviewFixture.NOTE);
        leave();
        annuaire.review(WARN, PEOPLE).review();
        annuaire.change(practice.toString(), "description", "still his");
        assertThat(annuaire.flags.find(practice)).isPresent();

        annuaire.change(practice.toString(), "holder", "10999010050");
        assertThat(annuaire.flags.find(practice)).isEmpty();
    }

    @Test
    void looksAtNoClosedMailbox() throws IOException {
        annuaire.change(DUPUITS, "state", "CLOSED");
        leave();
        annuaire.review(WARN, PEOPLE).review();

        assertThat(annuaire.flags.all().keySet()).containsExactly(MailAddress.parse(PHARMACY));
    }

    @Test
    void owesOneNoticeToWhoReadsItToWhoManagesItAndToTheAdministrator() throws IOException {
        leave();
        annuaire.review(SUSPEND, PEOPLE).review();
        annuaire.nextEdition();
        annuaire.review(SUSPEND, PEOPLE).review();

        assertThat(told(NoticeKind.FLAGGED))
                .containsExactly(
                        DUPUITS + " to " + DUPUITS,
                        DUPUITS + " to " + ADMINISTRATOR,
                        PHARMACY + " to " + PHARMACY,
                        PHARMACY + " to " + DUPUITS,
                        PHARMACY + " to " + ADMINISTRATOR);

        annuaire.clock.pass(MONTH);
        annuaire.nextEdition();
        annuaire.review(SUSPEND, PEOPLE).review();
        assertThat(told(NoticeKind.SUSPENDED))
                .as("a mailbox that takes no mail is told nothing")
                .containsExactly(
                        DUPUITS + " to " + ADMINISTRATOR,
                        PHARMACY + " to " + DUPUITS,
                        PHARMACY + " to " + ADMINISTRATOR);
    }

    private List<String> told(NoticeKind kind) {
        return new NoticeOutbox(annuaire.database)
                .waiting().stream()
                        .filter(notice -> notice.kind() == kind)
                        .map(notice -> notice.address() + " to " + notice.recipient())
                        .toList();
    }

    private Change lastChange(String address) {
        List<Change> history = annuaire.registry.history(MailAddress.parse(address));
        return history.get(history.size() - 1);
    }

    /** The pharmacist goes, and his staff works elsewhere. */
    private void leave() throws IOException {
        assertThat(annuaire.edition(
                        ReviewFixture.ACTIVITIES,
                        text -> without(DUPUITS_RPPS, text).replace("99900200900010", "99900302300010")))
                .isEqualTo(SyncRun.End.APPLIED);
    }

    private static String without(String word, String text) {
        return text.lines().filter(line -> !line.contains(word)).collect(Collectors.joining("\n", "", "\n"));
    }

    private void retire() throws IOException {
        assertThat(annuaire.edition(ReviewFixture.ACTIVITIES, text -> without(DUPUITS_RPPS, text) + inactiveLine()))
                .isEqualTo(SyncRun.End.APPLIED);
    }

    private static String original() {
        return ReviewFixture.delivered(ReviewFixture.ACTIVITIES);
    }

    /** His first line without anything of an activity. */
    private static String inactiveLine() {
        String line = original()
                .lines()
                .filter(text -> text.contains(DUPUITS_RPPS))
                .findFirst()
                .orElseThrow();
        String[] columns = line.split("\\|", -1);
        for (int i = 17; i < columns.length; i++) {
            columns[i] = "";
        }
        return String.join("|", columns) + "\n";
    }
}
