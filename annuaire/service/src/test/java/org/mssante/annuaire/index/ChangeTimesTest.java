package org.mssante.annuaire.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.mssante.annuaire.index.StructureEntries.structure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.id.StructureId;
import org.mssante.core.time.SettableClock;

/** Two professionals and two structures; the first of each has a mailbox. The edition of noon is the first, a later one comes at one. */
final class ChangeTimesTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant ONE = NOON.plus(Duration.ofHours(1));
    private static final StructureId FINESS = StructureId.finess("990000119");
    private static final StructureId ITS_SIRET = StructureId.siret("99900900700015");
    private static final StructureId SIRET = StructureId.siret("99900100100018");

    private static final DirectoryEntry ANNE = professional("10999010019", "Anne");
    private static final DirectoryEntry NOE = professional("10999010043", "Noé");
    private static final DirectoryEntry HOSPITAL = structure(FINESS, ITS_SIRET);
    private static final DirectoryEntry PRACTICE = structure(SIRET);
    private static final DirectoryEntry ANNES = personal("anne@test.mssante.fr", "10999010019");
    private static final DirectoryEntry OF_THE_HOSPITAL = organisational("ch@test.mssante.fr", ITS_SIRET);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(NOON.minus(Duration.ofHours(3)));
    private DirectoryIndex index;

    @BeforeEach
    void open() throws IOException {
        index = DirectoryIndex.open(folder, 1, Duration.ofMinutes(1), clock);
        index.update(
                "first",
                update -> {
                    offer(update, ANNES, OF_THE_HOSPITAL, ANNE, NOE, HOSPITAL, PRACTICE);
                    clock.pass(Duration.ofHours(3));
                },
                last -> {});
        clock.pass(Duration.ofHours(1));
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Test
    void allThatIsTakenOverAtFirstChangedWhenItWasSeenAndNotWhenItWasRead() throws IOException {
        assertThat(changed(ANNE)).isEqualTo(NOON);
        assertThat(changed(ANNES)).isEqualTo(NOON);
        assertThat(time()).isEqualTo(NOON);
        assertThat(found(NOON, NOON)).hasSize(6);
    }

    @Test
    void whatAnEditionChangesOrBringsChangedThenAndAllElseBefore() throws IOException {
        DirectoryEntry paul = professional("10999010050", "Paul");
        next(ANNES, OF_THE_HOSPITAL, ANNE, professional("10999010043", "Noa"), paul, HOSPITAL, PRACTICE);

        assertThat(changed(NOE)).isEqualTo(ONE);
        assertThat(changed(paul)).isEqualTo(ONE);
        assertThat(changed(ANNE)).isEqualTo(NOON);
        assertThat(found(ONE, Instant.MAX)).containsExactlyInAnyOrder(NOE.key(), paul.key());
        assertThat(found(Instant.MIN, NOON)).hasSize(5).doesNotContain(NOE.key(), paul.key());
        assertThat(found(Instant.MIN, Instant.MAX)).hasSize(7);
        assertThat(found(NOON.plusMillis(1), ONE.minusMillis(1))).isEmpty();
    }

    @Test
    void whoGetsAMailboxOrLosesItHasChanged() throws IOException {
        next(personal("ailleurs@test.mssante.fr", "10999010043"), OF_THE_HOSPITAL, ANNE, NOE, HOSPITAL, PRACTICE);

        assertThat(changed(ANNE)).as("lost hers").isEqualTo(ONE);
        assertThat(changed(NOE)).as("got one").isEqualTo(ONE);
        assertThat(changed(HOSPITAL)).isEqualTo(NOON);
    }

    @Test
    void aMailboxThatPassesFromOneToAnotherHasChangedForBoth() throws IOException {
        next(personal("anne@test.mssante.fr", "10999010043"), OF_THE_HOSPITAL, ANNE, NOE, HOSPITAL, PRACTICE);

        assertThat(changed(ANNE)).isEqualTo(ONE);
        assertThat(changed(NOE)).isEqualTo(ONE);
    }

    @Test
    void aStructureChangesWithTheMailboxUnderAnyOfItsNumbers() throws IOException {
        next(ANNES, organisational("ch@test.mssante.fr", SIRET), ANNE, NOE, HOSPITAL, PRACTICE);

        assertThat(changed(HOSPITAL)).isEqualTo(ONE);
        assertThat(changed(PRACTICE)).isEqualTo(ONE);
        assertThat(changed(ANNE)).isEqualTo(NOON);
    }

    @Test
    void whatIsPutByItselfChangesAtOnceAndItsHolderWithIt() throws IOException {
        index.put(update -> update.put(personal("noe@test.mssante.fr", "10999010043")));

        assertThat(changed(NOE)).isEqualTo(ONE);
        assertThat(changed(ANNE)).isEqualTo(NOON);
        assertThat(time()).isEqualTo(ONE);

        clock.pass(Duration.ofHours(1));
        index.put(update -> update.put(personal("noe@test.mssante.fr", "10999010043")));
        assertThat(changed(NOE)).as("the same once more").isEqualTo(ONE);
    }

    @Test
    void aTimeIsNeverBeforeOneThatWasSeen() throws IOException {
        clock.pass(Duration.ofHours(-5));
        index.put(update -> update.put(professional("10999010043", "Noa")));

        assertThat(changed(NOE)).isEqualTo(NOON);
    }

    @Test
    void timesOutliveTheProcess() throws IOException {
        index.put(update -> update.put(professional("10999010043", "Noa")));
        index.close();
        index = DirectoryIndex.open(folder, 1, Duration.ofMinutes(1), clock);

        assertThat(changed(NOE)).isEqualTo(ONE);
        assertThat(changed(ANNE)).isEqualTo(NOON);
    }

    @Test
    void whatIsPutWhileAnEditionIsReadChangedThenAndWhatTheEditionBringsWhenItIsTakenOver() throws IOException {
        index.update(
                "next",
                update -> {
                    index.put(meanwhile -> meanwhile.put(personal("noe@test.mssante.fr", "10999010043")));
                    clock.pass(Duration.ofHours(1));
                    offer(update, ANNES, OF_THE_HOSPITAL, professional("10999010019", "Anna"), NOE, HOSPITAL, PRACTICE);
                },
                last -> last.put(personal("noe@test.mssante.fr", "10999010043")));

        assertThat(changed(NOE)).isEqualTo(ONE);
        assertThat(changed(ANNE)).isEqualTo(ONE.plus(Duration.ofHours(1)));
        assertThat(found(ONE, Instant.MAX)).hasSize(3);
    }

    @Test
    void anEditionThatFailsWhileItIsTakenOverChangesNoTime() {
        assertThatIOException()
                .isThrownBy(() -> index.update(
                        "next",
                        update -> {
                            offer(update, OF_THE_HOSPITAL, ANNE, professional("10999010043", "Noa"), HOSPITAL);
                            update.forEachLeft(update::remove);
                        },
                        last -> {
                            last.put(personal("noe@test.mssante.fr", "10999010043"));
                            throw new IOException("broken off");
                        }));

        assertThat(List.of(ANNE, NOE, PRACTICE, ANNES))
                .allSatisfy(entry -> assertThat(changed(entry)).isEqualTo(NOON));
    }

    @Test
    void aStructureThatTheRegisterDoesNotHaveChangesWithEachOfItsMailboxes() throws IOException {
        StructureId corsican = StructureId.finess("2A0000014");
        DirectoryEntry one = organisational("un@test.mssante.fr", corsican);
        index.put(update -> offer(update, one, organisational("deux@test.mssante.fr", corsican)));
        clock.pass(Duration.ofHours(1));
        next(one, ANNES, OF_THE_HOSPITAL, ANNE, NOE, HOSPITAL, PRACTICE);

        assertThat(changed(one)).as("tells of a structure that lost the other").isEqualTo(clock.instant());
        assertThat(changed(ANNES)).isEqualTo(NOON);
        assertThat(changed(OF_THE_HOSPITAL)).isEqualTo(NOON);
    }

    @Test
    void whoseStructureLeavesTheRegisterTellsOfItFromThenOn() throws IOException {
        next(ANNES, OF_THE_HOSPITAL, ANNE, NOE, PRACTICE);

        assertThat(changed(OF_THE_HOSPITAL)).isEqualTo(ONE);
        assertThat(changed(PRACTICE)).isEqualTo(NOON);
    }

    @Test
    void aSiteChangesWhereAnotherOneGetsItsNumberOrLosesIt() throws IOException {
        DirectoryEntry other = structure(StructureId.finess("990000010"));
        next(ANNES, OF_THE_HOSPITAL, ANNE, NOE, HOSPITAL, PRACTICE, other);
        assertThat(changed(HOSPITAL)).isEqualTo(NOON);

        next(
                ANNES,
                OF_THE_HOSPITAL,
                ANNE,
                NOE,
                HOSPITAL,
                PRACTICE,
                structure(StructureId.finess("990000010"), ITS_SIRET));
        assertThat(changed(HOSPITAL)).isEqualTo(ONE);

        clock.pass(Duration.ofHours(1));
        next(ANNES, OF_THE_HOSPITAL, ANNE, NOE, HOSPITAL, PRACTICE);
        assertThat(changed(HOSPITAL)).isEqualTo(ONE.plus(Duration.ofHours(1)));
        assertThat(changed(PRACTICE)).isEqualTo(NOON);
    }

    @Test
    void whatHasGoneAndComesBackIsNew() throws IOException {
        next(OF_THE_HOSPITAL, ANNE, HOSPITAL, PRACTICE);
        clock.pass(Duration.ofHours(1));
        next(OF_THE_HOSPITAL, ANNE, NOE, HOSPITAL, PRACTICE);

        assertThat(changed(NOE)).isEqualTo(ONE.plus(Duration.ofHours(1)));
        assertThat(changed(ANNE)).as("lost a mailbox at one").isEqualTo(ONE);
    }

    @Test
    void anEntryThatIsLookedUpByItsKeyIsFoundInItsTimeAlone() throws IOException {
        Condition anne = new Condition.Equal(Attribute.PERSON_ID, "10999010019");

        assertThat(found(anne, new TimeRange(NOON, NOON))).containsExactly(ANNE.key());
        assertThat(found(anne, new TimeRange(ONE, Instant.MAX))).isEmpty();
    }

    private void next(DirectoryEntry... entries) throws IOException {
        index.update(
                "next",
                update -> {
                    offer(update, entries);
                    update.forEachLeft(update::remove);
                },
                last -> {});
    }

    private static void offer(DirectoryUpdate update, DirectoryEntry... entries) throws IOException {
        for (DirectoryEntry entry : entries) {
            update.put(entry);
        }
    }

    private Instant changed(DirectoryEntry entry) throws IOException {
        try (Snapshot snapshot = index.snapshot()) {
            return snapshot.changed(entry.key()).orElseThrow();
        }
    }

    private Instant time() throws IOException {
        try (Snapshot snapshot = index.snapshot()) {
            return snapshot.time();
        }
    }

    private List<EntryKey> found(Instant from, Instant to) throws IOException {
        try (Snapshot snapshot = index.snapshot()) {
            return found(
                    snapshot,
                    new Question(
                            EntryKey.base(),
                            Scope.SUBTREE,
                            new Condition.All(List.of()),
                            Audience.SERVICES,
                            Optional.of(new TimeRange(from, to))));
        }
    }

    private List<EntryKey> found(Condition condition, TimeRange range) throws IOException {
        try (Snapshot snapshot = index.snapshot()) {
            return found(
                    snapshot,
                    new Question(
                            EntryKey.of(Branch.PROFESSIONALS),
                            Scope.ONE_LEVEL,
                            condition,
                            Audience.SERVICES,
                            Optional.of(range)));
        }
    }

    private static List<EntryKey> found(Snapshot snapshot, Question question) throws IOException {
        return snapshot.search(question, 0, 100, Instant.MAX, Clock.systemUTC()).entries().stream()
                .map(DirectoryEntry::key)
                .toList();
    }

    private static DirectoryEntry professional(String rpps, String name) {
        return DirectoryEntry.at(EntryKey.of(Branch.PROFESSIONALS, "8" + rpps), Audience.PROFESSIONALS)
                .with(Attribute.PERSON_ID, rpps)
                .with(Attribute.GIVEN_NAME, name)
                .build();
    }

    private static DirectoryEntry personal(String address, String rpps) {
        return DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, address), Audience.PROFESSIONALS)
                .with(Attribute.MAIL, address)
                .with(Attribute.PERSON_ID, rpps)
                .build();
    }

    private static DirectoryEntry organisational(String address, StructureId id) {
        return DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, address), Audience.PROFESSIONALS)
                .with(Attribute.MAIL, address)
                .with(Attribute.STRUCTURE_ID, id.number())
                .with(Attribute.STRUCTURE_ID_TYPE, id.kind().name())
                .build();
    }
}
