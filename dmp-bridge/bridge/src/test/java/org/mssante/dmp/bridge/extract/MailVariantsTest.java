package org.mssante.dmp.bridge.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.outcome.Outcome;

/** Mails as other systems write them, and what the subject says of the patient. */
class MailVariantsTest {
    private final MailExtractor extractor = Samples.extractor(ExtractionLimits.DEFAULT);

    @Test
    void findsSeveralPackagesAndBareDocumentsInOneMail() {
        byte[] letter = Samples.read("lettre-de-sortie/LETTRE-DE-SORTIE.XML");
        byte[] mail = plain(Samples.multipart(
                "mixed",
                "limit",
                Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(Samples.packageFiles())),
                Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(opposedPackage())),
                Samples.part("text/xml", "lettre.xml", letter)));

        assertThat(extractor.mail(mail)).hasSize(3).allMatch(Extracted.Document.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource({
        "application/octet-stream, IHE_XDM.ZIP",
        "application/x-zip-compressed, ihe_xdm.zip",
        "text/plain, resultats.txt",
        "application/pdf, compte-rendu.pdf",
        "image/jpeg, =?utf-8?B?SUhFX1hETS56aXA=?="
    })
    void looksAtTheContentAndNotAtNameOrType(String type, String name) {
        byte[] mail = plain(
                Samples.multipart("mixed", "limit", Samples.part(type, name, Samples.zip(Samples.packageFiles()))));

        assertThat(extractor.mail(mail)).singleElement().isInstanceOf(Extracted.Document.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: image/png; name=\"=?utf-8?B?SUhFX1hETS56aXA=?=\"",
                "Content-Type: image/png; name=a.png\r\nContent-Disposition: attachment; filename*=utf-8''IHE%5FXDM%2Ezip",
                "Content-Disposition: attachment; filename=a.png\r\nContent-Type: image/png; name*0=\"IHE_X\"; name*1=DM.zip"
            })
    void refusesWhatCallsItselfAPackageUnderAnyOfItsNamesInAnyForm(String header) {
        byte[] mail = plain(Samples.multipart("mixed", "limit", header + "\r\n\r\nnot a zip archive\r\n"));

        assertThat(extractor.mail(mail))
                .singleElement()
                .isInstanceOfSatisfying(
                        Extracted.Refused.class,
                        refused -> assertThat(refused.outcome()).isEqualTo(Outcome.XDM_UNREADABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"related", "alternative", "digest-of-somebody", "signed", "parallel"})
    void looksIntoEveryMultipart(String kind) {
        byte[] mail = plain(Samples.multipart(
                "mixed",
                "outer",
                Samples.multipart(kind, "inner", Samples.part("text/xml", "DOC.XML", Samples.report()))));

        assertThat(extractor.mail(mail)).singleElement().isInstanceOf(Extracted.Document.class);
    }

    @Test
    void readsAMailThatIsTheDocument() {
        byte[] mail = plain("Content-Type: text/xml; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(Samples.report()));

        assertThat(extractor.mail(mail)).singleElement().isInstanceOf(Extracted.Document.class);
    }

    @Test
    void readsAMailWithLineFeedsOnly() {
        byte[] mail = Samples.utf8(new String(Samples.mailWithPackage(), StandardCharsets.UTF_8).replace("\r\n", "\n"));

        assertThat(extractor.mail(mail).stream().filter(Extracted.Document.class::isInstance))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'', XDM_UNREADABLE", // an attachment that arrived empty
        "<html>proxy error</html>, XDM_UNREADABLE",
        "%PDF-1.7, XDM_UNREADABLE",
        "Rar!, XDM_UNREADABLE",
        "PK, XDM_UNREADABLE"
    })
    void refusesAPackageThatIsNone(String content, Outcome expected) {
        byte[] mail = plain(Samples.multipart(
                "mixed", "limit", Samples.part("application/zip", "IHE_XDM.zip", Samples.utf8(content))));

        assertThat(codes(mail)).containsExactly(expected);
    }

    @Test
    void refusesADocumentThatDoesNotBeginAsXml() {
        byte[] mail = plain(Samples.multipart(
                "mixed", "limit", Samples.part("text/xml", "DOC.XML", Samples.utf8("lu : " + Samples.reportText()))));

        assertThat(codes(mail)).containsExactly(Outcome.CDA_UNREADABLE);
    }

    @Test
    void refusesADocumentWhoseEncodingIsNotTheDeclaredOne() {
        byte[] wrong = Samples.reportText().replace("biologiques", "réalisés").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(codes(plain(Samples.multipart("mixed", "b", Samples.part("text/xml", "DOC.XML", wrong)))))
                .containsExactly(Outcome.CDA_UNREADABLE);
    }

    @Test
    void refusesAFileWithTwoDocuments() {
        String body = Samples.reportText().substring(Samples.reportText().indexOf("<ClinicalDocument"));
        String two = "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:Object>" + body
                + "</ds:Object><ds:Object>" + body + "</ds:Object></ds:Signature>";

        assertThat(codes(plain(Samples.multipart("mixed", "b", Samples.part("text/xml", "a.xml", Samples.utf8(two))))))
                .containsExactly(Outcome.CDA_UNREADABLE);
    }

    @Test
    void readsADocumentThatNamesAStyleSheet() {
        String styled = Samples.reportText()
                .replaceFirst("\\?>", "?>\n<?xml-stylesheet type=\"text/xsl\" href=\"http://127.0.0.1:1/cda.xsl\"?>");

        assertThat(extractor.mail(plain(
                        Samples.multipart("mixed", "b", Samples.part("text/xml", "a.xml", Samples.utf8(styled))))))
                .singleElement()
                .isInstanceOf(Extracted.Document.class);
    }

    @Test
    void refusesAMailThatAnnouncesDocumentsAndHoldsNone() {
        byte[] announced = Samples.mail("Content-Type: text/plain\r\n\r\nVoir la pièce jointe.\r\n");
        byte[] ordinary = plain("Content-Type: text/plain\r\n\r\nVoir la pièce jointe.\r\n");

        assertThat(codes(announced)).containsExactly(Outcome.DOCUMENT_NOT_FOUND);
        assertThat(codes(ordinary)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "XDM/1.0/DDM+Biologie EXEMPLE-UN CAMILLE 14/02/1958|",
                "XDM/1.0/DDM+Biologie exemple un Camille 14.02.1958|",
                "XDM/1.0/DDM+Biologie|",
                "Un mot sur EXEMPLE-DEUX|",
                // only the prefix binds a subject to the form of ECO.2.1.3: other subjects end in other dates
                "Resultats de biologie du 16/11/2026|",
                "Compte rendu MARTIN ANNE 01/01/1970|",
                "XDM/1.0/DDM+Biologie EXEMPLE-UN CAMILLE 14/02/1985|SUBJECT_DOUBTFUL",
                "XDM/1.0/DDM+Biologie MARTIN CAMILLE 14/02/1958|SUBJECT_DOUBTFUL",
                "XDM/1.0/DDM+Biologie MARTIN ANNE 01/01/1970|SUBJECT_DIFFERS"
            })
    void comparesThePatientOfTheSubject(String subject, PackageFinding expected) {
        byte[] mail = Samples.utf8(new String(Samples.mailWithPackage(), StandardCharsets.UTF_8)
                .replace("XDM/1.0/DDM+Biologie EXEMPLE-UN CAMILLE 14/02/1958", subject));
        List<Extracted> found = extractor.mail(mail).stream()
                .filter(result -> !(result instanceof Extracted.Ignored))
                .toList();

        assertThat(found).singleElement().satisfies(result -> {
            if (expected == PackageFinding.SUBJECT_DIFFERS) {
                assertThat(((Extracted.Refused) result).outcome()).isEqualTo(Outcome.SUBJECT_MISMATCH);
            } else {
                assertThat(((Extracted.Document) result).warnings())
                        .isEqualTo(expected == null ? List.of() : List.of(expected.words()));
            }
        });
    }

    /** Only a qualified INS may feed a DMP (X-MSS-INS, ECO.2.4.2). */
    @ParameterizedTest
    @ValueSource(strings = {"N", "n", " N ", "O\r\nX-MSS-INS: N"})
    void refusesTheDocumentsOfAMailThatSaysThatItsInsIsNotQualified(String value) {
        byte[] mail = stating("X-MSS-INS: " + value + "\r\n");
        byte[] forwarded = Samples.mail(Samples.multipart(
                "mixed", "outer", "Content-Type: message/rfc822\r\n\r\n" + new String(mail, StandardCharsets.UTF_8)));

        assertThat(codes(mail)).containsExactly(Outcome.INS_NOT_QUALIFIED);
        assertThat(codes(forwarded)).containsExactly(Outcome.INS_NOT_QUALIFIED);
        assertThat(codes(Samples.mail(
                        Samples.multipart("mixed", "outer", Samples.part("message/rfc822", "a.eml", mail)))))
                .containsExactly(Outcome.INS_NOT_QUALIFIED);
    }

    @Test
    void theWordOfAMailCountsForItsOwnDocuments() {
        String denied = new String(stating("X-MSS-INS: N\r\n"), StandardCharsets.UTF_8);
        byte[] mail = plain(Samples.multipart(
                "mixed",
                "outer",
                "Content-Type: message/rfc822\r\n\r\n" + denied,
                // no mail's header
                "X-MSS-INS: N\r\n" + Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(opposedPackage()))));

        assertThat(extractor.mail(mail))
                .filteredOn(Extracted.Document.class::isInstance)
                .hasSize(1);
        assertThat(codes(mail)).containsExactly(Outcome.INS_NOT_QUALIFIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X-MSS-INS: \r\n", "X-MSS-INS: oui\r\n"})
    void takesAMailThatDoesNotSayWhetherItsInsIsQualifiedAsConfigured(String header) {
        MailExtractor strict = Samples.extractor(ExtractionLimits.DEFAULT, UnstatedQualification.REFUSE);

        assertThat(extractor.mail(stating(header)))
                .filteredOn(Extracted.Document.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Extracted.Document.class,
                        document -> assertThat(document.warnings())
                                .containsExactly(PackageFinding.INS_QUALIFICATION_UNSTATED.words()));
        assertThat(codes(strict, stating(header))).containsExactly(Outcome.INS_NOT_QUALIFIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"O", "o", " O "})
    void takesAMailThatSaysThatItsInsIsQualified(String value) {
        MailExtractor strict = Samples.extractor(ExtractionLimits.DEFAULT, UnstatedQualification.REFUSE);

        assertThat(codes(strict, stating("x-mss-ins: " + value + "\r\n"))).isEmpty();
    }

    /** A file signed as it stands, and the same in a message. */
    @ParameterizedTest
    @CsvSource({"IHE_XDM.zip.p7m", "crbio.xml.p7m", "signe.bin"})
    void looksIntoASignedFile(String name) throws Exception {
        byte[] content = name.startsWith("crbio") ? Samples.report() : Samples.zip(Samples.packageFiles());
        byte[] signed = new CMSSignedDataGenerator()
                .generate(new CMSProcessableByteArray(content), true)
                .getEncoded();
        byte[] twice = new CMSSignedDataGenerator()
                .generate(new CMSProcessableByteArray(signed), true)
                .getEncoded();

        for (byte[] file : List.of(signed, twice)) {
            assertThat(extractor.mail(plain(
                            Samples.multipart("mixed", "b", Samples.part("application/octet-stream", name, file)))))
                    .singleElement()
                    .isInstanceOf(Extracted.Document.class);
        }
    }

    /** RFC 2045 §6.4 forbids it. */
    @Test
    void looksIntoAMultipartInBase64() {
        String inside = Samples.multipart("mixed", "in", Samples.part("text/xml", "a.xml", Samples.report()));
        String header = inside.substring(0, inside.indexOf("\r\n\r\n"));
        String encoded =
                Base64.getMimeEncoder().encodeToString(Samples.utf8(inside.substring(inside.indexOf("\r\n\r\n") + 4)));

        assertThat(extractor.mail(plain(header + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + encoded)))
                .singleElement()
                .isInstanceOf(Extracted.Document.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "<!-- a comment before -->", "\r\n"})
    void readsADocumentThatIsEncodedTwice(String before) {
        byte[] once = Base64.getMimeEncoder()
                .encode(Samples.utf8(before + Samples.reportText().replaceFirst("<\\?xml[^>]*\\?>", "")));

        assertThat(extractor.mail(plain(Samples.multipart("mixed", "b", Samples.part("text/xml", "a.xml", once)))))
                .singleElement()
                .isInstanceOf(Extracted.Document.class);
    }

    @Test
    void takesWordsOfLettersForWhatTheyAre() {
        byte[] mail = plain(Samples.multipart("mixed", "b", "Content-Type: text/plain\r\n\r\nBonjour Merci\r\n"));

        assertThat(extractor.mail(mail)).containsExactly(new Extracted.Ignored("1", "text"));
    }

    /** What stands in another message, or at an address, is not looked for there, and its sender learns it. */
    @Test
    void refusesAPieceOfAMessageAndAPackageThatIsKeptElsewhere() {
        byte[] piece =
                plain("Content-Type: message/partial; id=a; number=1; total=2\r\n\r\nContent-Type: text/plain\r\n");
        String elsewhere = "Content-Type: message/external-body; access-type=URL; URL=\"http://127.0.0.1:1/\"";
        String named = elsewhere + "\r\n\r\nContent-Type: application/zip; name=";

        assertThat(codes(piece)).containsExactly(Outcome.MAIL_UNREADABLE);
        assertThat(codes(plain(named + "IHE_XDM.zip"))).containsExactly(Outcome.XDM_UNREADABLE);
        assertThat(codes(plain(named + "photos.zip"))).isEmpty();
    }

    /** multipart/appledouble (RFC 1740): the second fork comes under the name of the file. */
    @Test
    void passesOverTheForkThatMacOsSendsBesideAPackage() {
        byte[] mail = plain(Samples.multipart(
                "appledouble",
                "b",
                Samples.part("application/applefile", "IHE_XDM.zip", new byte[] {0, 5, 22, 7, 0, 2, 0, 0}),
                Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(Samples.packageFiles()))));

        assertThat(codes(mail)).isEmpty();
        assertThat(extractor.mail(mail)).hasAtLeastOneElementOfType(Extracted.Document.class);
    }

    /** The style sheet that comes with foreign documents names their root element. */
    @Test
    void passesOverAStyleSheetForCdaDocuments() {
        String sheet = "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\""
                + " xmlns:n1=\"urn:hl7-org:v3\"><xsl:template match=\"n1:ClinicalDocument\"/></xsl:stylesheet>";

        assertThat(codes(plain(
                        Samples.multipart("mixed", "b", Samples.part("text/xml", "CDA.xsl", Samples.utf8(sheet))))))
                .isEmpty();
    }

    private static byte[] stating(String header) {
        return Samples.utf8(
                new String(Samples.mailWithPackage(), StandardCharsets.UTF_8).replace("X-MSS-INS: O\r\n", header));
    }

    private List<Outcome> codes(byte[] mail) {
        return codes(extractor, mail);
    }

    private static List<Outcome> codes(MailExtractor by, byte[] mail) {
        return by.mail(mail).stream()
                .filter(Extracted.Refused.class::isInstance)
                .map(result -> ((Extracted.Refused) result).outcome())
                .toList();
    }

    private static byte[] plain(String entity) {
        return Samples.plainMail(entity);
    }

    private static Map<String, byte[]> opposedPackage() {
        return Map.of(
                "IHE_XDM/SUBSET01/METADATA.XML",
                Samples.read("biologie-opposed/IHE_XDM/SUBSET01/METADATA.XML"),
                "IHE_XDM/SUBSET01/DOC00001.XML",
                Samples.read("biologie-opposed/IHE_XDM/SUBSET01/DOC00001.XML"));
    }
}
