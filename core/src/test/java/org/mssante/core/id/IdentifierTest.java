package org.mssante.core.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    @Test
    void rppsIsWrittenWithAnEightAsNationalIdentifier() {
        assertThat(Rpps.ofNationalId("810999000002")).isEqualTo(new Rpps("10999000002"));
        assertThat(new Rpps("10999000002").nationalId()).isEqualTo("810999000002");
    }

    @ParameterizedTest
    @CsvSource({"10999000002,true", "10003461033,false"})
    void rppsWithAWrongKeyIsReportedAndNotRefused(String number, boolean holds) {
        assertThat(new Rpps(number).keyHolds()).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1099900000", "109990000021", "1099900000A", "810999000002"})
    void refusesWhatIsNoRpps(String number) {
        assertThatThrownBy(() -> new Rpps(number)).isInstanceOf(InvalidIdentifierException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "318751275100020,SIRET,true",
        "1759990005,FINESS,true",
        "12A0000012,FINESS,false",
        "410999000002001,CABINET_RPPS,true"
    })
    void readsEveryKindOfStructure(String nationalId, StructureId.Kind kind, boolean looksComplete) {
        StructureId structure = StructureId.ofNationalId(nationalId);
        assertThat(structure.kind()).isEqualTo(kind);
        assertThat(structure.nationalId()).isEqualTo(nationalId);
        if (kind == StructureId.Kind.FINESS) {
            assertThat(structure.keyHolds()).isEqualTo(looksComplete);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9123456789", "3123", "1ABCDEFGHI"})
    void refusesWhatIsNoStructure(String nationalId) {
        assertThatThrownBy(() -> StructureId.ofNationalId(nationalId)).isInstanceOf(InvalidIdentifierException.class);
    }

    @ParameterizedTest
    @CsvSource({"1.2.250.1.213.1.4.8,true", "1.02.3,false", "1,false", "3.1,false", "1.2.,false"})
    void oidHasNoLeadingZeroAndSeveralArcs(String text, boolean valid) {
        assertThat(Oid.isOid(text)).isEqualTo(valid);
    }

    @Test
    void oidHasAtMost64Characters() {
        String at64 = "1.2." + "9".repeat(60);
        assertThat(Oid.isOid(at64)).isTrue();
        assertThat(Oid.isOid(at64 + "9")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"255069999999934,true", "255069999999935,false", "255069999999900,false"})
    void insKeyIs97MinusTheNirModulo97(String matricule, boolean holds) {
        assertThat(new Ins(matricule, Ins.NIR_TEST).keyHolds()).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"255062A99999960,true", "255062A99999961,false"})
    void insOfCorsicaCounts2AAs19(String matricule, boolean holds) {
        assertThat(new Ins(matricule, Ins.NIR).keyHolds()).isEqualTo(holds);
    }

    @Test
    void insIsMaskedUnlessItsWireFormIsAskedFor() {
        Ins ins = new Ins("255069999999934", Ins.NIR_TEST);
        assertThat(ins.toString()).isEqualTo("**********99934");
        assertThat(ins.cx()).isEqualTo("255069999999934^^^&1.2.250.1.213.1.4.10&ISO^NH");
    }

    @Test
    void addressesAreComparedWithoutCase() {
        assertThat(MailAddress.parse("Dr.Test@DEMO.medecin.mssante.fr"))
                .isEqualTo(MailAddress.parse("dr.test@demo.medecin.mssante.fr"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "@b.fr",
                "a@",
                "a@b",
                "a b@c.fr",
                "a..b@c.fr",
                ".a@c.fr",
                "a@-b.fr",
                "a@b\r\n.fr",
                "\"a\"@b.fr"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> MailAddress.parse(text)).isInstanceOf(InvalidIdentifierException.class);
    }

    @Test
    void everyAuthorityOfTheInsNumbersTheSamePersons() {
        Ins ins = new Ins("255069999999934", Ins.NIR_TEST);

        for (Oid authority : List.of(Ins.NIR, Ins.NIA, Ins.NIR_TEST, Ins.NIR_DEMO)) {
            assertThat(ins.names("255069999999934", authority.value())).isTrue();
            assertThat(ins.names("255077512345634", authority.value())).isFalse();
        }
        // INS-C, and the NIR as an insurance number
        assertThat(ins.names("255069999999934", "1.2.250.1.213.1.4.2")).isFalse();
        assertThat(ins.names("255069999999934", "1.2.250.1.213.1.4.13")).isFalse();
    }

    @Test
    void aCitizensAddressIsMaskedBecauseItIsAnIns() {
        assertThat(MailAddress.parse("255069999999934@patient.mssante.fr").masked())
                .isEqualTo("**********99934@patient.mssante.fr");
        assertThat(MailAddress.parse("dr.test@demo.medecin.mssante.fr").masked())
                .isEqualTo("dr.test@demo.medecin.mssante.fr");
    }

    @Test
    void everyCitizensAddressInATextIsMaskedAndNothingElse() {
        assertThat(MailAddress.maskedIn("550 <255069999999934@Patient.MSSante.fr>: unknown, see a@demo.mssante.fr"))
                .isEqualTo("550 <**********99934@Patient.MSSante.fr>: unknown, see a@demo.mssante.fr");
        assertThat(MailAddress.maskedIn("\"255069999999934\"@patient.mssante.fr,1@patient.mssante.fr"))
                .isEqualTo("**********9934\"@patient.mssante.fr,**********@patient.mssante.fr");
        assertThat(MailAddress.maskedIn("rfc822;255069999999934@patient.mssante.fr"))
                .isEqualTo("rfc822;**********99934@patient.mssante.fr");
    }
}
