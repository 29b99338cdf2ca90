package org.mssante.annuaire.rpps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/** What is written is read as it was. */
final class ExtractWriterTest {
    private static final Rpps RPPS = new Rpps("10999010019");
    private static final Place PLACE = new Place("1 RUE DU PUITS", "75014", "PARIS", "0100000000");

    @ParameterizedTest
    @EnumSource(
            value = StructureId.Kind.class,
            names = {"FINESS", "SIRET", "CABINET_RPPS"})
    void writesActivitiesAsTheyAreRead(StructureId.Kind kind) throws IOException {
        StructureId id = new StructureId(kind, kind == StructureId.Kind.FINESS ? "990000010" : "99900100100018");
        Activity at = activity(
                true,
                Optional.of(new Activity.Site(
                        id,
                        List.of(new StructureId(StructureId.Kind.SIREN, "999001001")),
                        "CH \"DE TEST\"",
                        "SA01",
                        Optional.of(StructureId.finess("990000028")),
                        PLACE)));
        Activity nowhere = activity(true, Optional.empty());
        Activity none = activity(false, Optional.empty());

        assertThat(writtenAndRead(new ActivityFormat(), List.of(at, nowhere, none)))
                .containsExactly(at, nowhere, none);
    }

    @Test
    void writesSkillsAsTheyAreRead() throws IOException {
        Skill skill = new Skill(RPPS, "10", "S", "SM54", "Médecine générale");

        assertThat(writtenAndRead(new SkillFormat(), List.of(skill))).containsExactly(skill);
    }

    @Test
    void writesDiplomasAsTheyAreRead() throws IOException {
        Diploma diploma = new Diploma(RPPS, "DE", "DE09", "DE Docteur en médecine");
        Diploma authorisation = new Diploma(RPPS, "", "", "");

        assertThat(writtenAndRead(new DiplomaFormat(), List.of(diploma, authorisation)))
                .containsExactly(diploma, authorisation);
        assertThat(authorisation.isHeld()).isFalse();
    }

    @Test
    void writesMailboxesAsTheyAreRead() throws IOException {
        PublishedMailbox personal =
                mailbox(MailboxType.PER, Optional.of(RPPS), Optional.of(StructureId.finess("990000010")));
        PublishedMailbox shared = mailbox(MailboxType.APP, Optional.empty(), Optional.empty());

        assertThat(writtenAndRead(new PublishedMailboxFormat(), List.of(personal, shared)))
                .containsExactly(personal, shared);
    }

    @Test
    void whatWouldEndAValueOrALineBecomesABlank() throws IOException {
        Skill skill = new Skill(RPPS, "10", "S", "SM54", "a|b\nc");

        assertThat(writtenAndRead(new SkillFormat(), List.of(skill)))
                .extracting(Skill::label)
                .containsExactly("a b c");
    }

    @Test
    void anUnusableLineIsCounted() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ExtractWriter<>(out, new SkillFormat()).writeUnusable();

        ReadReport report = new ExtractReader(65_536)
                .read("a file", new ByteArrayInputStream(out.toByteArray()), new SkillFormat(), skill -> {});

        assertThat(report.quarantined()).isEqualTo(1);
        assertThat(report.firstFaults()).containsExactly("line 2 has no usable identifier");
    }

    private static Activity activity(boolean practising, Optional<Activity.Site> site) {
        Activity.Savoir skill = new Activity.Savoir("S", "SM40", "Pédiatrie");
        return new Activity(RPPS, "DR", "TEST", "ÉLISE", "10", "Médecin", skill, practising, site);
    }

    private static PublishedMailbox mailbox(MailboxType type, Optional<Rpps> holder, Optional<StructureId> structure) {
        return new PublishedMailbox(
                MailAddress.parse("a@b.mssante.fr"),
                type,
                holder,
                structure,
                "CARDIOLOGIE",
                "DR",
                "TEST",
                "ÉLISE",
                "10",
                "Médecin",
                "Pédiatrie",
                "CH",
                new Place("1 RUE DU PUITS", "75014", "PARIS", ""));
    }

    private static <R> List<R> writtenAndRead(ExtractFormat<R> format, List<R> records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExtractWriter<R> writer = new ExtractWriter<>(out, format);
        for (R record : records) {
            writer.write(record);
        }
        List<R> read = new ArrayList<>();
        ReadReport report = new ExtractReader(65_536)
                .read("a file", new ByteArrayInputStream(out.toByteArray()), format, read::add);
        assertThat(report.quarantined()).isZero();
        return read;
    }
}
