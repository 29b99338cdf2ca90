package org.mssante.annuaire.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.param.TokenParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.SkillValue;

final class QualificationCodesTest {
    private static final String NOS = "https://mos.esante.gouv.fr/NOS/";

    @ParameterizedTest
    @CsvSource({
        "10, TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante",
        "81, TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante",
        "41, TRE_R94-ProfessionSocial/FHIR/TRE-R94-ProfessionSocial",
        "213, TRE_R94-ProfessionSocial/FHIR/TRE-R94-ProfessionSocial",
        "93, TRE_R95-UsagerTitre/FHIR/TRE-R95-UsagerTitre",
        "171, TRE_R95-UsagerTitre/FHIR/TRE-R95-UsagerTitre",
        "99, TRE_R291-AutreProfession/FHIR/TRE-R291-AutreProfession"
    })
    void aProfessionHasTheSystemOfItsTable(String code, String table) {
        assertThat(Professions.systemOf(code)).contains(NOS + table);
        assertThat(finds(profession(code), NOS + table, code)).isTrue();
        assertThat(finds(profession(code), NOS + table, "")).isTrue();
        assertThat(finds(profession(code), null, code)).isTrue();
        assertThat(finds(profession(code), "", code)).isFalse();
    }

    @Test
    void aProfessionThatIsNewHasNoSystemAndIsFoundAllTheSame() {
        assertThat(Professions.systemOf("777")).isEmpty();
        assertThat(finds(profession("777"), null, "777")).isTrue();
        assertThat(finds(profession("777"), "", "777")).isTrue();
        assertThat(finds(profession("777"), Systems.nomenclature("TRE_G15-ProfessionSante"), "777"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "S, SM54, TRE_R38-SpecialiteOrdinale",
        "C, C05, TRE_R39-Competence",
        "CEX, CEX64, TRE_R40-CompetenceExclusive",
        "OP, 81, TRE_G13-OrientationParticuliere",
        "DNQ, DSM226, TRE_R42-DESCnonQualifiant",
        "CAPA, CAPA06, TRE_R43-CapaciteSavoirFaire",
        "PAC, PAC00, TRE_R44-QualificationPAC",
        "FQ, FQ01, TRE_R45-FonctionQualifiee",
        "DEC, DEC01, TRE_R97-DroitExerciceCompl",
        "SST, SST17, TRE_R359-SurspecialiteTransversale"
    })
    void aSavoirFaireIsFoundByTheTableOfItsKind(String kind, String code, String table) {
        DirectoryEntry skilled = skill(kind, code);
        String system = Systems.nomenclature(table);

        assertThat(finds(skilled, system, code)).isTrue();
        assertThat(finds(skilled, system, "")).isTrue();
        assertThat(finds(skilled, null, code)).isTrue();
        assertThat(finds(skilled, Systems.SKILL_KIND, kind)).isTrue();
        assertThat(finds(skilled, null, kind)).isTrue();
        assertThat(finds(skilled, "", code)).isFalse();
        assertThat(finds(skilled, system, code + "0")).isFalse();
        assertThat(finds(skilled, system, code.substring(0, code.length() - 1))).isFalse();
    }

    @Test
    void theSameCodeInAnotherTableIsAnotherOne() {
        String professions = Systems.nomenclature("TRE_G15-ProfessionSante");

        assertThat(finds(skill("OP", "81"), professions, "81")).isFalse();
        assertThat(finds(profession("81"), Systems.nomenclature("TRE_G13-OrientationParticuliere"), "81"))
                .isFalse();
        assertThat(finds(skill("S", "SM54"), Systems.nomenclature("TRE_R39-Competence"), "SM54"))
                .isFalse();
    }

    @Test
    void aSavoirFaireOfAKindThatIsNewIsFoundWithoutSystem() {
        assertThat(finds(skill("NEW", "N1"), "", "N1")).isTrue();
        assertThat(finds(skill("NEW", "N1"), null, "N1")).isTrue();
        assertThat(finds(skill("", "N1"), "", "N1")).isTrue();
    }

    @Test
    void whatDividesThePartsOfASavoirFaireIsNoCode() {
        assertThat(finds(skill("S", "SM54"), "", "SM54|S")).isFalse();
    }

    private static boolean finds(DirectoryEntry entry, String system, String code) {
        return QualificationCodes.qualification(new TokenParam(system, code)).holds(entry, Audience.PROFESSIONALS);
    }

    private static DirectoryEntry profession(String code) {
        return person().with(Attribute.PROFESSION, code).build();
    }

    private static DirectoryEntry skill(String kind, String code) {
        return person().with(Attribute.SKILL, new SkillValue(code, kind, "Libellé").text())
                .build();
    }

    private static DirectoryEntry.Builder person() {
        return DirectoryEntry.at(EntryKey.of(Branch.PROFESSIONALS, "810999010019"), Audience.PROFESSIONALS);
    }
}
