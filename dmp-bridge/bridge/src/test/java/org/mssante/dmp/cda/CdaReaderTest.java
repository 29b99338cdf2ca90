package org.mssante.dmp.cda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.bridge.extract.Samples;

class CdaReaderTest {
    private final CdaReader reader = new CdaReader(CdaLimits.DEFAULT);

    @Test
    void readsTheHeaderOfTheNormalForm() {
        CdaHeader header = header(Samples.report());

        assertThat(header.form()).isEqualTo(RootForm.DOCUMENT);
        assertThat(header.id()).contains(new InstanceId(Samples.DOCUMENT_ID, ""));
        assertThat(header.versionNumber()).contains("1");
        assertThat(header.templateIds()).contains(new TemplateId("1.2.250.1.213.1.1.1.55", "2024.01"));
        assertThat(header.body().kind()).isEqualTo(Body.Kind.STRUCTURED);
        assertThat(header.patients()).singleElement().satisfies(patient -> {
            assertThat(patient.birthFamilyName()).contains("EXEMPLE-UN");
            assertThat(patient.firstGivenName()).contains("CAMILLE");
            assertThat(patient.birthPlace()).contains("99999");
        });
    }

    @Test
    void knowsTheMediaTypeOfAnUnstructuredBody() {
        Body body =
                header(Samples.read("lettre-de-sortie/LETTRE-DE-SORTIE.XML")).body();

        assertThat(body.kind()).isEqualTo(Body.Kind.UNSTRUCTURED);
        assertThat(body.mediaType()).contains("application/pdf");
    }

    @Test
    void readsADocumentInsideAStyleSheet() {
        String sheet = "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\">"
                + "<xsl:template match=\"/\"><html/></xsl:template>" + body() + "</xsl:stylesheet>";

        assertThat(header(Samples.utf8(sheet)).form()).isEqualTo(RootForm.STYLESHEET);
        assertThat(RootForm.STYLESHEET.mimeType()).isEqualTo("application/xslt+xml");
    }

    @Test
    void readsADocumentInsideASignature() {
        String signed = "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo/><ds:Object>"
                + body() + "</ds:Object></ds:Signature>";

        assertThat(header(Samples.utf8(signed)).form()).isEqualTo(RootForm.SIGNED);
    }

    @Test
    void readsOtherEncodingsAndLeadingBlanks() {
        String latin = Samples.reportText().replace("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"");

        assertThat(header(latin.getBytes(StandardCharsets.ISO_8859_1)).title())
                .contains("Compte rendu d'examens biologiques");
        assertThat(header(("\uFEFF" + Samples.reportText().replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\""))
                                .getBytes(StandardCharsets.UTF_16LE))
                        .id())
                .isPresent();
        assertThat(header(Samples.utf8("\r\n  " + Samples.reportText())).id()).isPresent();
        assertThat(header(Samples.utf8("\uFEFF" + Samples.reportText())).id()).isPresent();
    }

    @Test
    void refusesADocumentTypeDeclarationUnread() {
        String entities = "<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d SYSTEM \"http://127.0.0.1:1/x\">]>" + body();

        assertThat(outcome(entities)).isEqualTo(Outcome.XML_FORBIDDEN_CONSTRUCT);
    }

    /** The parser of the JDK lacks its message for this, and throws for want of it; found by fuzzing. */
    @Test
    void refusesAForbiddenCharacterInADocumentTypeDeclaration() {
        assertThat(outcome("<!DOCTYPE a \u0002>" + body())).isEqualTo(Outcome.CDA_UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16BE, UTF-16, '', true",
        "UTF-16LE, UTF-16, '', true",
        "UTF-16LE, UTF-16LE, '', true",
        "UTF-16BE, utf-16, \uFEFF, true",
        "UTF-16LE, UTF-16, \uFEFF, true",
        "windows-1252, windows-1252, '', true",
        "UTF-16LE, ISO-8859-1, \uFEFF, false",
        "UTF-8, UTF-16, '', false",
        "UTF-8, x-unknown, '', false"
    })
    void takesADocumentInTheEncodingItDeclaresOnly(String written, String declared, String mark, boolean readable) {
        String text = mark + Samples.reportText().replace("encoding=\"UTF-8\"", "encoding=\"" + declared + "\"");
        CdaReading reading = reader.read(text.getBytes(Charset.forName(written)));

        assertThat(reading).isInstanceOf(readable ? CdaReading.Cda.class : CdaReading.Unreadable.class);
    }

    @Test
    void refusesWhatIsBroken() {
        assertThat(outcome(Samples.reportText().substring(0, 4_000))).isEqualTo(Outcome.CDA_UNREADABLE);
        assertThat(outcome(Samples.reportText() + "<more/>")).isEqualTo(Outcome.CDA_UNREADABLE);
        assertThat(outcome("<ClinicalDocument/>")).isEqualTo(Outcome.CDA_UNREADABLE);
    }

    @Test
    void refusesADocumentInAnEnvelopeOfSomebodysOwn() {
        String wrapped = "<Envelope xmlns=\"urn:example\"><Body>" + body() + "</Body></Envelope>";

        assertThat(reader.read(Samples.utf8(wrapped)))
                .isInstanceOfSatisfying(
                        CdaReading.Unreadable.class,
                        refused -> assertThat(refused.detail()).contains("inside the element Envelope"));
    }

    @Test
    void refusesAnEncodingThatNoDocumentMayHave() {
        String wide = Samples.reportText().replace("encoding=\"UTF-8\"", "encoding=\"UTF-32\"");
        byte[] bytes = wide.getBytes(Charset.forName("UTF-32LE"));

        assertThat(CdaReader.mentionsCda(bytes)).isTrue();
        assertThat(reader.read(bytes)).isInstanceOf(CdaReading.Unreadable.class);
    }

    @Test
    void refusesWhatIsTooLarge() {
        CdaLimits small = new CdaLimits(100_000, 30, 200, 10_000);
        CdaReader strict = new CdaReader(small);
        String deep = body().replace("<title>", "<a>".repeat(40) + "</a>".repeat(40) + "<title>");

        assertThat(strict.read(new byte[100_001])).isInstanceOf(CdaReading.Unreadable.class);
        assertThat(strict.read(Samples.utf8(deep)))
                .isInstanceOfSatisfying(
                        CdaReading.Unreadable.class,
                        refused -> assertThat(refused.outcome()).isEqualTo(Outcome.DOCUMENT_TOO_LARGE));
    }

    @Test
    void saysWhatElseAnXmlFileIs() {
        assertThat(reader.read(Samples.utf8("<Bundle xmlns=\"http://hl7.org/fhir\"/>")))
                .isInstanceOfSatisfying(
                        CdaReading.NotCda.class,
                        other -> assertThat(other.what()).contains("Bundle"));
        assertThat(reader.read(Samples.utf8("no xml"))).isInstanceOf(CdaReading.NotCda.class);
    }

    @Test
    void writesAUuidAsTheOidOfX667() {
        assertThat(DocumentId.oid(new InstanceId("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "")))
                .hasValueSatisfying(
                        oid -> assertThat(oid.value()).isEqualTo("2.25.329800735698586629295641978511506172918"));
        assertThat(DocumentId.oid(new InstanceId("1.2.3", "x"))).isEmpty();
        assertThat(DocumentId.oid(new InstanceId("1.02.3", ""))).isEmpty();
    }

    private CdaHeader header(byte[] bytes) {
        return ((CdaReading.Cda) reader.read(bytes)).header();
    }

    private Outcome outcome(String xml) {
        return ((CdaReading.Unreadable) reader.read(Samples.utf8(xml))).outcome();
    }

    /** The sample without its XML declaration. */
    private static String body() {
        return Samples.reportText().substring(Samples.reportText().indexOf("<ClinicalDocument"));
    }
}
