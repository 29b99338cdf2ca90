package org.mssante.dmp.cda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mssante.dmp.bridge.extract.Samples;

class CdaSchemaTest {
    private static final String ROOT =
            "<ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">";

    private final CdaSchema schema = new CdaSchema();

    @Test
    void aDocumentOfTheDemonstrationIsValid() {
        assertThat(schema.faults(Samples.report())).isEmpty();
    }

    @Test
    void namesThePlaceAndTheRuleAndNeverTheValue() {
        String document = Samples.reportText()
                .replace("<birthTime value=\"19580214\"/>", "<birthTime value=\"le 14 février\"/>")
                .replace("<title>", "<nomDuPatient>DUPONT</nomDuPatient><title>");

        List<SchemaFault> faults = schema.faults(Samples.utf8(document));

        assertThat(faults)
                .extracting(SchemaFault::line, SchemaFault::element, SchemaFault::rule)
                .startsWith(tuple(11, "nomDuPatient", "cvc-complex-type.2.4.a"))
                .contains(tuple(33, "birthTime", "cvc-pattern-valid"));
        assertThat(faults.toString()).doesNotContain("DUPONT", "février");
    }

    @Test
    void anElementThatIsMissingIsAFaultOfTheOneThatHasToHoldIt() {
        String document = Samples.reportText().replaceFirst("(?s)<custodian>.*</custodian>", "");

        assertThat(schema.faults(Samples.utf8(document))).isNotEmpty();
    }

    /** CI-SIS, IHE laboratory, SDTC, DICOM: a consumer ignores what he does not know. */
    @Test
    void whatOthersAddInNameSpacesOfTheirOwnIsPassedOver() {
        String document = Samples.reportText()
                .replace(
                        "<title>",
                        "<lab:statusCode xmlns:lab=\"urn:oid:1.3.6.1.4.1.19376.1.3.2\" code=\"active\"><title/></lab:statusCode><title>")
                .replace("<recordTarget>", "<recordTarget xmlns:s=\"urn:hl7-org:sdtc\" s:note=\"x\">");

        assertThat(schema.faults(Samples.utf8(document))).isEmpty();
    }

    /** The types that {@code xsi:type} names are written with prefixes, which an element around the document may declare. */
    @Test
    void theDocumentInsideAStyleSheetIsLookedAt() {
        String inside = Samples.reportText()
                .replaceFirst("<\\?xml[^>]*>", "")
                .replaceFirst("<effectiveTime value=", "<effectiveTime xsi:type=\"c:TS\" value=");
        String sheet = "<xsl:stylesheet version=\"1.0\" xmlns:c=\"urn:hl7-org:v3\""
                + " xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><xsl:template match=\"/\"><p/></xsl:template>"
                + inside + "</xsl:stylesheet>";

        assertThat(schema.faults(Samples.utf8(sheet))).isEmpty();
        assertThat(schema.faults(Samples.utf8(sheet.replace("</title>", "</title><title>again</title>"))))
                .isNotEmpty();
    }

    @Test
    void theEncodingOfTheFileIsItsOwn() {
        String wide = "\uFEFF" + Samples.reportText().replace("UTF-8", "UTF-16");

        assertThat(schema.faults(wide.getBytes(StandardCharsets.UTF_16LE))).isEmpty();
    }

    @Test
    void stopsLookingAfterTheFirstFaults() {
        String many =
                ROOT + String.join("", Collections.nCopies(100_000, "<realmCode code=\" \"/>")) + "</ClinicalDocument>";

        assertThat(schema.faults(Samples.utf8(many))).hasSize(10);
    }

    @Test
    void servesManyThreadsAtOnce() {
        byte[] valid = Samples.report();
        byte[] wrong = Samples.utf8(Samples.reportText().replace("<title>", "<x/><title>"));

        assertThat(IntStream.range(0, 64)
                        .parallel()
                        .allMatch(i -> schema.faults(i % 2 == 0 ? valid : wrong).isEmpty() == (i % 2 == 0)))
                .isTrue();
    }
}
