package org.mssante.dmp.cda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.core.id.Ins;
import org.mssante.core.id.Oid;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.bridge.filing.SubmissionSource;
import org.mssante.dmp.xds.metadata.Author;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.Hash;
import org.mssante.dmp.xds.metadata.SubmissionSet;

/**
 * The mapping of a CDA header to XDS metadata, attribute by attribute. What is expected is written as the mapping page of the
 * volet Transmission of CI-SIS has it, for a header that uses all of it.
 */
class MappingSpecificationTest {
    private static final String HEADER = """
            <ClinicalDocument xmlns="urn:hl7-org:v3">
              <templateId root="1.2.250.1.213.1.1.1.1"/>
              <templateId root="1.2.250.1.213.1.1.1.45" extension="2024.01"/>
              <id root="1.2.250.1.999.8.1"/>
              <code code="18748-4" codeSystem="2.16.840.1.113883.6.1" displayName="CR d'imagerie médicale"/>
              <title>Scanner du genou &amp; radiographie</title>
              <effectiveTime value="20260329033015+0200"/>
              <confidentialityCode code="R" codeSystem="2.16.840.1.113883.5.25" displayName="Restricted"/>
              <languageCode code="fr-FR"/>
              <setId root="1.2.250.1.999.8"/>
              <versionNumber value="3"/>
              <recordTarget><patientRole>
                <id root="1.2.250.1.213.1.4.10" extension="279035121518989"/>
                <id root="1.2.250.1.213.1.4.13" extension="279035121518989"/>
                <id root="1.2.250.1.999.1.2" extension="IPP&amp;7"/>
                <patient>
                  <name><family qualifier="BR">D'ARTAGNAN</family><given>ANNE MARIE</given><given qualifier="BR">ANNE</given>
                    <family qualifier="CL">DURAND</family><given qualifier="CL">MARIE</given></name>
                  <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/>
                  <birthTime value="19790328101500+0100"/>
                  <birthplace><place><addr><county>51215</county></addr></place></birthplace>
                </patient>
              </patientRole></recordTarget>
              <author>
                <functionCode code="PRELV" displayName="Préleveur"/><time value="20260329033015+0200"/>
                <assignedAuthor>
                  <id root="1.2.250.1.215.300.5" extension="751234567"/>
                  <id root="1.2.250.1.71.4.2.1" extension="810001234567"/>
                  <code code="G15_10/SM44" codeSystem="1.2.250.1.213.1.1.4.5" displayName="Médecin - Radiodiagnostic (SM)"/>
                  <assignedPerson><name><family>LE^FÈVRE</family><given>Zoé</given></name></assignedPerson>
                  <representedOrganization><id root="1.2.250.1.71.4.2.2" extension="1750000001"/>
                    <name>Radiologie &amp; Fils</name></representedOrganization>
                </assignedAuthor>
              </author>
              <author><time value="20260329033015+0200"/>
                <assignedAuthor>
                  <id root="1.2.250.1.71.4.2.1" extension="3750000001/456"/>
                  <assignedPerson><name><family>MARTIN</family><given>Luc</given></name></assignedPerson>
                  <representedOrganization><id root="1.2.250.1.71.4.2.2" extension="1750000001"/>
                    <name nullFlavor="NI"/></representedOrganization>
                </assignedAuthor>
              </author>
              <author><time value="20260329033015+0200"/>
                <assignedAuthor>
                  <id root="1.2.250.1.71.4.2.1" extension="1750000001/console-2"/>
                  <code code="AUTOMATE" codeSystem="1.2.250.1.213.1.1.4.6" displayName="Dispositif"/>
                  <assignedAuthoringDevice><manufacturerModelName>Console 2</manufacturerModelName>
                    <softwareName>Imageur</softwareName></assignedAuthoringDevice>
                </assignedAuthor>
              </author>
              <author><time value="20260329033015+0200"/>
                <assignedAuthor>
                  <id root="1.2.250.1.213.1.4.10" extension="279035121518989"/>
                  <assignedPerson><name><family>DURAND</family><given>MARIE</given></name></assignedPerson>
                </assignedAuthor>
              </author>
              <author><time value="20260329033015+0200"/>
                <assignedAuthor>
                  <id nullFlavor="UNK"/>
                  <assignedPerson><name><family>INCONNU</family></name></assignedPerson>
                </assignedAuthor>
              </author>
              <custodian><assignedCustodian><representedCustodianOrganization>
                <id root="1.2.250.1.71.4.2.2" extension="1750000001"/></representedCustodianOrganization></assignedCustodian>
              </custodian>
              <legalAuthenticator><time value="20260329033015+0200"/><signatureCode code="S"/>
                <assignedEntity>
                  <id root="1.2.250.1.71.4.2.1" extension="810009999999"/>
                  <assignedPerson><name><family>CHEF</family><given>Paul</given></name></assignedPerson>
                </assignedEntity>
              </legalAuthenticator>
              <inFulfillmentOf><order>
                <id root="1.2.250.1.999.5" extension="D-77"/>
                <accessionNumber xmlns="urn:dicom-org:ps3-20" root="1.2.250.1.999.6" extension="A-88"/>
              </order></inFulfillmentOf>
              <documentationOf><serviceEvent>
                <code code="ZZQK002" codeSystem="1.2.250.1.213.2.5" displayName="Radiographie du thorax"/>
              </serviceEvent></documentationOf>
              <documentationOf><serviceEvent>
                <id root="1.2.840.113619.2.62.994044785528.114289542805"/>
                <code code="NFQK001" codeSystem="1.2.250.1.213.2.5" displayName="Scanographie du genou"/>
                <effectiveTime><low value="202603290030+0100"/><high value="20261025023000+0100"/></effectiveTime>
                <performer typeCode="PRF"><assignedEntity><id root="1.2.250.1.71.4.2.1" extension="810001234567"/>
                  <representedOrganization>
                    <standardIndustryClassCode code="ETABLISSEMENT" codeSystem="1.2.250.1.213.1.1.4.9"
                      displayName="Etablissement de santé"/></representedOrganization></assignedEntity></performer>
              </serviceEvent></documentationOf>
              <relatedDocument typeCode="RPLC"><parentDocument><id root="1.2.250.1.999.8.0"/></parentDocument></relatedDocument>
              <componentOf><encompassingEncounter>
                <code code="IMP" codeSystem="2.16.840.1.113883.5.4"/><effectiveTime nullFlavor="UNK"/>
                <location><healthCareFacility>
                  <code code="SA01" codeSystem="1.2.250.1.71.4.2.4" displayName="Etablissement public de santé"/>
                </healthCareFacility></location>
              </encompassingEncounter></componentOf>
              <component><structuredBody><component><section/></component></structuredBody></component>
            </ClinicalDocument>
            """;
    private static final Code INVISIBLE =
            new Code("INVISIBLE_PATIENT", "1.2.250.1.213.1.1.4.13", "Non visible par le patient");
    private static final SenderMetadata SENDER =
            new SenderMetadata(List.of(INVISIBLE), Optional.empty(), Optional.of("Consultation d'annonce le 12"));

    private final DocumentEntry entry = fileable(HEADER).entry();

    @Test
    void identifiersAndPatient() {
        assertThat(entry.uniqueId()).isEqualTo("1.2.250.1.999.8.1");
        assertThat(entry.patientId().text()).isEqualTo("279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH");
        // the NIR as an insurance number (1.2.250.1.213.1.4.13) is no local identifier
        assertThat(entry.sourcePatientId().orElseThrow().text()).isEqualTo("IPP\\T\\7^^^&1.2.250.1.999.1.2&ISO^PI");
        assertThat(entry.sourcePatientInfo().lines())
                .containsExactly(
                        "PID-5|D'ARTAGNAN^ANNE^^^^^L", "PID-5|DURAND^MARIE^^^^^D", "PID-7|19790328", "PID-8|F");
    }

    @Test
    void codes() {
        assertThat(texts(entry.classCode().stream())).containsExactly("31^1.2.250.1.213.1.1.4.1");
        assertThat(texts(entry.typeCode().stream())).containsExactly("18748-4^2.16.840.1.113883.6.1");
        assertThat(texts(entry.formatCode().stream()))
                .containsExactly("urn:ihe:rad:CDA:ImagingReportStructuredHeadings:2013^1.3.6.1.4.1.19376.1.2.3");
        assertThat(texts(entry.healthcareFacilityTypeCode().stream())).containsExactly("SA01^1.2.250.1.71.4.2.4");
        assertThat(texts(entry.practiceSettingCode().stream())).containsExactly("ETABLISSEMENT^1.2.250.1.213.1.1.4.9");
        assertThat(texts(entry.eventCodes().stream()))
                .containsExactly("ZZQK002^1.2.250.1.213.2.5", "NFQK001^1.2.250.1.213.2.5");
        // the document's own first, then what only the sender's metadata can say
        assertThat(texts(entry.confidentialityCodes().stream()))
                .containsExactly("R^2.16.840.1.113883.5.25", "INVISIBLE_PATIENT^1.2.250.1.213.1.1.4.13");
    }

    @Test
    void timesInUtcAndTexts() {
        assertThat(entry.creationTime().orElseThrow().value()).isEqualTo("20260329013015");
        assertThat(entry.serviceStartTime().orElseThrow().value()).isEqualTo("202603282330");
        assertThat(entry.serviceStopTime().orElseThrow().value()).isEqualTo("20261025013000");
        assertThat(entry.title()).contains("Scanner du genou & radiographie");
        assertThat(entry.comments()).contains("Consultation d'annonce le 12");
        assertThat(entry.languageCode()).contains("fr-FR");
        assertThat(entry.mimeType()).isEqualTo("text/xml");
    }

    @Test
    void everyAuthorInTheOrderOfTheDocument() {
        assertThat(entry.authors().stream()
                        .map(author -> author.person().orElseThrow().text()))
                .containsExactly(
                        "810001234567^LE\\S\\FÈVRE^Zoé^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS",
                        "3750000001/456^MARTIN^Luc^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^EI",
                        "1750000001/console-2^Imageur^Console 2^^^^^^&1.2.250.1.71.4.2.1&ISO^U^^^RI",
                        "279035121518989^DURAND^MARIE^^^^^^&1.2.250.1.213.1.4.10&ISO^D^^^NH",
                        "^INCONNU^^^^^^^^D");
        assertThat(institutions(0))
                .containsExactly("Radiologie \\T\\ Fils^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1750000001");
        assertThat(institutions(1)).containsExactly("^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1750000001");
        assertThat(institutions(2)).isEmpty();
        assertThat(entry.authors().stream().map(Author::roles))
                .containsExactly(List.of("Préleveur"), List.of(), List.of(), List.of(), List.of());
        assertThat(entry.authors().get(0).specialties().get(0).text())
                .isEqualTo("G15_10/SM44^Médecin - Radiodiagnostic (SM)^1.2.250.1.213.1.1.4.5");
        assertThat(entry.authors().get(2).specialties().get(0).text())
                .isEqualTo("AUTOMATE^Dispositif^1.2.250.1.213.1.1.4.6");
    }

    @Test
    void legalAuthenticatorAndReferences() {
        assertThat(entry.legalAuthenticator().orElseThrow().text())
                .isEqualTo("810009999999^CHEF^Paul^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS");
        assertThat(entry.referenceIds().stream().map(id -> id.text()))
                .containsExactlyInAnyOrder(
                        "A-88^^^&1.2.250.1.999.6&ISO^urn:ihe:iti:xds:2013:accession",
                        "D-77^^^&1.2.250.1.999.5&ISO^urn:ihe:iti:xds:2013:order",
                        "1.2.840.113619.2.62.994044785528.114289542805^^^^urn:ihe:iti:xds:2016:studyInstanceUID");
    }

    /** What STORE and server compute, and what XDM alone has, is not in a submission. */
    @Test
    void attributesThatOthersGiveAreLeftOut() {
        assertThat(entry.hash()).isEmpty();
        assertThat(entry.size()).isEmpty();
        assertThat(entry.uri()).isEmpty();
        assertThat(entry.repositoryId()).isEmpty();
        assertThat(entry.availability()).isEmpty();
        assertThat(entry.logicalId()).isEmpty();
    }

    @Test
    void versionAndRelation() {
        Assessment.Fileable document = fileable(HEADER);

        assertThat(document.setId()).contains("1.2.250.1.999.8");
        assertThat(document.version()).hasValue(3);
        assertThat(document.replaces()).contains("1.2.250.1.999.8.0");
    }

    @Test
    void submissionSet() {
        Assessment.Fileable document = fileable(HEADER);
        SubmissionSet set = new SubmissionSource(new Oid("1.2.250.1.999.9"))
                .set(document, Hash.sha1(Samples.utf8(HEADER)), Instant.parse("2026-03-29T01:31:00Z"));

        assertThat(set.authors()).containsExactly(entry.authors().get(0));
        assertThat(texts(set.contentTypeCode().stream())).containsExactly("03^1.2.250.1.213.2.2");
        assertThat(set.patientId().text()).isEqualTo(entry.patientId().text());
        assertThat(set.sourceId()).isEqualTo("1.2.250.1.999.9");
        assertThat(set.submissionTime().orElseThrow().value()).isEqualTo("20260329013100");
        assertThat(set.uniqueId()).startsWith("1.2.250.1.999.9.").hasSizeLessThanOrEqualTo(64);
        assertThat(Oid.isOid(set.uniqueId())).isTrue();
    }

    /** Local with an offset in the document, UTC in XDS; without an offset the time of the configured zone. */
    @ParameterizedTest
    @CsvSource({
        "20260101003000+0100, 20251231233000",
        "20260701003000+0200, 20260630223000",
        "20260329013000, 20260329003000", // the last hour of winter time
        "20260329033000, 20260329013000", // the first of summer time
        "20260701120000-0400, 20260701160000", // overseas
        "20260701120000+1100, 20260701010000",
        "20260701120000+0530, 20260701063000",
        "202607011200+0200, 202607011000",
        "20260701, 20260701",
        "20260701120000.123+0200, 20260701100000"
    })
    void timeOfTheDocument(String written, String expected) {
        DocumentEntry changed =
                fileable(HEADER.replaceFirst("20260329033015\\+0200", written)).entry();

        assertThat(changed.creationTime().orElseThrow().value()).isEqualTo(expected);
    }

    @Test
    void aTitleIsCutWhereXdsEndsItAndTheTraceSaysSo() {
        String longest = "é".repeat(128);

        assertThat(titled(longest).entry().title()).contains(longest);
        assertThat(titled(longest).warnings()).isEmpty();
        assertThat(titled(longest + "x").entry().title()).contains(longest);
        assertThat(titled(longest + "x").warnings()).hasSize(1);
    }

    private static Assessment.Fileable titled(String title) {
        return fileable(HEADER.replace("Scanner du genou &amp; radiographie", title));
    }

    private List<String> institutions(int author) {
        return entry.authors().get(author).institutions().stream()
                .map(structure -> structure.text())
                .toList();
    }

    private static List<String> texts(Stream<Code> codes) {
        return codes.map(code -> code.code() + "^" + code.codeSystem()).toList();
    }

    private static Assessment.Fileable fileable(String document) {
        CdaHeader header = ((CdaReading.Cda) new CdaReader(CdaLimits.DEFAULT).read(Samples.utf8(document))).header();
        InsRules rules = new InsRules(List.of(Ins.NIR_TEST), false, EnumSet.allOf(Trait.class), false);
        HeaderAssessor assessor = new HeaderAssessor(
                new PatientIdentity(rules),
                new CdaMetadata(Associations.shipped("10"), rules, ZoneId.of("Europe/Paris")));
        return (Assessment.Fileable) assessor.assess(header, SENDER);
    }
}
