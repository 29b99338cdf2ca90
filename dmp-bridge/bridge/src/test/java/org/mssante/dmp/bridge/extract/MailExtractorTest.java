package org.mssante.dmp.bridge.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.junit.jupiter.api.Test;
import org.mssante.core.outcome.Outcome;

class MailExtractorTest {
    private final MailExtractor extractor = new MailExtractor(ExtractionLimits.DEFAULT);

    @Test
    void findsTheDocumentOfAPackage() {
        assertThat(documents(Samples.mailWithPackage())).singleElement().satisfies(document -> {
            assertThat(document.bytes().copy()).isEqualTo(Samples.report());
            assertThat(document.warnings()).isEmpty();
        });
    }

    @Test
    void findsABareDocumentWhateverItsNameAndType() {
        byte[] mail = Samples.mail(Samples.multipart(
                "mixed", "limit", Samples.part("application/octet-stream", "resultat.dat", Samples.report())));

        assertThat(documents(mail))
                .singleElement()
                .satisfies(document -> assertThat(document.bytes().copy()).isEqualTo(Samples.report()));
    }

    @Test
    void takesTheSameDocumentInThePackageAndBesideItOnce() {
        byte[] mail = Samples.mail(Samples.multipart(
                "mixed",
                "limit",
                Samples.part("text/xml", "DOC.xml", Samples.report()),
                Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(Samples.packageFiles()))));

        assertThat(documents(mail)).hasSize(1);
    }

    @Test
    void doesNotFileTheCopyBesideAPackageWhoseMetadataSpeakAgainstIt() {
        Map<String, byte[]> files = changedMetadata("258029999900145^^^", "171119999900286^^^");
        byte[] mail = Samples.mail(Samples.multipart(
                "mixed",
                "limit",
                Samples.part("text/xml", "DOC.xml", Samples.report()),
                Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(files))));

        assertThat(documents(mail)).isEmpty();
        assertThat(codes(mail)).containsExactly(Outcome.INS_MISMATCH);
    }

    @Test
    void looksIntoNestedMessagesAndMultiparts() {
        String inner = new String(Samples.mailWithPackage(), StandardCharsets.UTF_8);
        byte[] mail = Samples.mail(Samples.multipart(
                "mixed",
                "outer",
                Samples.multipart("alternative", "middle", "Content-Type: text/plain\r\n\r\nvu\r\n"),
                "Content-Type: message/rfc822\r\n\r\n" + inner));

        assertThat(documents(mail)).hasSize(1);
    }

    @Test
    void looksIntoAMessageThatIsAttachedInBase64() {
        byte[] mail = Samples.mail(Samples.multipart(
                "mixed", "outer", Samples.part("message/rfc822", "a.eml", Samples.mailWithPackage())));

        assertThat(documents(mail)).hasSize(1);
    }

    @Test
    void looksIntoAMultipartThatLostItsBoundaryParameter() {
        String whole = new String(Samples.mailWithPackage(), StandardCharsets.UTF_8);
        byte[] mail = Samples.utf8(whole.replace("; boundary=\"limit\"", ""));

        assertThat(documents(mail)).hasSize(1);
    }

    @Test
    void looksIntoDetachedSignedMail() {
        byte[] mail = Samples.mail(Samples.multipart(
                "signed",
                "outer",
                Samples.multipart(
                        "mixed",
                        "inner",
                        Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(Samples.packageFiles()))),
                Samples.part("application/pkcs7-signature", "smime.p7s", new byte[] {0x30, 0x03, 0x02, 0x01, 0x00})));

        assertThat(documents(mail)).hasSize(1);
    }

    @Test
    void looksIntoOpaqueSignedMail() throws Exception {
        byte[] inner = Samples.utf8(Samples.multipart(
                "mixed", "inner", Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(Samples.packageFiles()))));
        byte[] signed = new CMSSignedDataGenerator()
                .generate(new CMSProcessableByteArray(inner), true)
                .getEncoded();
        byte[] mail = Samples.mail(Samples.part("application/pkcs7-mime; smime-type=signed-data", "smime.p7m", signed));

        assertThat(documents(mail)).hasSize(1);
    }

    @Test
    void keepsLineBreaksHiddenInASubjectOutOfTheHeader() {
        byte[] mail = Samples.utf8("Subject: =?utf-8?B?QQ0KQmNjOiB4QHkuZnI=?=\r\n\r\n");

        assertThat(MailHeader.of(mail).subject()).isEqualTo("A Bcc: x@y.fr");
    }

    @Test
    void takesNamesWithoutCaseExtraLevelsAndClutter() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("IHE_XDM/IHE_XDM/Subset02/metadata.xml", Samples.utf8("\uFEFF" + Samples.metadataText()));
        files.put("IHE_XDM/IHE_XDM/Subset02/doc00001.xml", Samples.report());
        files.put("IHE_XDM/IHE_XDM/Subset02/._doc00001.xml", new byte[] {0, 5, 22, 7});
        files.put(
                "IHE_XDM/IHE_XDM/Subset02/STYLE.XSL",
                Samples.utf8(
                        "<xsl:stylesheet version=\"1.0\" " + "xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"/>"));

        List<Extracted> results = extractor.file("paquet.bin", Samples.zip(files));

        assertThat(results).singleElement().isInstanceOf(Extracted.Document.class);
    }

    @Test
    void findsSeveralSubmissionSets() {
        Map<String, byte[]> files = new LinkedHashMap<>(Samples.packageFiles());
        files.put("IHE_XDM/SUBSET02/METADATA.XML", Samples.read("biologie-opposed/IHE_XDM/SUBSET01/METADATA.XML"));
        files.put("IHE_XDM/SUBSET02/DOC00001.XML", Samples.read("biologie-opposed/IHE_XDM/SUBSET01/DOC00001.XML"));

        assertThat(extractor.file("IHE_XDM.zip", Samples.zip(files)))
                .hasSize(2)
                .allMatch(Extracted.Document.class::isInstance);
    }

    @Test
    void warnsOnlyWhereLineEndsChangedTheHash() {
        Map<String, byte[]> files = Samples.packageFiles();
        files.put(
                "IHE_XDM/SUBSET01/DOC00001.XML",
                Samples.utf8(Samples.reportText().replace("\n", "\r\n")));

        assertThat(extractor.file("a.zip", Samples.zip(files)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Extracted.Document.class,
                        document ->
                                assertThat(document.warnings()).containsExactly(PackageFinding.HASH_LINE_ENDS.words()));
    }

    @Test
    void takesAHashInUpperCaseAsTheSame() {
        String hash = DocumentBytes.copyOf(Samples.report()).sha1().hex();
        Map<String, byte[]> files = changedMetadata(hash, hash.toUpperCase(Locale.ROOT));

        assertThat(extractor.file("a.zip", Samples.zip(files)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Extracted.Document.class,
                        document -> assertThat(document.warnings()).isEmpty());
    }

    @Test
    void refusesADocumentWhoseContentIsNotTheAnnouncedOne() {
        Map<String, byte[]> files = Samples.packageFiles();
        files.put(
                "IHE_XDM/SUBSET01/DOC00001.XML",
                Samples.utf8(Samples.reportText().replace("5.1", "9.1")));

        assertThat(fileCodes(files)).containsExactly(Outcome.XDM_HASH_MISMATCH);
    }

    @Test
    void refusesAMissingDocument() {
        Map<String, byte[]> files = Samples.packageFiles();
        files.remove("IHE_XDM/SUBSET01/DOC00001.XML");

        assertThat(fileCodes(files)).containsExactly(Outcome.XDM_DOCUMENT_MISSING);
    }

    @Test
    void refusesAPackageWithoutMetadata() {
        Map<String, byte[]> files = Samples.packageFiles();
        files.remove("IHE_XDM/SUBSET01/METADATA.XML");

        assertThat(fileCodes(files)).containsExactly(Outcome.XDM_UNREADABLE);
    }

    @Test
    void refusesADtdInDocumentAndMetadata() {
        String dtd = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
        Map<String, byte[]> inDocument = Samples.packageFiles();
        inDocument.put("IHE_XDM/SUBSET01/DOC00001.XML", Samples.utf8(withDtd(Samples.reportText(), dtd)));
        Map<String, byte[]> inMetadata = Samples.packageFiles();
        inMetadata.put("IHE_XDM/SUBSET01/METADATA.XML", Samples.utf8(withDtd(Samples.metadataText(), dtd)));

        assertThat(fileCodes(inDocument)).containsExactly(Outcome.XML_FORBIDDEN_CONSTRUCT);
        assertThat(fileCodes(inMetadata)).containsExactly(Outcome.XML_FORBIDDEN_CONSTRUCT);
    }

    @Test
    void refusesADocumentThatThePackageDoesNotAnnounce() {
        Map<String, byte[]> files = Samples.packageFiles();
        files.put("IHE_XDM/SUBSET01/DOC00002.XML", Samples.read("lettre-de-sortie/LETTRE-DE-SORTIE.XML"));

        assertThat(fileCodes(files)).containsExactly(Outcome.XDM_UNREADABLE);
    }

    @Test
    void refusesAnAnnouncedDocumentThatIsNoCda() {
        Map<String, byte[]> files = Samples.packageFiles();
        files.put("IHE_XDM/SUBSET01/DOC00001.XML", Samples.utf8("%PDF-1.4"));

        assertThat(fileCodes(files)).containsExactly(Outcome.CDA_UNREADABLE);
    }

    @Test
    void refusesUnsafeNames() {
        Map<String, byte[]> files = Samples.packageFiles();
        files.put("IHE_XDM/../../etc/cron.d/x", new byte[] {1});

        assertThat(fileCodes(files)).containsExactly(Outcome.XDM_UNREADABLE);
    }

    @Test
    void refusesAZipBomb() {
        Map<String, byte[]> files = Samples.packageFiles();
        files.put("IHE_XDM/SUBSET01/DOC00001.XML", new byte[50_000_000]);

        assertThat(fileCodes(files)).containsExactly(Outcome.DOCUMENT_TOO_LARGE);
    }

    @Test
    void refusesTooManyEntries() {
        Map<String, byte[]> files = Samples.packageFiles();
        for (int i = 0; i < 1_000; i++) {
            files.put("f" + i, new byte[0]);
        }

        assertThat(fileCodes(files)).containsExactly(Outcome.DOCUMENT_TOO_LARGE);
    }

    @Test
    void refusesTnefOnceAndEndsNestingWithACode() {
        byte[] tnef = Samples.mail(Samples.multipart(
                "mixed",
                "b",
                Samples.part("application/ms-tnef", "winmail.dat", new byte[] {0x78, (byte) 0x9f, 0x3e, 0x22})));
        String nested = "Content-Type: text/plain\r\n\r\nfin\r\n";
        for (int i = 0; i < 60; i++) {
            nested = Samples.multipart("mixed", "b" + i, nested);
        }

        assertThat(codes(tnef)).containsExactly(Outcome.MAIL_UNREADABLE);
        assertThat(codes(Samples.mail(nested))).containsExactly(Outcome.MAIL_UNREADABLE);
    }

    @Test
    void ignoresWhatIsNoDocument() {
        byte[] mail = Samples.plainMail(Samples.multipart(
                "mixed",
                "b",
                "Content-Type: text/plain\r\n\r\nBonjour\r\n",
                Samples.part("application/pdf", "a.pdf", Samples.utf8("%PDF-1.7 …")),
                Samples.part("text/xml", "a.xml", Samples.utf8("<facture/>")),
                Samples.part("application/zip", "photos.zip", Samples.zip(Map.of("a.txt", new byte[] {65})))));

        assertThat(extractor.mail(mail)).hasSize(4).allMatch(Extracted.Ignored.class::isInstance);
    }

    @Test
    void ignoresTheDocumentsOfAReceipt() {
        byte[] receipt = Samples.mail(Samples.multipart(
                "report; report-type=disposition-notification",
                "b",
                Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(Samples.packageFiles()))));

        assertThat(extractor.mail(receipt)).singleElement().isInstanceOf(Extracted.Ignored.class);
    }

    private List<Extracted.Document> documents(byte[] mail) {
        return extractor.mail(mail).stream()
                .filter(Extracted.Document.class::isInstance)
                .map(Extracted.Document.class::cast)
                .toList();
    }

    private List<Outcome> codes(byte[] mail) {
        return refusals(extractor.mail(mail));
    }

    private List<Outcome> fileCodes(Map<String, byte[]> files) {
        return refusals(extractor.file("IHE_XDM.zip", Samples.zip(files)));
    }

    private static List<Outcome> refusals(List<Extracted> results) {
        return results.stream()
                .filter(Extracted.Refused.class::isInstance)
                .map(result -> ((Extracted.Refused) result).outcome())
                .toList();
    }

    private static Map<String, byte[]> changedMetadata(String from, String to) {
        assertThat(Samples.metadataText()).contains(from);
        Map<String, byte[]> files = Samples.packageFiles();
        files.put(
                "IHE_XDM/SUBSET01/METADATA.XML",
                Samples.utf8(Samples.metadataText().replace(from, to)));
        return files;
    }

    private static String withDtd(String xml, String dtd) {
        return xml.replaceFirst("\\?>", "?>" + java.util.regex.Matcher.quoteReplacement(dtd));
    }
}
