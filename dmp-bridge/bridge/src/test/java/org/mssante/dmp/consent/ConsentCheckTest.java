package org.mssante.dmp.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.annuaire.api.ListedDirectory;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.Professional;
import org.mssante.core.id.Ins;
import org.mssante.core.id.Oid;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.metadata.Author;
import org.mssante.dmp.xds.metadata.Xcn;
import org.mssante.dmp.xds.metadata.Xon;
import org.mssante.dmp.xds.td02.DmpState;
import org.mssante.dmp.xds.td02.ExistenceClient;

class ConsentCheckTest {
    private static final Ins PATIENT = new Ins("258029999900145", Ins.NIR_TEST);
    private static final String RPPS = "99999999911";
    private static final List<Author> AUTHORS = List.of(author("8" + RPPS));
    private static final AuthorCheck OFF = AuthorCheck.saying(AuthorStanding.UNCHECKED);
    private static final StructureCheck UNASKED = StructureCheck.saying(StructureStanding.UNCHECKED);
    private static final StructureId HOSPITAL = StructureId.finess("990000010");

    @ParameterizedTest
    @CsvSource({
        "ACTIVE, NONE, FILE, R52",
        "ACTIVE, INO, FILE, R50",
        "ACTIVE, NA, FILE, R51",
        "ACTIVE, IO, PATIENT_OPPOSED, R10",
        "ABSENT, INO, DMP_ABSENT, R30",
        "CLOSED, NONE, DMP_CLOSED, R31",
        "OPPOSED, INO, PATIENT_OPPOSED, R32",
        "BLOCKED, INO, AUTHOR_BLOCKED, R33",
        "DOWN, NONE, DMP_UNAVAILABLE, R40",
        "DOWN, IO, PATIENT_OPPOSED, R10",
        "ACTIVE, UNAVAILABLE, DMP_UNAVAILABLE, R20"
    })
    void decidesByTheStateOfTheDmpAndTheOpposition(String dmp, LocalOpposition local, String expected, String rule) {
        ConsentDecision decision = decide(dmp, local, Set.of(), OFF, question());

        assertThat(decision.rule()).isEqualTo(rule);
        assertThat(decision.inputs()).contains("local=" + local, "register=test", "table=5");
        assertThat(verdict(decision)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'', FILE, R52",
        "MASQUE_PS, FILE, R52",
        "INVISIBLE_PATIENT, FILE, R52",
        "INVISIBLE_REPRESENTANTS_LEGAUX, FILE, R52",
        "MASQUE_PS INVISIBLE_REPRESENTANTS_LEGAUX, FILE, R52",
        "MASQUE_PS INVISIBLE_PATIENT, MASKS_CONTRADICTORY, R05",
        "INVISIBLE_REPRESENTANTS_LEGAUX INVISIBLE_PATIENT, MASKS_CONTRADICTORY, R06",
        "MASQUE_PS INVISIBLE_REPRESENTANTS_LEGAUX INVISIBLE_PATIENT, MASKS_CONTRADICTORY, R07"
    })
    void refusesMasksThatDoNotGoTogether(String masks, String expected, String rule) {
        List<String> codes = masks.isEmpty() ? List.of() : List.of(masks.split(" "));
        ConsentDecision decision = decide(
                "ACTIVE", LocalOpposition.NONE, Set.of(), OFF, new FilingQuestion(PATIENT, AUTHORS, codes, true));

        assertThat(decision.rule()).isEqualTo(rule);
        assertThat(verdict(decision)).isEqualTo(expected);
    }

    @Test
    void refusesAKindOfDocumentWithoutAClass() {
        ConsentDecision decision = decide(
                "ACTIVE", LocalOpposition.NONE, Set.of(), OFF, new FilingQuestion(PATIENT, AUTHORS, List.of(), false));

        assertThat(verdict(decision)).isEqualTo("DOCUMENT_KIND_NOT_ACCEPTED");
    }

    @Test
    void refusesAnAuthorWhomThePatientHasBlocked() {
        assertThat(verdict(decide("ACTIVE", LocalOpposition.INO, Set.of("8" + RPPS), OFF, question())))
                .isEqualTo("AUTHOR_BLOCKED");
        assertThat(verdict(decide("ACTIVE", LocalOpposition.INO, Set.of("899999999929"), OFF, question())))
                .isEqualTo("FILE");
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSE, active, FILE, ACTIVE",
        "REFUSE, inactive, AUTHOR_NOT_ALLOWED, UNLISTED",
        "REFUSE, absent, AUTHOR_NOT_ALLOWED, UNLISTED",
        "REFUSE, down, DIRECTORY_UNAVAILABLE, UNAVAILABLE",
        "NOTE, active, FILE, ACTIVE",
        "NOTE, absent, FILE, NOTED",
        "NOTE, down, FILE, UNCHECKED",
        "OFF, absent, FILE, UNCHECKED"
    })
    void asksTheAnnuaireForTheAuthor(Strictness strictness, String known, String expected, AuthorStanding standing) {
        ListedDirectory directory = new ListedDirectory();
        switch (known) {
            case "active" -> directory.with(professional(true));
            case "inactive" -> directory.with(professional(false));
            case "down" -> directory.fail("down");
            default -> assertThat(known).isEqualTo("absent");
        }
        ConsentDecision decision = decide(
                "ACTIVE",
                LocalOpposition.NONE,
                Set.of(),
                new AuthorCheck(directory::professional, new AuthorCheck.Rules(strictness, Strictness.OFF)),
                question());

        assertThat(verdict(decision)).isEqualTo(expected);
        assertThat(decision.inputs()).contains("author=" + standing);
    }

    /** Nobody can be asked for: a rule of its own says whether that is enough, however strict the annuaire is asked. */
    @ParameterizedTest
    @CsvSource({
        "OFF, FILE, R52, UNCHECKED",
        "NOTE, FILE, R52, NOTED_WITHOUT_RPPS",
        "REFUSE, AUTHOR_NOT_ALLOWED, R13, WITHOUT_RPPS"
    })
    void anAuthorWithoutRppsNumberIsWhatTheSettingSays(
            Strictness numbered, String expected, String rule, AuthorStanding standing) {
        for (String id : List.of("3750000001/internal", "0751234567")) {
            ConsentDecision decision = decide(
                    "ACTIVE",
                    LocalOpposition.NONE,
                    Set.of(),
                    new AuthorCheck(
                            new ListedDirectory()::professional, new AuthorCheck.Rules(Strictness.REFUSE, numbered)),
                    new FilingQuestion(PATIENT, List.of(author(id)), List.of(), true));

            assertThat(verdict(decision)).isEqualTo(expected);
            assertThat(decision.rule()).isEqualTo(rule);
            assertThat(decision.inputs()).contains("author=" + standing);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSE, known, FILE, R52, KNOWN",
        "REFUSE, absent, STRUCTURE_NOT_KNOWN, R14, UNLISTED",
        "REFUSE, down, DIRECTORY_UNAVAILABLE, R22, UNAVAILABLE",
        "NOTE, known, FILE, R52, KNOWN",
        "NOTE, absent, FILE, R52, NOTED",
        "NOTE, down, FILE, R52, UNCHECKED",
        "OFF, absent, FILE, R52, UNCHECKED"
    })
    void asksTheAnnuaireForTheStructuresOfTheAuthors(
            Strictness strictness, String known, String expected, String rule, StructureStanding standing) {
        ListedDirectory directory = new ListedDirectory();
        switch (known) {
            case "known" -> directory.withStructure(HOSPITAL, "CH");
            case "down" -> directory.fail("down");
            default -> assertThat(known).isEqualTo("absent");
        }
        List<Author> authors = List.of(at("318751275100020"), at(HOSPITAL.nationalId()));
        ConsentDecision decision = decide(new StructureCheck(directory, strictness), authors);

        assertThat(verdict(decision)).isEqualTo(expected);
        assertThat(decision.rule()).isEqualTo(rule);
        assertThat(decision.inputs()).contains("structure=" + standing);
    }

    /** Without a number that a register gives there is nothing to ask for: it is no way around the question. */
    @ParameterizedTest
    @CsvSource({
        "OFF, FILE, R52, UNCHECKED",
        "NOTE, FILE, R52, NOTED_WITHOUT_STRUCTURE",
        "REFUSE, STRUCTURE_NOT_KNOWN, R15, WITHOUT_STRUCTURE"
    })
    void authorsWithoutANationalIdentifierOfAStructureAreWhatTheSettingSays(
            Strictness strictness, String expected, String rule, StructureStanding standing) {
        Author otherRegister = new Author(
                Optional.empty(), List.of(Xon.structure("CH", HOSPITAL.nationalId(), "1.2.3")), List.of(), List.of());

        for (List<Author> authors : List.of(AUTHORS, List.of(otherRegister), List.of(at("912345")))) {
            ConsentDecision decision = decide(new StructureCheck(new ListedDirectory(), strictness), authors);

            assertThat(verdict(decision)).isEqualTo(expected);
            assertThat(decision.rule()).isEqualTo(rule);
            assertThat(decision.inputs()).contains("structure=" + standing);
        }
    }

    /** Each question may take as long as the annuaire may: one that it has no answer to is the last. */
    @ParameterizedTest
    @CsvSource({"REFUSE, UNAVAILABLE", "NOTE, UNCHECKED"})
    void asksNoMoreOnceTheAnnuaireDoesNotAnswer(Strictness strictness, String standing) {
        List<Object> asked = new ArrayList<>();
        StructureCheck structures = new StructureCheck(structure -> down(asked, structure), strictness);

        assertThat(decide(structures, structures(3)).inputs()).contains("structure=" + standing);
        assertThat(asked).hasSize(1);

        asked.clear();
        assertThat(decide(professionals(strictness, number -> down(asked, number)), rpps(3)))
                .contains("author=" + standing);
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"REFUSE, UNLISTED", "NOTE, NOTED"})
    void asksForEachNumberOnceAndForTwentyAtMost(Strictness strictness, String standing) {
        List<Object> asked = new ArrayList<>();
        StructureCheck structures = new StructureCheck(structure -> absent(asked, structure), strictness);

        assertThat(decide(structures, twice(structures(30))).inputs()).contains("structure=" + standing);
        assertThat(asked).hasSize(20).doesNotHaveDuplicates();

        asked.clear();
        assertThat(decide(professionals(strictness, number -> absent(asked, number)), twice(rpps(30))))
                .contains("author=" + standing);
        assertThat(asked).hasSize(20).doesNotHaveDuplicates();
    }

    private static <T> Lookup<T> down(List<Object> asked, Object number) {
        asked.add(number);
        return new Lookup.Unavailable<>("down");
    }

    private static <T> Lookup<T> absent(List<Object> asked, Object number) {
        asked.add(number);
        return new Lookup.Absent<>();
    }

    private static AuthorCheck professionals(Strictness strictness, Function<Rpps, Lookup<Professional>> annuaire) {
        return new AuthorCheck(annuaire, new AuthorCheck.Rules(strictness, Strictness.OFF));
    }

    private static String decide(AuthorCheck authors, List<Author> of) {
        return decide(
                        "ACTIVE",
                        LocalOpposition.NONE,
                        Set.of(),
                        authors,
                        new FilingQuestion(PATIENT, of, List.of(), true))
                .inputs();
    }

    private static List<Author> structures(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> at(StructureId.finess("9900000" + (10 + i)).nationalId()))
                .toList();
    }

    private static List<Author> rpps(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> author("8999999999" + (10 + i)))
                .toList();
    }

    /** Each author beside himself. */
    private static List<Author> twice(List<Author> authors) {
        return authors.stream().flatMap(author -> Stream.of(author, author)).toList();
    }

    private static ConsentDecision decide(StructureCheck structures, List<Author> authors) {
        return new ConsentCheck(
                        existence("ACTIVE"),
                        patient -> new LocalRights(LocalOpposition.NONE, Set.of(), "test"),
                        new ConsentCheck.Authority(OFF, structures))
                .decide(new FilingQuestion(PATIENT, authors, List.of(), true));
    }

    private static Author at(String structure) {
        return new Author(
                Optional.empty(), List.of(Xon.structure("CH", structure, "1.2.250.1.71.4.2.2")), List.of(), List.of());
    }

    @Test
    void aRefusedQuestionSaysNothingAboutThePatient() {
        ConsentDecision decision = new ConsentCheck(
                        patient -> new Answer.Refused<>("DMPInvalidCertificate", ""),
                        patient -> new LocalRights(LocalOpposition.INO, Set.of(), "test"),
                        new ConsentCheck.Authority(OFF, UNASKED))
                .decide(question());

        assertThat(verdict(decision)).isEqualTo("DMP_UNAVAILABLE");
    }

    @Test
    void readsTheRegisterAgainWhenItChanged(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("oppositions.csv");
        Files.writeString(file, "# register\nFIN\n");
        OppositionFile register = new OppositionFile(file);
        assertThat(register.of(PATIENT).opposition()).isEqualTo(LocalOpposition.NONE);

        Files.writeString(file, "258029999900145;1.2.250.1.213.1.4.10;IO\nFIN\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));

        assertThat(register.of(PATIENT).opposition()).isEqualTo(LocalOpposition.IO);
    }

    @Test
    void aRegisterThatIsMissingOrMalformedIsUnavailable(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("oppositions.csv");
        assertThat(new OppositionFile(file).of(PATIENT).opposition()).isEqualTo(LocalOpposition.UNAVAILABLE);

        Files.writeString(file, "258029999900145;1.2.250.1.213.1.4.10;oui\nFIN\n");
        assertThat(new OppositionFile(file).of(PATIENT).opposition()).isEqualTo(LocalOpposition.UNAVAILABLE);
    }

    @Test
    void aRegisterThatSaysTwoThingsOfOnePatientIsUnavailable(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("oppositions.csv");
        Files.writeString(
                file, "258029999900145;1.2.250.1.213.1.4.10;IO\n258029999900145;1.2.250.1.213.1.4.10;INO\nFIN\n");

        assertThat(new OppositionFile(file).of(PATIENT).opposition()).isEqualTo(LocalOpposition.UNAVAILABLE);
    }

    /** Every authority of the INS numbers the same persons: what one of them said holds whichever a document names. */
    @Test
    void anOppositionAndABlockHoldUnderEveryAuthorityOfTheIns(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("oppositions.csv");
        for (Oid registered : List.of(Ins.NIR, Ins.NIA, Ins.NIR_TEST, Ins.NIR_DEMO)) {
            Files.writeString(
                    file,
                    "258029999900145;%1$s;IO%n258029999900145;%1$s;BLOQUE;899999999911%nFIN%n".formatted(registered));
            for (Oid asked : List.of(Ins.NIR, Ins.NIA, Ins.NIR_TEST, Ins.NIR_DEMO)) {
                LocalRights rights = new OppositionFile(file).of(new Ins("258029999900145", asked));

                assertThat(rights.opposition()).as("%s, %s", registered, asked).isEqualTo(LocalOpposition.IO);
                assertThat(rights.blocked()).containsExactly("899999999911");
            }
        }
    }

    @Test
    void aRegisterThatSaysTwoThingsOfOnePatientUnderTwoAuthoritiesIsUnavailable(@TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("oppositions.csv");
        Files.writeString(
                file, "258029999900145;1.2.250.1.213.1.4.8;IO\n258029999900145;1.2.250.1.213.1.4.10;INO\nFIN\n");

        assertThat(new OppositionFile(file).of(PATIENT).opposition()).isEqualTo(LocalOpposition.UNAVAILABLE);
    }

    @Test
    void aRegisterWithoutItsLastLineIsUnavailable(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("oppositions.csv");
        String whole = "# register\n258029999900145;1.2.250.1.213.1.4.10;IO\nFIN\n";
        for (String part : List.of("", "\n", "# register\n", whole.replace("FIN\n", ""), whole + "# more\n")) {
            Files.writeString(file, part);
            assertThat(new OppositionFile(file).of(PATIENT).opposition())
                    .as(part)
                    .isEqualTo(LocalOpposition.UNAVAILABLE);
        }
        Files.writeString(file, whole);
        assertThat(new OppositionFile(file).of(PATIENT).opposition()).isEqualTo(LocalOpposition.IO);
    }

    @Test
    void theShippedRegisterIsComplete() {
        Path shipped = Path.of(System.getProperty("mssante.home", "../.."), "conf", "bridge", "oppositions.csv");

        assertThat(new OppositionFile(shipped).of(PATIENT).opposition()).isEqualTo(LocalOpposition.NONE);
    }

    @Test
    void readsWhomAPatientHasBlocked(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("oppositions.csv");
        Files.writeString(file, """
                258029999900145;1.2.250.1.213.1.4.10;BLOQUE;899999999911
                258029999900145;1.2.250.1.213.1.4.10;BLOQUE;899999999929
                258029999900145;1.2.250.1.213.1.4.10;INO
                FIN
                """);
        LocalRights rights = new OppositionFile(file).of(PATIENT);

        assertThat(rights.opposition()).isEqualTo(LocalOpposition.INO);
        assertThat(rights.blocked()).containsExactlyInAnyOrder("899999999911", "899999999929");

        Files.writeString(file, "258029999900145;1.2.250.1.213.1.4.10;BLOQUE;Dr Martin\nFIN\n");
        assertThat(new OppositionFile(file).of(PATIENT).opposition()).isEqualTo(LocalOpposition.UNAVAILABLE);
    }

    private static ConsentDecision decide(
            String dmp, LocalOpposition local, Set<String> blocked, AuthorCheck authors, FilingQuestion question) {
        return new ConsentCheck(
                        existence(dmp),
                        patient -> new LocalRights(local, blocked, "test"),
                        new ConsentCheck.Authority(authors, UNASKED))
                .decide(question);
    }

    private static FilingQuestion question() {
        return new FilingQuestion(PATIENT, AUTHORS, List.of(), true);
    }

    private static Author author(String id) {
        return new Author(
                Optional.of(Xcn.professional(id, "MODELE", "Claude", "1.2.250.1.71.4.2.1")),
                List.of(),
                List.of(),
                List.of());
    }

    private static Professional professional(boolean active) {
        return new Professional(new Rpps(RPPS), "MODELE", "Claude", "10", "Médecin", active);
    }

    private static ExistenceClient existence(String state) {
        return patient ->
                state.equals("DOWN") ? new Answer.Unavailable<>("down") : new Answer.Given<>(DmpState.valueOf(state));
    }

    private static String verdict(ConsentDecision decision) {
        if (decision instanceof ConsentDecision.MustNotFile no) {
            return no.outcome().name();
        }
        return decision instanceof ConsentDecision.Unknown unknown
                ? unknown.outcome().name()
                : "FILE";
    }
}
