package org.mssante.annuaire.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryIndexTest {
    private static final Condition EVERYTHING = new Condition.All(List.of());

    @TempDir
    Path folder;

    private DirectoryIndex index;

    @BeforeEach
    void open() throws IOException {
        index = DirectoryIndex.open(folder, 1, Duration.ofMinutes(1), Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Test
    void isEmptyAndOfNoSourceAtFirst() throws IOException {
        assertThat(index.source()).isEmpty();
        assertThat(size()).isZero();
    }

    @Test
    void showsNothingOfAnUpdateBeforeItIsComplete() throws IOException {
        offer("one", "a", "b");
        update("two", update -> {
            offered(update, entry("c"));
            removeLeft(update);
            assertThat(names(EntryKey.base(), Scope.SUBTREE)).containsExactly("a", "b");
        });

        assertThat(names(EntryKey.base(), Scope.SUBTREE)).containsExactly("c");
        assertThat(index.source()).contains("two");
    }

    @Test
    void whatIsPutWhileAnUpdateIsWrittenIsSeenAtOnceAndNothingOfTheUpdate() throws IOException {
        offer("one", "a", "b", "own");
        index.update(
                "two",
                update -> {
                    offered(update, entry("b"));
                    offered(update, entry("c"));
                    update.remove(entry("a"));
                    index.put(put -> put.put(entry("own", "changed")));
                    index.put(put -> put.put(entry("new", "put")));
                    assertThat(names(EntryKey.base(), Scope.SUBTREE)).containsExactlyInAnyOrder("a", "b", "own", "new");
                    assertThat(town("own")).containsExactly("changed");
                    assertThat(index.source()).contains("one");
                },
                last -> {});

        assertThat(names(EntryKey.base(), Scope.SUBTREE)).containsExactlyInAnyOrder("b", "c", "own", "new");
        assertThat(town("own")).as("what the update does not write").containsExactly("changed");
        assertThat(index.source()).contains("two");
    }

    @Test
    void whatIsWrittenLastStandsOverWhatWasPutAndOverTheUpdate() throws IOException {
        offer("one", "a");
        index.update(
                "two",
                update -> {
                    offered(update, entry("both"));
                    index.put(put -> put.put(entry("both", "put")));
                    index.put(put -> put.put(entry("late", "put")));
                },
                last -> {
                    last.put(entry("both", "last"));
                    last.put(entry("late", "last"));
                });

        assertThat(names(EntryKey.base(), Scope.SUBTREE)).containsExactlyInAnyOrder("a", "both", "late");
        assertThat(town("both")).containsExactly("last");
        assertThat(town("late")).containsExactly("last");
    }

    @Test
    void aFailureInTheLastStepLeavesWhatWasPutMeanwhile() throws IOException {
        offer("one", "a");

        assertThatThrownBy(() -> index.update(
                        "two",
                        update -> {
                            offered(update, entry("c"));
                            index.put(put -> put.put(entry("own", "put")));
                        },
                        last -> {
                            throw new IOException("full");
                        }))
                .hasMessage("full");

        assertThat(names(EntryKey.base(), Scope.SUBTREE)).containsExactlyInAnyOrder("a", "own");
        assertThat(index.source()).contains("one");
        assertThat(folder.resolve("stage")).doesNotExist();
    }

    @Test
    void keepsTheOldStateWhereAnUpdateFails() throws IOException {
        offer("one", "a", "b");

        assertThatThrownBy(() -> update("two", update -> {
                    offered(update, entry("c"));
                    throw new IOException("truncated");
                }))
                .hasMessage("truncated");
        assertThat(names(EntryKey.base(), Scope.SUBTREE)).containsExactly("a", "b");
        assertThat(index.source()).contains("one");

        offer("three", "d");
        assertThat(names(EntryKey.base(), Scope.SUBTREE)).containsExactly("d");
    }

    @Test
    void servesTheLastCompleteStateAfterStart() throws IOException {
        offer("one", "a", "b");
        index.close();
        open();

        assertThat(names(EntryKey.base(), Scope.SUBTREE)).containsExactly("a", "b");
        assertThat(index.source()).contains("one");
    }

    @Test
    void replacesSingleEntriesAndKeepsItsSource() throws IOException {
        offer("one", "a", "b");
        index.put(put -> put.put(DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, "A"), Audience.PROFESSIONALS)
                .with(Attribute.MAIL, "a")
                .with(Attribute.TOWN, "x")
                .build()));

        try (Snapshot snapshot = index.snapshot()) {
            assertThat(snapshot.find(EntryKey.of(Branch.MAILBOXES, "a"))
                            .orElseThrow()
                            .values(Attribute.TOWN))
                    .containsExactly("x");
            assertThat(snapshot.size()).isEqualTo(2);
        }
        assertThat(index.source()).contains("one");
    }

    @Test
    void takesRecordsThatAreNotThoseOfTheEntryButSayTheSameForTheSame() throws IOException {
        offer("one", "a");
        byte[] record = PackedEntry.pack(entry("a"));
        EntryRecords twice = new EntryRecords(List.of(record, record));
        update(
                "two",
                update -> assertThat(update.offer(twice, twice::entry)).isEqualTo(DirectoryUpdate.Difference.SAME));

        DirectoryEntry other = DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, "a"), Audience.PROFESSIONALS)
                .with(Attribute.TOWN, "x")
                .build();
        EntryRecords more = new EntryRecords(List.of(record, PackedEntry.pack(other)));
        update(
                "three",
                update -> assertThat(update.offer(more, more::entry)).isEqualTo(DirectoryUpdate.Difference.CHANGED));
        update(
                "four",
                update -> assertThat(update.offer(more, () -> {
                            throw new AssertionError("made, though nothing has changed");
                        }))
                        .isEqualTo(DirectoryUpdate.Difference.SAME));
    }

    @Test
    void takesTheSameRecordsInAnotherOrderForTheSame() throws IOException {
        byte[] one = PackedEntry.pack(inTown("x"));
        byte[] other = PackedEntry.pack(inTown("y"));
        EntryRecords records = new EntryRecords(List.of(one, other));
        EntryRecords turned = new EntryRecords(List.of(other, one));
        EntryRecords fewer = new EntryRecords(List.of(other));

        update("one", update -> update.offer(records, records::entry));
        update(
                "two",
                update -> assertThat(update.offer(turned, turned::entry)).isEqualTo(DirectoryUpdate.Difference.SAME));
        update(
                "three",
                update -> assertThat(update.offer(fewer, fewer::entry)).isEqualTo(DirectoryUpdate.Difference.CHANGED));
    }

    private static DirectoryEntry inTown(String town) {
        return DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, "a"), Audience.PROFESSIONALS)
                .with(Attribute.TOWN, town)
                .build();
    }

    @Test
    void tellsOfPackedRecordsWhereTheyStandAndWhatTheyHave() throws IOException {
        EntryRecords records = new EntryRecords(List.of(PackedEntry.pack(entry("a"))));

        assertThat(records.isOf(Branch.MAILBOXES)).isTrue();
        assertThat(records.isOf(Branch.PROFESSIONALS)).isFalse();
        assertThat(records.have(Attribute.MAIL)).isTrue();
        assertThat(records.have(Attribute.RESPONSIBLE)).isFalse();
        assertThat(records.entry()).isEqualTo(entry("a"));
    }

    @Test
    void tellsWhatAnEntryIsBesideTheOneThatStands() throws IOException {
        offer("one", "a", "b", "c");
        index.put(put -> put.put(entry("aa")));
        DirectoryEntry moved = DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, "b"), Audience.PROFESSIONALS)
                .with(Attribute.MAIL, "b")
                .with(Attribute.TOWN, "x")
                .build();
        List<DirectoryUpdate.Difference> differences = new ArrayList<>();
        List<String> left = new ArrayList<>();
        update("two", update -> {
            differences.add(offered(update, entry("a")));
            differences.add(offered(update, entry("aa")));
            differences.add(offered(update, moved));
            differences.add(offered(update, entry("d")));
            update.forEachLeft(entry -> left.add(entry.values(Attribute.MAIL).get(0)));
        });

        assertThat(differences)
                .containsExactly(
                        DirectoryUpdate.Difference.SAME,
                        DirectoryUpdate.Difference.SAME,
                        DirectoryUpdate.Difference.CHANGED,
                        DirectoryUpdate.Difference.NEW);
        assertThat(left).containsExactly("c");
        assertThat(names(EntryKey.base(), Scope.SUBTREE)).containsExactlyInAnyOrder("a", "aa", "b", "c", "d");
        update("three", update -> assertThat(offered(update, moved)).isEqualTo(DirectoryUpdate.Difference.SAME));
    }

    @Test
    void refusesEntriesOfferedInAnotherOrderThanThatOfTheirKeys() {
        assertThatThrownBy(() -> update("one", update -> {
                    offered(update, entry("b"));
                    offered(update, entry("a"));
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRehearsalChangesNothing() throws IOException {
        offer("one", "a");
        index.rehearse(update -> {
            offered(update, entry("b"));
            removeLeft(update);
        });

        assertThat(names(EntryKey.base(), Scope.SUBTREE)).containsExactly("a");
        offer("two", "a", "c");
        assertThat(names(EntryKey.base(), Scope.SUBTREE)).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void holdsSnapshotStillWhileTheDirectoryChanges() throws IOException {
        offer("one", "a", "b");
        long version;
        try (Snapshot before = index.snapshot()) {
            version = before.version();
            offer("two", "c");
            assertThat(before.find(EntryKey.of(Branch.MAILBOXES, "a"))).isPresent();
        }

        try (Snapshot again = index.snapshot(version).orElseThrow()) {
            assertThat(again.find(EntryKey.of(Branch.MAILBOXES, "a"))).isPresent();
        }
        assertThat(index.snapshot(version + 1_000)).isEmpty();
    }

    @Test
    void looksAtWhatTheScopeSays() throws IOException {
        update("one", update -> {
            offered(
                    update,
                    DirectoryEntry.at(EntryKey.base(), Audience.PROFESSIONALS)
                            .with(Attribute.MAIL, "base")
                            .build());
            offered(
                    update,
                    DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES), Audience.PROFESSIONALS)
                            .with(Attribute.MAIL, "branch")
                            .build());
            offered(update, entry("a"));
        });
        EntryKey branch = EntryKey.of(Branch.MAILBOXES);

        assertThat(names(EntryKey.base(), Scope.BASE)).containsExactly("base");
        assertThat(names(EntryKey.base(), Scope.ONE_LEVEL)).containsExactly("branch");
        assertThat(names(EntryKey.base(), Scope.SUBTREE)).containsExactly("base", "branch", "a");
        assertThat(names(EntryKey.base(), Scope.SUBORDINATES)).containsExactly("branch", "a");
        assertThat(names(branch, Scope.BASE)).containsExactly("branch");
        assertThat(names(branch, Scope.ONE_LEVEL)).containsExactly("a");
        assertThat(names(branch, Scope.SUBTREE)).containsExactly("branch", "a");
        assertThat(names(branch, Scope.SUBORDINATES)).containsExactly("a");
        assertThat(names(EntryKey.of(Branch.MAILBOXES, "a"), Scope.SUBTREE)).containsExactly("a");
        assertThat(names(EntryKey.of(Branch.MAILBOXES, "a"), Scope.ONE_LEVEL)).isEmpty();
        assertThat(names(EntryKey.of(Branch.MAILBOXES, "a"), Scope.SUBORDINATES))
                .isEmpty();
    }

    @Test
    void goesOnWhereThePageBeforeEnded() throws IOException {
        offer("one", "a", "b", "c");
        try (Snapshot snapshot = index.snapshot()) {
            Answer first = search(snapshot, 0, 2);
            Answer second = search(snapshot, first.next(), 2);

            assertThat(first.end()).isEqualTo(Answer.End.LIMIT);
            assertThat(first.entries()).hasSize(2);
            assertThat(second.end()).isEqualTo(Answer.End.COMPLETE);
            assertThat(second.entries())
                    .extracting(DirectoryEntry::key)
                    .containsExactly(EntryKey.of(Branch.MAILBOXES, "c"));
            assertThat(search(snapshot, 0, 3).end())
                    .as("exactly as many as wanted")
                    .isEqualTo(Answer.End.COMPLETE);
        }
    }

    @Test
    void stopsWhenTheTimeIsUp() throws IOException {
        offer("one", "a", "b", "c");
        Instant now = Instant.parse("2026-11-20T12:00:00Z");
        try (Snapshot snapshot = index.snapshot()) {
            Answer answer = snapshot.search(
                    new Question(EntryKey.base(), Scope.SUBTREE, EVERYTHING, Audience.SERVICES),
                    0,
                    10,
                    now.minusSeconds(1),
                    Clock.fixed(now, ZoneOffset.UTC));

            assertThat(answer.end()).isEqualTo(Answer.End.TIME);
        }
    }

    private static Answer search(Snapshot snapshot, int from, int limit) throws IOException {
        return snapshot.search(
                new Question(EntryKey.base(), Scope.SUBTREE, EVERYTHING, Audience.SERVICES),
                from,
                limit,
                Instant.MAX,
                Clock.systemUTC());
    }

    private List<String> names(EntryKey base, Scope scope) throws IOException {
        try (Snapshot snapshot = index.snapshot()) {
            return snapshot
                    .search(
                            new Question(base, scope, EVERYTHING, Audience.SERVICES),
                            0,
                            100,
                            Instant.MAX,
                            Clock.systemUTC())
                    .entries()
                    .stream()
                    .map(entry -> entry.values(Attribute.MAIL).get(0))
                    .toList();
        }
    }

    private int size() throws IOException {
        try (Snapshot snapshot = index.snapshot()) {
            return snapshot.size();
        }
    }

    private void update(String source, DirectoryIndex.Content content) throws IOException {
        index.update(source, content, last -> {});
    }

    private void offer(String source, String... names) throws IOException {
        update(source, update -> {
            for (String name : names) {
                offered(update, entry(name));
            }
            removeLeft(update);
        });
    }

    private static void removeLeft(DirectoryUpdate update) throws IOException {
        update.forEachLeft(update::remove);
    }

    private static DirectoryEntry entry(String name) {
        return DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, name), Audience.PROFESSIONALS)
                .with(Attribute.MAIL, name)
                .build();
    }

    private static DirectoryEntry entry(String name, String town) {
        return DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, name), Audience.PROFESSIONALS)
                .with(Attribute.MAIL, name)
                .with(Attribute.TOWN, town)
                .build();
    }

    private List<String> town(String name) throws IOException {
        try (Snapshot snapshot = index.snapshot()) {
            return snapshot.find(EntryKey.of(Branch.MAILBOXES, name))
                    .orElseThrow()
                    .values(Attribute.TOWN);
        }
    }

    private static DirectoryUpdate.Difference offered(DirectoryUpdate update, DirectoryEntry entry) throws IOException {
        return update.offer(new EntryRecords(List.of(PackedEntry.pack(entry))), () -> entry);
    }
}
