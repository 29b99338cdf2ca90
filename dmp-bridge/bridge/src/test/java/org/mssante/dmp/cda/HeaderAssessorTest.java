package org.mssante.dmp.cda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.id.Ins;
import org.mssante.core.id.Oid;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;

class HeaderAssessorTest {
    private static final String INS = "258029999900145";

    @Test
    void mapsEveryAttribute() {
        DocumentEntry entry = fileable(Samples.reportText()).entry();

        assertThat(entry.uniqueId()).isEqualTo(Samples.DOCUMENT_ID);
        assertThat(entry.patientId().text()).isEqualTo(INS + "^^^&1.2.250.1.213.1.4.10&ISO^NH");
        assertThat(entry.sourcePatientId())
                .hasValueSatisfying(id -> assertThat(id.text())
                        .isEqualTo("DEMO-0001^^^&2.25.319283746510293847561029384756102938&ISO^PI"));
        assertThat(entry.sourcePatientInfo().lines())
                .contains("PID-5|EXEMPLE-UN^CAMILLE^^^^^L", "PID-7|19580214", "PID-8|F");
        assertThat(entry.classCode()).map(Code::code).contains("10");
        assertThat(entry.typeCode()).map(Code::code).contains("11502-2");
        assertThat(entry.formatCode()).map(Code::code).contains("urn:ihe:lab:xd-lab:2008");
        assertThat(entry.healthcareFacilityTypeCode()).map(Code::code).contains("SA25");
        assertThat(entry.practiceSettingCode()).map(Code::code).contains("AMBULATOIRE");
        assertThat(entry.eventCodes()).extracting(Code::code).containsExactly("18719-5");
        assertThat(entry.creationTime()).map(Object::toString).contains("20261116091500");
        assertThat(entry.serviceStartTime()).map(Object::toString).contains("20261116063000");
        assertThat(entry.serviceStopTime()).map(Object::toString).contains("20261116090500");
        assertThat(entry.languageCode()).contains("fr-FR");
        assertThat(entry.legalAuthenticator())
                .map(Object::toString)
                .contains("899999999911^MODELE^Claude^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS");
        assertThat(entry.authors()).singleElement().satisfies(author -> {
            assertThat(author.institutions().get(0).text())
                    .isEqualTo("Laboratoire de démonstration^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1999999994");
            assertThat(author.specialties().get(0).text())
                    .isEqualTo("G15_10/SM03^Médecin - Biologie médicale (SM)^1.2.250.1.213.1.1.4.5");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // no INS, a malformed one, one of an authority that is not accepted
                "<id root=\"1.2.250.1.213.1.4.10\" extension=\"258029999900145\"/>||INS_ABSENT",
                "258029999900145|2580299999001|INS_INCOMPLETE",
                "1.2.250.1.213.1.4.10|1.2.250.1.213.1.4.11|INS_ABSENT",
                // a trait is missing
                "<county>99999</county>||INS_INCOMPLETE",
                "<birthTime value=\"19580214\"/>||INS_INCOMPLETE",
                // identifiers the DMP does not take
                "938.11.1\"/>|938.11.1\" extension=\"7\"/>|CDA_HEADER_INCOMPLETE",
                "<id root=\"2.25.319283746510293847561029384756102938.11.1\"/>||CDA_HEADER_INCOMPLETE",
                // types it does not know, attributes XDS requires
                "code=\"11502-2\"|code=\"18842-5\"|CDA_HEADER_INCOMPLETE",
                "<effectiveTime value=\"20261116101500+0100\"/>||CDA_HEADER_INCOMPLETE",
                "20261116101500+0100|hier|CDA_HEADER_INCOMPLETE",
                "<code code=\"SA25\"|<code nullFlavor=\"UNK\"|CDA_HEADER_INCOMPLETE"
            })
    void refusesWithTheCodeOfTheFault(String from, String to, Outcome expected) {
        assertThat(Samples.reportText()).contains(from);
        Assessment assessment = assess(
                Samples.reportText().replace(from, Optional.ofNullable(to).orElse("")), false);

        assertThat(assessment).isInstanceOfSatisfying(Assessment.Refused.class, refused -> {
            assertThat(refused.outcome()).isEqualTo(expected);
            assertThat(refused.detail()).isNotBlank().doesNotContain("2580299999");
        });
    }

    @Test
    void aWrongKeyWarnsOrRefusesAsConfigured() {
        String wrong = Samples.reportText().replace(INS, "258029999900146");

        assertThat(((Assessment.Fileable) assess(wrong, false)).warnings()).hasSize(1);
        assertThat(((Assessment.Refused) assess(wrong, true)).outcome()).isEqualTo(Outcome.INS_INCOMPLETE);
    }

    /** ASS_A11 and the PV1-2 table of the volet Transmission. */
    @ParameterizedTest
    @CsvSource({
        "1.2.250.1.213.1.1.1.48,urn:asip:ci-sis:dlu-dlu-dom:2022",
        "1.2.250.1.213.1.1.1.49,urn:asip:ci-sis:dlu-fludt-dom:2022",
        "1.2.250.1.213.1.1.1.50,urn:asip:ci-sis:dlu-fludr-dom:2022"
    })
    void knowsTheFormatsOfTheUrgencyRecordAtHome(String template, String format) {
        String text = Samples.reportText()
                .replace("1.3.6.1.4.1.19376.1.3.3\"", template + "\"")
                .replace("1.2.250.1.213.1.1.1.55\"", template + "\"");

        assertThat(fileable(text).entry().formatCode()).map(Code::code).contains(format);
    }

    @ParameterizedTest
    @CsvSource({"IMP,03", "AMB,07", "EMER,07", "I,03", "O,07", "E,07", "R,19", "N,97", "OTHER,07"})
    void theKindOfStayGivesTheContentType(String encounter, String contentType) {
        String text = Samples.reportText().replace("<code code=\"AMB\"", "<code code=\"" + encounter + "\"");

        assertThat(text).contains("<code code=\"" + encounter + "\"");
        assertThat(fileable(text).contentType().code()).isEqualTo(contentType);
    }

    /** Whoever restricts the document, the sender or its author, is heard. */
    @ParameterizedTest
    @CsvSource({"N,'',N", "N,R,R", "N,V,V", "R,'',R", "R,V,V", "V,R,V", "V,'',V", "R,R,R"})
    void theStricterConfidentialityCounts(String document, String metadata, String filed) {
        String text = Samples.reportText()
                .replace("<confidentialityCode code=\"N\"", "<confidentialityCode code=\"" + document + "\"");
        SenderMetadata sender = SenderMetadata.ofMasks(List.of(metadata, "MASQUE_PS"), Optional.empty());
        Assessment.Fileable fileable = (Assessment.Fileable) assessor(false).assess(header(text), sender);

        assertThat(text).contains("<confidentialityCode code=\"" + document + "\"");
        assertThat(fileable.entry().confidentialityCodes())
                .extracting(Code::code, Code::codeSystem)
                .containsExactly(tuple(filed, "2.16.840.1.113883.5.25"), tuple("MASQUE_PS", "1.2.250.1.213.1.1.4.13"));
        assertThat(fileable.warnings().toString().contains("stricter")).isEqualTo(!filed.equals(document));
    }

    /** A trait that is there need not be one: a name of digits, a day that no calendar has. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qualifier=\"BR\">EXEMPLE-UN<|qualifier=\"BR\">12345<|birth-name",
                "value=\"19580214\"|value=\"19580230\"|birth-date",
                "value=\"19580214\"|value=\"14/02/1958\"|birth-date",
                "value=\"19580214\"|value=\"195813\"|birth-date",
                "<county>99999</county>|<county>Paris</county>|birth-place",
                "administrativeGenderCode code=\"F\"|administrativeGenderCode code=\"femme\"|sex"
            })
    void aTraitWithoutTheFormOfOneWarnsOrRefusesAsConfigured(String from, String to, String trait) {
        assertThat(Samples.reportText()).contains(from);
        String wrong = Samples.reportText().replace(from, to);

        assertThat(fileable(wrong).warnings())
                .singleElement()
                .asString()
                .endsWith("have not the form of one: " + trait);
        assertThat(assessor(false, true).assess(header(wrong), SenderMetadata.NONE))
                .isInstanceOfSatisfying(Assessment.Refused.class, refused -> {
                    assertThat(refused.outcome()).isEqualTo(Outcome.INS_INCOMPLETE);
                    assertThat(refused.detail()).contains(trait);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1958", "195802", "19580214", "195802140630+0100", "20000229"})
    void takesABirthDateAsFarAsItGoes(String date) {
        String document = Samples.reportText().replace("value=\"19580214\"", "value=\"" + date + "\"");

        assertThat(assessor(false, true).assess(header(document), SenderMetadata.NONE))
                .isInstanceOf(Assessment.Fileable.class);
    }

    /** CI-SIS structuration minimale, recordTarget 1..1: else the traits may be one patient's, the INS another's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<id root=\"2.25.1\" extension=\"DEMO-0002\"/>",
                "<id root=\"1.2.250.1.213.1.4.10\" extension=\"171119999900286\"/>",
                "<id root=\"1.2.250.1.213.1.4.10\" extension=\"" + INS + "\"/>"
            })
    void aDocumentAboutTwoPatientsIsNobodys(String otherId) {
        String other = "<recordTarget><patientRole>" + otherId + "</patientRole></recordTarget>";

        for (String two : List.of(
                Samples.reportText().replaceFirst("<recordTarget>", other + "<recordTarget>"),
                Samples.reportText().replaceFirst("</recordTarget>", "</recordTarget>" + other))) {
            assertThat(((Assessment.Refused) assess(two, false)).outcome()).isEqualTo(Outcome.INS_MISMATCH);
        }
    }

    @Test
    void onePatientHasOneIns() {
        assertThat(((Assessment.Refused) assess(withSecondId(Ins.NIR_TEST, "171119999900286"), false)).outcome())
                .isEqualTo(Outcome.INS_MISMATCH);
        assertThat(fileable(withSecondId(Ins.NIR_TEST, INS)).patient()).isEqualTo(new Ins(INS, Ins.NIR_TEST));
    }

    @Test
    void anInsCBesideTheInsIsNoSecondOne() {
        assertThat(fileable(withSecondId(new Oid("1.2.250.1.213.1.4.2"), "0123456789012345678901"))
                        .patient())
                .isEqualTo(new Ins(INS, Ins.NIR_TEST));
    }

    @Test
    void takesMasksAndCommentsFromTheSenderOnly() {
        SenderMetadata sender = SenderMetadata.ofMasks(List.of("INVISIBLE_REP_LEGAUX", "N"), Optional.of("à relire"));
        DocumentEntry entry =
                ((Assessment.Fileable) assessor(false).assess(header(Samples.reportText()), sender)).entry();

        assertThat(entry.confidentialityCodes())
                .extracting(Code::code)
                .containsExactly("N", "INVISIBLE_REPRESENTANTS_LEGAUX");
        assertThat(entry.comments()).contains("à relire");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2.16.840.1.113883.5.25", "2.16.840.1.113883.1.11.16926", "1.2.250.1.213.1.1.4.13", "1.2.3"})
    void whatTheAuthorRestrictsStaysRestrictedWhateverSystemHeWrites(String system) {
        Assessment.Fileable restricted = fileable(Samples.reportText()
                .replaceFirst(
                        "<confidentialityCode[^>]*>",
                        "<confidentialityCode code=\"V\" codeSystem=\"" + system + "\"/>"));

        assertThat(restricted.entry().confidentialityCodes())
                .extracting(Code::code, Code::codeSystem)
                .containsExactly(tuple("V", "2.16.840.1.113883.5.25"));
        assertThat(restricted.warnings()).isEmpty();
    }

    /** HL7 has codes for what is sensitive besides those of CI-SIS: stricter than meant is mended, more open is not. */
    @ParameterizedTest
    @CsvSource({
        "r,R,false",
        "' V ',V,false",
        "n,N,false",
        "U,N,true",
        "l,N,true",
        "M,N,true",
        "S,R,true",
        "T,R,true",
        "ETH,R,true",
        "PSY,R,true",
        "hiv,R,true",
        "INVISIBLE_PATIENT,N,true"
    })
    void aConfidentialityIsFiledNoMoreOpenThanItsAuthorWroteIt(String written, String filed, boolean warns) {
        Assessment.Fileable fileable = fileable(Samples.reportText()
                .replaceFirst(
                        "<confidentialityCode[^>]*>",
                        "<confidentialityCode code=\"" + written + "\" codeSystem=\"2.16.840.1.113883.5.25\"/>"));

        assertThat(fileable.entry().confidentialityCodes())
                .extracting(Code::code, Code::codeSystem)
                .containsExactly(tuple(filed, "2.16.840.1.113883.5.25"));
        assertThat(fileable.warnings())
                .isEqualTo(warns ? List.of("confidentialityCode is none of N, R and V: filed as " + filed) : List.of());
    }

    /** A version is named by setId and versionNumber together: alone the number counts for nothing, whatever it is. */
    @Test
    void aVersionNumberThatIsNoneRefusesOnlyWhereThereIsASet() {
        String malformed =
                Samples.reportText().replace("<versionNumber value=\"1\"/>", "<versionNumber value=\"v1.2\"/>");
        Assessment.Fileable without = fileable(malformed.replaceFirst("<setId [^>]*>", ""));

        assertThat(((Assessment.Refused) assess(malformed, false)).outcome()).isEqualTo(Outcome.VERSION_UNREADABLE);
        assertThat(without.version()).isEmpty();
        assertThat(without.warnings()).singleElement().asString().contains("setId is missing");
    }

    @Test
    void takesNoMaskFromTheDocument() {
        Assessment.Fileable masked = fileable(Samples.reportText()
                .replace("<confidentialityCode code=\"N\"", "<confidentialityCode code=\"MASQUE_PS\""));
        Assessment.Fileable restricted = fileable(
                Samples.reportText().replace("<confidentialityCode code=\"N\"", "<confidentialityCode code=\"R\""));

        assertThat(masked.entry().confidentialityCodes()).extracting(Code::code).containsExactly("N");
        assertThat(masked.warnings()).hasSize(1);
        assertThat(restricted.entry().confidentialityCodes())
                .extracting(Code::code)
                .containsExactly("R");
    }

    /** INS-C, the NIR as an insurance number and an INS of another authority identify no local patient. */
    @ParameterizedTest
    @ValueSource(strings = {"1.2.250.1.213.1.4.2", "1.2.250.1.213.1.4.13", "1.2.250.1.213.1.4.9"})
    void givesTheInsAsSourceWhereThereIsNoLocalIdentifier(String root) {
        DocumentEntry entry = fileable(Samples.reportText()
                        .replace(
                                "<id root=\"2.25.319283746510293847561029384756102938\" extension=\"DEMO-0001\"/>",
                                "<id root=\"" + root + "\" extension=\"0123456789\"/>"))
                .entry();

        assertThat(entry.sourcePatientId().map(Cx::text))
                .contains(entry.patientId().text());
    }

    @Test
    void namesAPatientAsLegalAuthenticatorByHisIns() {
        String patients = Samples.reportText()
                .replaceAll(
                        "(?s)(<legalAuthenticator>.*?<assignedEntity>\\s*)<id [^>]*/>",
                        "$1<id root=\"1.2.250.1.213.1.4.10\" extension=\"" + INS + "\"/>");

        assertThat(fileable(patients).entry().legalAuthenticator())
                .hasValueSatisfying(person -> assertThat(person.idType()).isEqualTo("NH"));
    }

    @Test
    void readsTheDocumentThisOneReplaces() {
        String replacing = Samples.reportText()
                .replace(
                        "<componentOf>",
                        "<relatedDocument typeCode=\"RPLC\"><parentDocument><id root=\"1.2.3.4\"/></parentDocument>"
                                + "</relatedDocument><componentOf>");

        assertThat(fileable(replacing).replaces()).contains("1.2.3.4");
    }

    /** CI-SIS structuration minimale, relatedDocument 0..1: which of two would be replaced is not ours to guess. */
    @Test
    void aDocumentReplacesOneDocumentAtMost() {
        String parent = "<parentDocument><id root=\"1.2.3.%d\"/></parentDocument>";
        String related = "<relatedDocument typeCode=\"RPLC\">" + parent + "</relatedDocument>";
        String two = related.formatted(4) + related.formatted(5);
        String twice = related.formatted(4) + related.formatted(4);
        String transformed = related.formatted(4) + related.formatted(5).replace("RPLC", "XFRM");

        assertThat(((Assessment.Refused) assess(withRelated(two), false)).outcome())
                .isEqualTo(Outcome.CDA_HEADER_INCOMPLETE);
        assertThat(fileable(withRelated(twice)).replaces()).contains("1.2.3.4");
        assertThat(fileable(withRelated(transformed)).replaces()).contains("1.2.3.4");
    }

    @Test
    void aReplacementThatNamesNoDocumentIsNotPassedOverInSilence() {
        String related = "<relatedDocument typeCode=\"RPLC\"><parentDocument><id nullFlavor=\"UNK\"/>"
                + "<setId root=\"1.2.3.4\"/></parentDocument></relatedDocument>";

        assertThat(fileable(withRelated(related)).replaces()).isEmpty();
        assertThat(fileable(withRelated(related)).warnings()).anyMatch(warning -> warning.contains("by no id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"XFRM", "APND"})
    void anotherRelationThanAReplacementIsNotPassedOverInSilence(String typeCode) {
        String related = "<relatedDocument typeCode=\"" + typeCode
                + "\"><parentDocument><id root=\"1.2.3.4\"/></parentDocument></relatedDocument>";

        assertThat(fileable(withRelated(related)).replaces()).isEmpty();
        assertThat(fileable(withRelated(related)).warnings()).anyMatch(warning -> warning.contains("relatedDocument"));
        assertThat(fileable(withRelated(related.replace(typeCode, "RPLC"))).warnings())
                .noneMatch(warning -> warning.contains("relatedDocument"));
    }

    @Test
    void namesTheFormatByBodyThenByModel() {
        DocumentEntry letter = fileable(new String(
                        Samples.read("lettre-de-sortie/LETTRE-DE-SORTIE.XML"), java.nio.charset.StandardCharsets.UTF_8))
                .entry();
        DocumentEntry unknownModel = fileable(Samples.reportText()
                        .replace("1.3.6.1.4.1.19376.1.3.3\"", "9.9.9\"")
                        .replace("1.2.250.1.213.1.1.1.55", "9.9.8"))
                .entry();

        assertThat(letter.formatCode()).map(Code::code).contains("urn:ihe:iti:xds-sd:pdf:2008");
        assertThat(unknownModel.formatCode()).map(Code::code).contains("urn:asipSante:modelesHorsProfils:2011");
    }

    /** EX_GEN-1060: nothing empty is filed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<component/>",
                "<component><structuredBody/></component>",
                "<component><nonXMLBody><text mediaType=\"application/pdf\" representation=\"B64\"> \n </text></nonXMLBody></component>",
                "<component><nonXMLBody><text nullFlavor=\"UNK\"/></nonXMLBody></component>",
                // CI-SIS structuration minimale, nonXMLBody: the content stands in the document, in base64
                "<component><nonXMLBody><text mediaType=\"application/pdf\"><reference value=\"a.pdf\"/></text></nonXMLBody></component>"
            })
    void refusesADocumentWithoutContent(String body) {
        assertThat(assess(withBody(body), false))
                .isInstanceOfSatisfying(
                        Assessment.Refused.class,
                        refused -> assertThat(refused.outcome()).isEqualTo(Outcome.CDA_UNREADABLE));
    }

    @ParameterizedTest
    @CsvSource({
        "application/pdf, urn:ihe:iti:xds-sd:pdf:2008, false",
        "Application/PDF; charset=binary, urn:ihe:iti:xds-sd:pdf:2008, false",
        "text/plain, urn:ihe:iti:xds-sd:text:2008, false",
        "text/rtf, urn:ihe:iti-fr:xds-sd:rtf:2010, false",
        "image/jpeg, urn:ihe:iti-fr:xds-sd:jpeg:2010, false",
        "image/tiff, urn:ihe:iti-fr:xds-sd:tiff:2010, false",
        "text/html, urn:asipSante:modelesHorsProfils:2011, true",
        "application/msword, urn:asipSante:modelesHorsProfils:2011, true"
    })
    void filesALevelOneDocumentByItsMediaTypeAndWarnsOfAForeignOne(String type, String format, boolean warns) {
        Assessment.Fileable filed = fileable(withBody("<component><nonXMLBody><text mediaType=\"" + type
                + "\" representation=\"B64\">JVBERi0xLjQ=</text></nonXMLBody></component>"));

        assertThat(filed.entry().formatCode()).map(Code::code).contains(format);
        assertThat(filed.warnings()).hasSize(warns ? 1 : 0);
    }

    private static String withBody(String body) {
        String text = Samples.reportText();
        int from = text.indexOf("<component>", text.indexOf("</componentOf>"));
        return text.substring(0, from) + body + "</ClinicalDocument>";
    }

    private static String withRelated(String related) {
        return Samples.reportText().replace("<componentOf>", related + "<componentOf>");
    }

    private static String withSecondId(Oid root, String extension) {
        return Samples.reportText()
                .replaceFirst(
                        "(?s)(<patientRole[^>]*>)", "$1<id root=\"" + root + "\" extension=\"" + extension + "\"/>");
    }

    private static Assessment.Fileable fileable(String document) {
        return (Assessment.Fileable) assess(document, false);
    }

    private static Assessment assess(String document, boolean keyMustHold) {
        return assessor(keyMustHold).assess(header(document), SenderMetadata.NONE);
    }

    private static CdaHeader header(String document) {
        return ((CdaReading.Cda) new CdaReader(CdaLimits.DEFAULT).read(Samples.utf8(document))).header();
    }

    private static HeaderAssessor assessor(boolean keyMustHold) {
        return assessor(keyMustHold, false);
    }

    private static HeaderAssessor assessor(boolean keyMustHold, boolean formMustHold) {
        InsRules rules = new InsRules(List.of(Ins.NIR_TEST), keyMustHold, EnumSet.allOf(Trait.class), formMustHold);
        return new HeaderAssessor(
                new PatientIdentity(rules),
                new CdaMetadata(Associations.shipped("10"), rules, ZoneId.of("Europe/Paris")));
    }
}
