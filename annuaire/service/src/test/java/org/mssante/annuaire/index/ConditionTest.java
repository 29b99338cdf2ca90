package org.mssante.annuaire.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditions as clients ask them, and the index against a walk over all entries. */
final class ConditionTest {
    private static final List<Attribute> ATTRIBUTES = List.of(
            Attribute.COMMON_NAME,
            Attribute.FAMILY_NAME,
            Attribute.TOWN,
            Attribute.PROFESSION,
            Attribute.MAIL,
            Attribute.STATE,
            Attribute.TITLE,
            Attribute.PHONE,
            Attribute.OBJECT_CLASS);
    private static final List<String> NAMES = List.of(
            "Hélène",
            "helene",
            "D'EXEMPLE",
            "Jean-Luc",
            "Œuvrard",
            "Noël",
            "a",
            "Ab",
            "ABC abc",
            "Maël",
            "*?\\",
            "x  y",
            "04 90-12");

    @TempDir
    static Path folder;

    private static final List<DirectoryEntry> ENTRIES = new ArrayList<>();
    private static DirectoryIndex index;

    @BeforeAll
    static void fill() throws IOException {
        Random random = new Random(20_261_120);
        for (int i = 0; i < 120; i++) {
            ENTRIES.add(entry("e" + i + "@demo.mssante.fr", random));
        }
        index = DirectoryIndex.open(folder, 1, Duration.ofMinutes(1), Clock.systemUTC());
        index.put(put -> {
            for (DirectoryEntry entry : ENTRIES) {
                put.put(entry);
            }
        });
    }

    @AfterAll
    static void close() throws IOException {
        index.close();
    }

    @Test
    void comparesNamesWithoutAccentsAndCase() {
        assertThat(truth(new Condition.Equal(Attribute.FAMILY_NAME, "HELENE"), Attribute.FAMILY_NAME, "Hélène"))
                .isEqualTo(Truth.TRUE);
        assertThat(truth(new Condition.Equal(Attribute.FAMILY_NAME, "oeuvrard"), Attribute.FAMILY_NAME, "ŒUVRARD"))
                .isEqualTo(Truth.TRUE);
        assertThat(truth(new Condition.Equal(Attribute.TOWN, "saint  exemple"), Attribute.TOWN, "Saint Exemple"))
                .isEqualTo(Truth.TRUE);
        assertThat(truth(new Condition.Equal(Attribute.FAMILY_NAME, "hele"), Attribute.FAMILY_NAME, "Hélène"))
                .isEqualTo(Truth.FALSE);
    }

    @Test
    void findsPartsInTheirOrderWithoutOverlap() {
        Condition parts =
                new Condition.Substring(Attribute.FAMILY_NAME, Optional.of("ab"), List.of("b"), Optional.of("ba"));

        assertThat(truth(parts, Attribute.FAMILY_NAME, "abba")).isEqualTo(Truth.FALSE);
        assertThat(truth(parts, Attribute.FAMILY_NAME, "abbba")).isEqualTo(Truth.TRUE);
        assertThat(truth(parts, Attribute.FAMILY_NAME, "xabbba")).isEqualTo(Truth.FALSE);
    }

    @Test
    void takesABlankAtTheEdgeOfAPartForOneInTheValueOrForTheEdgeOfTheValue() {
        assertThat(truth(any("martin "), Attribute.COMMON_NAME, "Dr Martin")).isEqualTo(Truth.TRUE);
        assertThat(truth(any(" luc"), Attribute.COMMON_NAME, "Jean  Luc")).isEqualTo(Truth.TRUE);
        assertThat(truth(any(" luc"), Attribute.COMMON_NAME, "Jean-Luc")).isEqualTo(Truth.FALSE);
        assertThat(truth(any(" "), Attribute.COMMON_NAME, "Luc")).isEqualTo(Truth.TRUE);
        assertThat(truth(
                        new Condition.Substring(
                                Attribute.COMMON_NAME, Optional.of("jean "), List.of(), Optional.of(" luc")),
                        Attribute.COMMON_NAME,
                        "Jean Luc"))
                .isEqualTo(Truth.TRUE);
        assertThat(truth(
                        new Condition.Substring(Attribute.COMMON_NAME, Optional.of("je "), List.of(), Optional.empty()),
                        Attribute.COMMON_NAME,
                        "Jean Luc"))
                .isEqualTo(Truth.FALSE);
    }

    @Test
    void comparesNumbersOfTelephonesWithoutBlanksAndHyphens() {
        for (String number : List.of(
                "+33 4 90 12 34 56",
                "+33490123456",
                "04 90 12 34 56",
                "0490-123456",
                "0033 4 90 12 34 56",
                "0033490123456",
                "+33 (0)4 90 12 34 56",
                "+33(0)490123456",
                "0033 (0) 4 90 12 34 56",
                "+33 04 90 12 34 56")) {
            assertThat(truth(new Condition.Equal(Attribute.PHONE, "+33 490 12 34 56"), Attribute.PHONE, number))
                    .isEqualTo(Truth.TRUE);
            assertThat(truth(new Condition.Equal(Attribute.PHONE, "0490123456"), Attribute.PHONE, number))
                    .isEqualTo(Truth.TRUE);
            assertThat(truth(
                            new Condition.Substring(
                                    Attribute.PHONE, Optional.of("+33 4 90"), List.of(), Optional.of("56")),
                            Attribute.PHONE,
                            number))
                    .isEqualTo(Truth.TRUE);
        }
        assertThat(truth(new Condition.Equal(Attribute.PHONE, "0262123456"), Attribute.PHONE, "+262 262 12 34 56"))
                .isEqualTo(Truth.TRUE);
        for (String number : List.of("+32 490 12 34 56", "0032490123456", "0330490123456", "33490123456")) {
            assertThat(truth(new Condition.Equal(Attribute.PHONE, "0490123456"), Attribute.PHONE, number))
                    .isEqualTo(Truth.FALSE);
        }
        assertThat(truth(new Condition.Equal(Attribute.PHONE, "0033 (0)490123456"), Attribute.PHONE, "0490123456"))
                .isEqualTo(Truth.TRUE);
        assertThat(truth(
                        new Condition.Substring(
                                Attribute.PHONE, Optional.of("+33 (0)4 90"), List.of(), Optional.empty()),
                        Attribute.PHONE,
                        "0490123456"))
                .isEqualTo(Truth.TRUE);
        assertThat(truth(new Condition.Equal(Attribute.PHONE, "0490123456"), Attribute.PHONE, "04 90-12 34 56"))
                .isEqualTo(Truth.TRUE);
        assertThat(truth(
                        new Condition.Substring(Attribute.PHONE, Optional.of("04-90 "), List.of(), Optional.empty()),
                        Attribute.PHONE,
                        "0490123456"))
                .isEqualTo(Truth.TRUE);
    }

    @Test
    void twoZerosWithinANumberOfATelephoneAreDigitsOfIt() {
        assertThat(truth(ending("0033"), Attribute.PHONE, "01 45 67 00 33")).isEqualTo(Truth.TRUE);
        assertThat(truth(ending("0033"), Attribute.PHONE, "01 45 67 89 10")).isEqualTo(Truth.FALSE);
        assertThat(truth(contains(Attribute.PHONE, "00 59 4"), Attribute.PHONE, "0145005940"))
                .isEqualTo(Truth.TRUE);
        assertThat(truth(contains(Attribute.PHONE, "00 59 4"), Attribute.PHONE, "0145678910"))
                .isEqualTo(Truth.FALSE);
        for (String whole : List.of("0033 1 45 67 89 10", "+33 (0)1 45 67 89 10", "+33 1 45")) {
            assertThat(truth(contains(Attribute.PHONE, whole), Attribute.PHONE, "0145678910"))
                    .isEqualTo(Truth.TRUE);
        }
    }

    private static Condition ending(String number) {
        return new Condition.Substring(Attribute.PHONE, Optional.empty(), List.of(), Optional.of(number));
    }

    @Test
    void ordersByCharactersNotByHalvesOfThem() {
        assertThat(truth(new Condition.AtLeast(Attribute.TOWN, "\uFF5E"), Attribute.TOWN, "\uD842\uDFB7"))
                .isEqualTo(Truth.TRUE);
        assertThat(truth(new Condition.AtMost(Attribute.TOWN, "\uFF5E"), Attribute.TOWN, "\uD842\uDFB7"))
                .isEqualTo(Truth.FALSE);
    }

    @Test
    void findsWordsInWhateverOrder() {
        Condition words = new Condition.Approximate(Attribute.COMMON_NAME, "Luc JEAN");

        assertThat(truth(words, Attribute.COMMON_NAME, "Dr Jean-Luc Exemple")).isEqualTo(Truth.TRUE);
        assertThat(truth(words, Attribute.COMMON_NAME, "Dr Jean-Lucas Exemple")).isEqualTo(Truth.FALSE);
        assertThat(truth(new Condition.Approximate(Attribute.COMMON_NAME, "--"), Attribute.COMMON_NAME, "x"))
                .isEqualTo(Truth.FALSE);
    }

    @Test
    void isNeitherTrueNorFalseOfWhatTheReaderMayNotSee() {
        DirectoryEntry entry = DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, "x"), Audience.PROFESSIONALS)
                .with(Attribute.STATE, "ACTIVE")
                .build();
        ReadableEntry seen = new ReadableEntry(entry, Audience.PROFESSIONALS);
        Condition active = new Condition.Equal(Attribute.STATE, "ACTIVE");

        assertThat(active.test(seen)).isEqualTo(Truth.UNDEFINED);
        assertThat(new Condition.Not(active).test(seen)).isEqualTo(Truth.UNDEFINED);
        assertThat(new Condition.Present(Attribute.STATE).test(seen)).isEqualTo(Truth.UNDEFINED);
        assertThat(active.test(new ReadableEntry(entry, Audience.SERVICES))).isEqualTo(Truth.TRUE);
    }

    @Test
    void joinsUndefinedAsTheProtocolSays() {
        Condition yes = new Condition.All(List.of());
        Condition no = new Condition.Any(List.of());
        Condition unknown = new Condition.Unknown();

        assertThat(truth(new Condition.All(List.of(unknown, no)))).isEqualTo(Truth.FALSE);
        assertThat(truth(new Condition.All(List.of(unknown, yes)))).isEqualTo(Truth.UNDEFINED);
        assertThat(truth(new Condition.Any(List.of(unknown, yes)))).isEqualTo(Truth.TRUE);
        assertThat(truth(new Condition.Any(List.of(unknown, no)))).isEqualTo(Truth.UNDEFINED);
    }

    @Test
    void findsByTheIndexWhatWalkOverAllEntriesFinds() throws IOException {
        Random random = new Random(7);
        try (Snapshot snapshot = index.snapshot()) {
            for (int i = 0; i < 2_500; i++) {
                Condition condition = condition(random, 3);
                Audience reader = random.nextBoolean() ? Audience.SERVICES : Audience.PROFESSIONALS;
                Answer answer = snapshot.search(
                        new Question(EntryKey.base(), Scope.SUBTREE, condition, reader),
                        0,
                        1_000,
                        Instant.MAX,
                        Clock.systemUTC());

                assertThat(keys(answer.entries()))
                        .as("%s for %s", condition, reader)
                        .isEqualTo(keys(ENTRIES.stream()
                                .filter(entry -> reader.mayRead(entry.audience()))
                                .filter(entry -> condition.test(new ReadableEntry(entry, reader)) == Truth.TRUE)
                                .toList()));
            }
        }
    }

    @Test
    void asManyLongNamesAsAFilterMayHaveAreAskedFor() throws IOException {
        List<Condition> names = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            names.add(any("abcdefghijklmnopqrstuvwxyz".repeat(40).substring(i, i + 600)));
        }

        assertThat(search(new Condition.Any(names), Instant.MAX).end()).isEqualTo(Answer.End.COMPLETE);
    }

    @Test
    void aValueOfManyPartsIsLookedForByTheLongest() throws IOException {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            parts.add("part" + i);
        }
        Condition condition = new Condition.Substring(Attribute.STREET, Optional.empty(), parts, Optional.empty());

        assertThat(search(condition, Instant.MAX).end()).isEqualTo(Answer.End.COMPLETE);
    }

    @Test
    void whoWouldWalkThroughTheValuesTooOftenHasNoTime() throws IOException {
        Condition walk = any("a");

        assertThat(search(new Condition.Any(Collections.nCopies(32, walk)), Instant.MAX)
                        .end())
                .isEqualTo(Answer.End.COMPLETE);
        assertThat(search(new Condition.Any(Collections.nCopies(33, walk)), Instant.MAX)
                        .end())
                .isEqualTo(Answer.End.TIME);
    }

    @Test
    void aWalkThroughTheValuesEndsWhenTheTimeIsUp() throws IOException {
        Answer answer = search(
                new Condition.Substring(Attribute.UID, Optional.empty(), List.of("nobody has this"), Optional.empty()),
                Instant.MIN);

        assertThat(answer.end()).isEqualTo(Answer.End.TIME);
        assertThat(answer.entries()).isEmpty();
    }

    @Test
    void aLongValueIsNotTheOneItBeginsWith(@TempDir Path other) throws IOException {
        String start = "a".repeat(Terms.MAX_LENGTH);
        try (DirectoryIndex one = DirectoryIndex.open(other, 1, Duration.ofMinutes(1), Clock.systemUTC())) {
            one.put(put ->
                    put.put(DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, "a@b.mssante.fr"), Audience.PROFESSIONALS)
                            .with(Attribute.OBJECT_CLASS, "top")
                            .with(Attribute.DESCRIPTION, start + "b")
                            .build()));
            try (Snapshot snapshot = one.snapshot()) {
                Condition not = new Condition.Not(new Condition.Equal(Attribute.DESCRIPTION, start));
                assertThat(search(snapshot, not, Instant.MAX).entries()).hasSize(1);
            }
        }
    }

    @Test
    void whatStandsFarBehindInAValueIsFound(@TempDir Path other) throws IOException {
        String filling = "\u4e2d" + "\ud840\udc00".repeat(Terms.MAX_LENGTH / 2);
        try (DirectoryIndex one = DirectoryIndex.open(other, 1, Duration.ofMinutes(1), Clock.systemUTC())) {
            one.put(put ->
                    put.put(DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, "a@b.mssante.fr"), Audience.PROFESSIONALS)
                            .with(Attribute.DESCRIPTION, filling + " urgences de nuit")
                            .with(Attribute.STREET, filling + " boulevard du docteur Laënnec")
                            .build()));
            try (Snapshot snapshot = one.snapshot()) {
                for (Condition condition : List.of(
                        contains(Attribute.DESCRIPTION, "urgences"),
                        new Condition.Substring(
                                Attribute.DESCRIPTION, Optional.of(filling), List.of(), Optional.of("nuit")),
                        new Condition.Approximate(Attribute.DESCRIPTION, "nuit de urgences"),
                        contains(Attribute.STREET, "laennec"),
                        contains(Attribute.STREET, filling),
                        new Condition.Approximate(Attribute.STREET, "laennec"),
                        new Condition.Equal(Attribute.STREET, filling + " boulevard du docteur laennec"),
                        new Condition.AtLeast(Attribute.STREET, filling + " boulevard du docteur l"),
                        new Condition.AtMost(Attribute.STREET, filling + " boulevard du docteur z"),
                        new Condition.Not(contains(Attribute.STREET, "pasteur")),
                        new Condition.Not(new Condition.Equal(Attribute.STREET, filling)))) {
                    assertThat(search(snapshot, condition, Instant.MAX).entries())
                            .as(condition.toString())
                            .hasSize(1);
                }
                assertThat(search(snapshot, contains(Attribute.STREET, "pasteur"), Instant.MAX)
                                .entries())
                        .isEmpty();
            }
        }
    }

    @Test
    void anAttributeIsNotTakenForOneThatIsAkinToIt(@TempDir Path other) throws IOException {
        Map<Attribute, Attribute> akin =
                Map.of(Attribute.COMMON_NAME, Attribute.DISPLAY_NAME, Attribute.UID, Attribute.STRUCTURE_NUMBER);
        try (DirectoryIndex one = DirectoryIndex.open(other, 1, Duration.ofMinutes(1), Clock.systemUTC())) {
            one.put(put -> {
                DirectoryEntry.Builder entry =
                        DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, "a@b.mssante.fr"), Audience.PROFESSIONALS);
                akin.forEach((first, second) -> entry.with(first, "first").with(second, "second"));
                put.put(entry.build());
            });
            try (Snapshot snapshot = one.snapshot()) {
                for (Map.Entry<Attribute, Attribute> pair : akin.entrySet()) {
                    Condition anothers = new Condition.Equal(pair.getKey(), "second");
                    assertThat(search(snapshot, anothers, Instant.MAX).entries())
                            .isEmpty();
                    assertThat(search(snapshot, new Condition.Not(anothers), Instant.MAX)
                                    .entries())
                            .hasSize(1);
                    Condition own = new Condition.Equal(pair.getValue(), "second");
                    assertThat(search(snapshot, own, Instant.MAX).entries()).hasSize(1);
                    assertThat(search(snapshot, new Condition.Not(own), Instant.MAX)
                                    .entries())
                            .isEmpty();
                }
            }
        }
    }

    private static Condition contains(Attribute attribute, String part) {
        return new Condition.Substring(attribute, Optional.empty(), List.of(part), Optional.empty());
    }

    private static Answer search(Condition condition, Instant deadline) throws IOException {
        try (Snapshot snapshot = index.snapshot()) {
            return search(snapshot, condition, deadline);
        }
    }

    private static Answer search(Snapshot snapshot, Condition condition, Instant deadline) throws IOException {
        return snapshot.search(
                new Question(EntryKey.base(), Scope.SUBTREE, condition, Audience.SERVICES),
                0,
                1_000,
                deadline,
                Clock.systemUTC());
    }

    private static Set<EntryKey> keys(List<DirectoryEntry> entries) {
        return entries.stream().map(DirectoryEntry::key).collect(Collectors.toSet());
    }

    private static DirectoryEntry entry(String address, Random random) {
        Audience audience = random.nextInt(4) == 0 ? Audience.SERVICES : Audience.PROFESSIONALS;
        DirectoryEntry.Builder entry = DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, address), audience)
                .with(Attribute.OBJECT_CLASS, "top")
                .with(Attribute.MAIL, address);
        for (Attribute attribute : ATTRIBUTES.subList(0, 8)) {
            for (int i = random.nextInt(3); i > 0 && attribute != Attribute.MAIL; i--) {
                entry.with(attribute, name(random) + (random.nextBoolean() ? "" : " " + name(random)));
            }
        }
        return entry.build();
    }

    private static Condition condition(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 7 : 10);
        Attribute attribute = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
        return switch (kind) {
            case 0 -> new Condition.Equal(attribute, name(random));
            case 1 -> new Condition.Present(attribute);
            case 2 -> new Condition.AtLeast(attribute, name(random));
            case 3 -> new Condition.AtMost(attribute, name(random));
            case 4 -> new Condition.Approximate(attribute, name(random));
            case 5 -> random.nextInt(5) == 0 ? new Condition.Unknown() : new Condition.Equal(attribute, name(random));
            case 6 ->
                new Condition.Substring(
                        attribute,
                        random.nextBoolean() ? Optional.of(part(random)) : Optional.empty(),
                        random.nextBoolean() ? List.of(part(random)) : List.of(),
                        random.nextBoolean() ? Optional.of(part(random)) : Optional.empty());
            case 7 -> new Condition.Not(condition(random, depth - 1));
            case 8 -> new Condition.All(conditions(random, depth - 1));
            default -> new Condition.Any(conditions(random, depth - 1));
        };
    }

    private static List<Condition> conditions(Random random, int depth) {
        List<Condition> conditions = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            conditions.add(condition(random, depth));
        }
        return conditions;
    }

    private static String name(Random random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private static String part(Random random) {
        String name = name(random);
        int start = random.nextInt(name.length());
        return name.substring(start, start + 1 + random.nextInt(name.length() - start));
    }

    private static Condition any(String part) {
        return new Condition.Substring(Attribute.COMMON_NAME, Optional.empty(), List.of(part), Optional.empty());
    }

    private static Truth truth(Condition condition) {
        return truth(condition, Attribute.FAMILY_NAME, "x");
    }

    private static Truth truth(Condition condition, Attribute attribute, String value) {
        return condition.test(new ReadableEntry(
                DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, "x"), Audience.PROFESSIONALS)
                        .with(attribute, value)
                        .build(),
                Audience.PROFESSIONALS));
    }
}
