package org.mssante.dmp.xds.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.Ins;

class Hl7ValuesTest {
    private static final String INS = "255077512345634";

    @Test
    void keepsTheTypeAndTheEffectiveDateOfAPatientIdentifier() {
        Cx cx = new Cx(INS + "^^^&1.2.250.1.213.1.4.10&ISO^NH^^20100907");
        assertThat(cx.id()).isEqualTo(INS);
        assertThat(cx.authority()).isEqualTo("1.2.250.1.213.1.4.10");
        assertThat(cx.type()).isEqualTo("NH");
        assertThat(cx.text()).endsWith("^NH^^20100907");
        assertThat(cx.names(Cx.of(new Ins(INS, Ins.NIR_TEST)))).isTrue();
        assertThat(cx.ins()).contains(new Ins(INS, Ins.NIR_TEST));
    }

    @Test
    void anIdentifierThatIsNoInsIsStillAnIdentifier() {
        Cx insC = new Cx("0218805328320789819507^^^&1.2.250.1.213.1.4.2&ISO");
        assertThat(insC.ins()).isEmpty();
        assertThat(insC.type()).isEmpty();
    }

    @Test
    void masksAPatientIdentifierInText() {
        assertThat(new Cx(INS + "^^^&1.2.250.1.213.1.4.10&ISO^NH")).asString().doesNotContain(INS);
    }

    @Test
    void writesAProfessionalInTheFrenchShape() {
        assertThat(Xcn.professional("801234567897", "MARTIN", "Anne", "1.2.250.1.71.4.2.1")
                        .text())
                .isEqualTo("801234567897^MARTIN^Anne^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS");
    }

    @Test
    void anIdentifierWithASlashIsInternalToTheStructure() {
        assertThat(Xcn.professional("3123/42", "MARTIN", "Anne", "1.2.250.1.71.4.2.1")
                        .idType())
                .isEqualTo("EI");
    }

    @Test
    void writesAStructureInTheFrenchShapeWithAndWithoutAName() {
        assertThat(Xon.structure("Centre", "1750000001", "1.2.250.1.71.4.2.2").text())
                .isEqualTo("Centre^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1750000001");
        assertThat(Xon.structure("", "1750000001", "1.2.250.1.71.4.2.2").text())
                .isEqualTo("^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1750000001");
    }

    @Test
    void reservedCharactersInANameComeBackAsTheyWere() {
        String name = "A^B & C | D ~ E \\ F";
        Xcn person = Xcn.professional("8", name, "É", "1.2.3");
        assertThat(person.family()).isEqualTo(name);
        assertThat(person.given()).isEqualTo("É");
        assertThat(person.authority()).isEqualTo("1.2.3");
        Xon structure = Xon.structure(name, "1", "1.2.3");
        assertThat(structure.name()).isEqualTo(name);
        assertThat(structure.id()).isEqualTo("1");
        PatientInfo info = PatientInfo.of(List.of(new PatientInfo.Name(name, "G", "L")), "19550715", "F");
        assertThat(info.names()).containsExactly(new PatientInfo.Name(name, "G", "L"));
        assertThat(info.lines())
                .allMatch(line -> line.chars().filter(c -> c == '|').count() == 1);
    }

    @Test
    void readsTheTraitsOfThePatient() {
        PatientInfo info = new PatientInfo(List.of("PID-5|TOUR^Chloé^^^^^D", "PID-7|19790328", "PID-8|F"));
        assertThat(info.names()).containsExactly(new PatientInfo.Name("TOUR", "Chloé", "D"));
        assertThat(info.birthDate()).isEqualTo("19790328");
        assertThat(info.sex()).isEqualTo("F");
        assertThat(info).asString().doesNotContain("TOUR");
    }

    @Test
    void appliesTheOffsetOfATimeAndKeepsItsPrecision() {
        assertThat(XdsTime.parse("20130104180423+0100").value()).isEqualTo("20130104170423");
        assertThat(XdsTime.parse("201301040030+0100").value()).isEqualTo("201301032330");
        assertThat(XdsTime.parse("20130104+0100").value()).isEqualTo("20130104");
        assertThat(XdsTime.parse("20130104180423.250Z").value()).isEqualTo("20130104180423");
        assertThat(XdsTime.parse("2013").value()).isEqualTo("2013");
    }

    @Test
    void aTimeIsBeforeAnotherInTheDigitsThatBothHave() {
        XdsTime time = new XdsTime("20130104180423");
        assertThat(new XdsTime("20130104180422").isBefore(time)).isTrue();
        assertThat(time.isBefore(time)).isFalse();
        assertThat(new XdsTime("20130104180424").isBefore(time)).isFalse();
        assertThat(new XdsTime("20130104").isBefore(time)).isFalse();
        assertThat(new XdsTime("20130103").isBefore(time)).isTrue();
        assertThat(time.isBefore(new XdsTime("2013"))).isFalse();
        assertThat(time.isBefore(new XdsTime("2014"))).isTrue();
    }

    @Test
    void refusesATimeThatDoesNotExist() {
        for (String wrong : List.of("20131304", "20130230", "", "201", "20130104180423+9900", "today")) {
            assertThatThrownBy(() -> XdsTime.parse(wrong)).as(wrong).isInstanceOf(InvalidMetadataException.class);
        }
    }

    @Test
    void hashesAreComparedInLowerCase() {
        assertThat(new Hash("DA39A3EE5E6B4B0D3255BFEF95601890AFD80709")).isEqualTo(Hash.sha1(new byte[0]));
        assertThat(new Hash("d41d8cd98f00b204e9800998ecf8427e").isSha1()).isFalse();
    }
}
