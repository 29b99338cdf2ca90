package org.mssante.dmp.bridge.extract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.id.Ins;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.cda.CdaLimits;
import org.mssante.dmp.cda.InsRules;
import org.mssante.dmp.cda.PatientIdentity;
import org.mssante.dmp.cda.Trait;
import org.mssante.dmp.xds.metadata.Code;

class MailExtractorTest {
    /** An archive that nobody here opens. */
    private static final String SEALED =
            Samples.part("application/octet-stream", "envoi.7z", new byte[] {'7', 'z', (byte) 0xBC, (byte) 0xAF});

    private final MailExtractor extractor = Samples.extractor(ExtractionLimits.DEFAULT);

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

    /** METADATA and document name one patient, or the document is refused: wherever the metadata name an INS. */
    @Test
    void metadataWhoseSourcePatientIsAnotherInsNameAnotherPatient() {
        String local = "DEMO-0001^^^&amp;2.25.319283746510293847561029384756102938&amp;ISO^PI";
        Map<String, byte[]> own = changedMetadata(local, "258029999900145^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH");
        Map<String, byte[]> foreign = changedMetadata(local, "171119999900286^^^&amp;1.2.250.1.213.1.4.8&amp;ISO^NH");

        assertThat(fileCodes(own)).isEmpty();
        assertThat(fileCodes(foreign)).containsExactly(Outcome.INS_MISMATCH);
    }

    /** The reader of production takes NIR and NIA only: a test identity in the document is not the one it is filed under. */
    @Test
    void metadataAreComparedWithTheInsThatIsAccepted() {
        String other = "171119999900286";
        InsRules production = new InsRules(List.of(Ins.NIR, Ins.NIA), false, EnumSet.allOf(Trait.class), false);
        MailExtractor strict = new MailExtractor(
                ExtractionLimits.DEFAULT, new PatientIdentity(production), UnstatedQualification.NOTE);
        String document = Samples.reportText()
                .replace("1.2.250.1.213.1.4.10\"", "1.2.250.1.213.1.4.8\"")
                .replaceFirst("(<patientRole>)", "$1<id root=\"1.2.250.1.213.1.4.10\" extension=\"" + other + "\"/>");
        Map<String, byte[]> same = withDocument(document);
        Map<String, byte[]> foreign = new LinkedHashMap<>(same);
        foreign.put(
                "IHE_XDM/SUBSET01/METADATA.XML",
                Samples.utf8(new String(same.get("IHE_XDM/SUBSET01/METADATA.XML"), StandardCharsets.UTF_8)
                        .replace("258029999900145^^^", other + "^^^")));

        assertThat(refusals(strict.file("IHE_XDM.zip", Samples.zip(same)))).isEmpty();
        assertThat(refusals(strict.file("IHE_XDM.zip", Samples.zip(foreign)))).containsExactly(Outcome.INS_MISMATCH);
    }

    /** RFC 4122: a UUID is the same in upper case; some leave its name space out, or the quotes of an OID in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "f4f85eac-e6cb-4883-b524-f2705394840f",
                "URN:UUID:F4F85EAC-E6CB-4883-B524-F2705394840F",
                "urn:uuid:F4F85EAC-e6cb-4883-b524-f2705394840f"
            })
    void readsMasksHoweverTheirSchemeIsWritten(String scheme) {
        assertThat(documents(masked(text -> text.replace("urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f", scheme))))
                .singleElement()
                .satisfies(document ->
                        assertThat(document.metadata().restrictions()).containsExactly("INVISIBLE_PATIENT"));
    }

    /** RIM 3.0: a classification may stand beside the object it classifies. */
    @Test
    void readsMasksThatStandBesideTheirDocument() {
        assertThat(documents(masked(text -> outside(text, "$1"))))
                .singleElement()
                .satisfies(document ->
                        assertThat(document.metadata().restrictions()).containsExactly("INVISIBLE_PATIENT"));
        assertThat(codes(masked(text -> outside(text, "Nobody")))).contains(Outcome.XDM_UNREADABLE);
    }

    @Test
    void refusesAMaskThatNobodyKnows() {
        for (String code : List.of("CONNEXION_SECRETE", "")) {
            assertThat(codes(masked(text ->
                            text.replace("INVISIBLE_PATIENT", code).replace("1.2.250.1.213.1.1.4.13", "1.2.3"))))
                    .containsExactly(Outcome.MASK_UNKNOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"R", "V", "v"})
    void readsAConfidentialityThatIsStricterThanNormal(String code) {
        assertThat(documents(masked(text -> text.replace("INVISIBLE_PATIENT", code))))
                .singleElement()
                .satisfies(document ->
                        assertThat(document.metadata().restrictions()).containsExactly(code.toUpperCase(Locale.ROOT)));
    }

    private static byte[] masked(UnaryOperator<String> change) {
        Map<String, byte[]> files = new LinkedHashMap<>(Samples.maskedPackageFiles());
        files.computeIfPresent(
                "IHE_XDM/SUBSET01/METADATA.XML",
                (name, bytes) -> Samples.utf8(change.apply(new String(bytes, StandardCharsets.UTF_8))));
        return Samples.mailWithPackage(files);
    }

    /** The mask taken out of its document and put behind it, of the object named; {@code $1} is the one it is of. */
    private static String outside(String metadata, String object) {
        Matcher mask = Pattern.compile("(?s)<rim:Classification [^>]*Mask01.*?</rim:Classification>")
                .matcher(metadata);
        assertThat(mask.find()).isTrue();
        String beside =
                mask.group().replaceFirst("classifiedObject=\"([^\"]*)\"", "classifiedObject=\"" + object + "\"");
        return metadata.replace(mask.group(), "")
                .replace("</rim:RegistryObjectList>", beside + "</rim:RegistryObjectList>");
    }

    /** What the sender says of a document in a package holds against any bare copy of it: order and bytes decide nothing. */
    @Test
    void aBareCopyDoesNotTakeTheMasksOffADocumentOfAPackage() {
        String copy = Samples.reportText().replace("\n", "\r\n");
        for (boolean bareFirst : new boolean[] {true, false}) {
            byte[] mail = beside(Samples.maskedPackageFiles(), copy, bareFirst);

            assertThat(documents(mail)).singleElement().satisfies(document -> {
                assertThat(document.bytes().copy()).isEqualTo(Samples.report());
                assertThat(document.metadata().masks()).extracting(Code::code).containsExactly("INVISIBLE_PATIENT");
            });
            assertThat(codes(mail)).isEmpty();
        }
    }

    @Test
    void aBareCopyDoesNotUndoTheRefusalOfADocumentOfAPackage() {
        Map<String, byte[]> files = new LinkedHashMap<>(Samples.packageFiles());
        files.put(
                "IHE_XDM/SUBSET01/DOC00001.XML",
                Samples.utf8(Samples.reportText().replace("5.1", "9.1")));
        for (boolean bareFirst : new boolean[] {true, false}) {
            byte[] mail = beside(files, Samples.reportText().replace("\n", "\r\n"), bareFirst);

            assertThat(documents(mail)).isEmpty();
            assertThat(codes(mail)).contains(Outcome.XDM_HASH_MISMATCH);
        }
    }

    @Test
    void aBareDocumentOfOtherContentUnderTheIdentifierOfAPackagesDocumentIsRefused() {
        byte[] mail = beside(Samples.maskedPackageFiles(), Samples.reportText().replace("5.1", "9.1"), true);

        assertThat(documents(mail))
                .singleElement()
                .satisfies(document -> assertThat(document.metadata().masks())
                        .extracting(Code::code)
                        .containsExactly("INVISIBLE_PATIENT"));
        assertThat(codes(mail)).containsExactly(Outcome.DOCUMENT_ID_REUSED);
    }

    @Test
    void aDocumentThatTwoPackagesMaskDifferentlyIsRefusedInBoth() {
        String plain = Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(Samples.packageFiles()));
        String masked = Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(Samples.maskedPackageFiles()));
        String bare = Samples.part("text/xml", "DOC.xml", Samples.report());
        for (List<String> order : List.of(List.of(plain, masked, bare), List.of(bare, masked, plain))) {
            byte[] mail = Samples.mail(Samples.multipart("mixed", "limit", order.toArray(String[]::new)));

            assertThat(documents(mail)).isEmpty();
            assertThat(codes(mail)).containsOnly(Outcome.MASKS_DIFFER);
        }
        assertThat(documents(Samples.mail(Samples.multipart("mixed", "limit", masked, masked))))
                .singleElement()
                .satisfies(document -> assertThat(document.metadata().masks())
                        .extracting(Code::code)
                        .containsExactly("INVISIBLE_PATIENT"));
    }

    /** The package may be the one that masks the document. */
    @Test
    void aBareDocumentBesideAPackageThatCannotBeReadIsRefused() {
        Map<String, byte[]> files = new LinkedHashMap<>(Samples.maskedPackageFiles());
        files.put("IHE_XDM/SUBSET01/METADATA.XML", Samples.utf8("<lcm:SubmitObjectsRequest"));
        for (boolean bareFirst : new boolean[] {true, false}) {
            byte[] mail = beside(files, Samples.reportText(), bareFirst);

            assertThat(documents(mail)).isEmpty();
            assertThat(codes(mail)).containsExactly(Outcome.XDM_UNREADABLE, Outcome.XDM_UNREADABLE);
        }
    }

    /** The part that nobody can open may be the package that the subject announces, and mask the document. */
    @Test
    void aBareDocumentBesideAPartThatIsNotOpenedIsRefusedWhereTheSubjectAnnouncesAPackage() {
        String bare = Samples.part("text/xml", "DOC.xml", Samples.report());
        for (String entity :
                List.of(Samples.multipart("mixed", "b", bare, SEALED), Samples.multipart("mixed", "b", SEALED, bare))) {
            assertThat(documents(Samples.mail(entity))).isEmpty();
            assertThat(codes(Samples.mail(entity))).containsExactly(Outcome.XDM_UNREADABLE);
            assertThat(extractor.mail(Samples.mail(entity))).anyMatch(Extracted.Noted.class::isInstance);
            assertThat(documents(Samples.plainMail(entity)))
                    .as("nothing says that there is a package")
                    .hasSize(1);
        }
    }

    @Test
    void theSubjectOfAForwardedMailAnnouncesAPackageToo() {
        String entity = Samples.multipart("mixed", "b", Samples.part("text/xml", "DOC.xml", Samples.report()), SEALED);
        String forwarded = new String(Samples.mail(entity), StandardCharsets.UTF_8);
        List<byte[]> mails = List.of(
                Samples.utf8(
                        new String(Samples.plainMail("Content-Type: message/rfc822\r\n\r\n"), StandardCharsets.UTF_8)
                                + forwarded),
                Samples.plainMail(Samples.multipart(
                        "mixed", "c", Samples.part("message/rfc822", "a.eml", Samples.mail(entity)))));
        for (byte[] mail : mails) {
            assertThat(documents(mail)).isEmpty();
            assertThat(codes(mail)).containsExactly(Outcome.XDM_UNREADABLE);
        }
        assertThat(documents(Samples.plainMail(Samples.multipart(
                        "mixed", "c", Samples.part("message/rfc822", "a.eml", Samples.plainMail(entity))))))
                .as("nothing says that there is a package")
                .hasSize(1);
    }

    /** What the package says of the document is known; photographs beside it change nothing. */
    @Test
    void aDocumentOfAPackageAndItsCopyAreFiledBesideAPartThatIsNotOpened() {
        String bare = Samples.part("text/xml", "DOC.xml", Samples.report());
        for (Map<String, byte[]> files : List.of(Samples.packageFiles(), Samples.maskedPackageFiles())) {
            String packed = Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(files));
            byte[] mail = Samples.mail(Samples.multipart("mixed", "b", bare, SEALED, packed));

            assertThat(documents(mail)).hasSize(1);
            assertThat(codes(mail)).isEmpty();
        }
    }

    @Test
    void aBareDocumentOfAnotherIdentifierStandsForItself() {
        String other = Samples.reportText().replace(Samples.DOCUMENT_ID, Samples.DOCUMENT_ID + ".7");

        assertThat(documents(beside(Samples.maskedPackageFiles(), other, true))).hasSize(2);
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
    void copiesOfEnvelopesCountAsWhatIsUnpacked() throws Exception {
        String text = "Content-Type: text/plain\r\n\r\n" + "x".repeat(100_000) + "\r\n";
        byte[] envelopes = Samples.utf8(text);
        String withoutBoundaries = text;
        for (int i = 0; i < 4; i++) {
            byte[] signed = new CMSSignedDataGenerator()
                    .generate(new CMSProcessableByteArray(envelopes), true)
                    .getEncoded();
            envelopes =
                    Samples.mail(Samples.part("application/pkcs7-mime; smime-type=signed-data", "smime.p7m", signed));
            withoutBoundaries =
                    Samples.multipart("mixed", "b" + i, withoutBoundaries).replace("; boundary=\"b" + i + "\"", "");
        }
        ExtractionLimits.ZipLimits some = new ExtractionLimits.ZipLimits(1_000, 350_000, 200, 512);
        MailExtractor strict = Samples.extractor(
                new ExtractionLimits(500, 20, some, ExtractionLimits.MetadataLimits.DEFAULT, CdaLimits.DEFAULT));

        for (byte[] mail : List.of(envelopes, Samples.mail(withoutBoundaries))) {
            assertThat(codes(mail)).doesNotContain(Outcome.DOCUMENT_TOO_LARGE);
            assertThat(strict.mail(mail))
                    .filteredOn(Extracted.Refused.class::isInstance)
                    .extracting(result -> ((Extracted.Refused) result).outcome())
                    .contains(Outcome.DOCUMENT_TOO_LARGE);
        }
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

    /** ITI-57 in a package, the DMP's TD3.3c: a submission set without documents that changes the status of one. */
    @Test
    void aWithdrawalIsRefusedByItsOwnCode() {
        String update = "<rim:Association id=\"Association09\""
                + " associationType=\"urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus\""
                + " sourceObject=\"SubmissionSet01\" targetObject=\"urn:uuid:10000000-0000-0000-0000-000000000001\"/>";
        String metadata = Samples.metadataText();
        int end = metadata.indexOf("</rim:RegistryObjectList>");
        Map<String, byte[]> beside = Samples.packageFiles();
        beside.put(
                "IHE_XDM/SUBSET01/METADATA.XML",
                Samples.utf8(metadata.substring(0, end) + update + metadata.substring(end)));
        Map<String, byte[]> alone = Samples.packageFiles();
        alone.put(
                "IHE_XDM/SUBSET01/METADATA.XML",
                Samples.utf8(metadata.substring(0, metadata.indexOf("<rim:ExtrinsicObject"))
                        + update
                        + metadata.substring(end)));
        alone.remove("IHE_XDM/SUBSET01/DOC00001.XML");

        assertThat(fileCodes(beside)).containsExactly(Outcome.WITHDRAWAL_NOT_TAKEN);
        assertThat(fileCodes(alone)).containsExactly(Outcome.WITHDRAWAL_NOT_TAKEN);
    }

    /** The metadata name an entryUUID, which nobody can look up by: that they replace something must not pass without a word. */
    @ParameterizedTest
    @ValueSource(strings = {"RPLC", "XFRM_RPLC"})
    void aReplacementThatTheMetadataAloneNameIsAWarning(String type) {
        String association = "<rim:Association id=\"Association09\" associationType=\"urn:ihe:iti:2007:AssociationType:"
                + type + "\" sourceObject=\"Document01\""
                + " targetObject=\"urn:uuid:10000000-0000-0000-0000-000000000001\"/>";
        String end = "</rim:RegistryObjectList>";
        Map<String, byte[]> files = new LinkedHashMap<>(changedMetadata(end, association + end));

        assertThat(extractor.file("IHE_XDM.zip", Samples.zip(files)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Extracted.Document.class,
                        document -> assertThat(document.warnings())
                                .containsExactly(PackageFinding.REPLACEMENT_NOT_IN_DOCUMENT.words()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated",
                "urn:asip:ci-sis:2010:StatusType:Archived",
                "urn:asip:ci-sis:2010:StatusType:Deleted"
            })
    void refusesADocumentThatItsMetadataSayIsNotInForce(String status) {
        assertThat(fileCodes(withStatus(status))).containsExactly(Outcome.WITHDRAWAL_NOT_TAKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVISIBLE_AU_PATIENT", "CONNEXION_SECRETE"})
    void refusesADocumentWhoseMetadataHideItByAnUnknownCode(String mask) {
        Map<String, byte[]> files = Samples.maskedPackageFiles();
        String metadata = new String(files.get("IHE_XDM/SUBSET01/METADATA.XML"), StandardCharsets.UTF_8);
        assertThat(fileCodes(files)).isEmpty();

        files.put("IHE_XDM/SUBSET01/METADATA.XML", Samples.utf8(metadata.replace("INVISIBLE_PATIENT", mask)));

        assertThat(fileCodes(files)).containsExactly(Outcome.MASK_UNKNOWN);
    }

    @Test
    void takesADocumentThatItsMetadataSayIsApproved() {
        assertThat(fileCodes(withStatus("urn:oasis:names:tc:ebxml-regrep:StatusType:Approved")))
                .isEmpty();
    }

    private static Map<String, byte[]> withStatus(String status) {
        Map<String, byte[]> files = Samples.packageFiles();
        files.put(
                "IHE_XDM/SUBSET01/METADATA.XML",
                Samples.utf8(Samples.metadataText()
                        .replaceFirst(
                                "<rim:ExtrinsicObject( status=\"[^\"]*\")?",
                                "<rim:ExtrinsicObject status=\"" + status + "\"")));
        return files;
    }

    @Test
    void refusesAPackageWithoutMetadata() {
        Map<String, byte[]> files = Samples.packageFiles();
        files.remove("IHE_XDM/SUBSET01/METADATA.XML");

        assertThat(fileCodes(files)).containsExactly(Outcome.XDM_UNREADABLE);
    }

    /** What is only noted says nothing of the documents of the package to their sender. */
    @Test
    void refusesAPackageWithoutMetadataBesideAPartThatIsOnlyNoted() {
        Map<String, byte[]> files = new LinkedHashMap<>(Samples.packageFiles());
        files.remove("IHE_XDM/SUBSET01/METADATA.XML");
        files.put("PHOTOS.ZIP", Samples.utf8("PK\3\4 no more"));

        assertThat(fileCodes(files)).contains(Outcome.XDM_UNREADABLE);
        assertThat(extractor.file("IHE_XDM.zip", Samples.zip(files))).anyMatch(Extracted.Noted.class::isInstance);
    }

    /** The document of the inner package is filed; of the other one only the metadata that are missing would speak. */
    @Test
    void refusesAPackageWithoutMetadataThatHoldsADocumentBesideAPackage() {
        Map<String, byte[]> files = new LinkedHashMap<>(Samples.packageFiles());
        files.remove("IHE_XDM/SUBSET01/METADATA.XML");
        files.put("IHE_XDM/AUTRE.ZIP", Samples.zip(Samples.packageFiles()));
        List<Extracted> copy = extractor.file("IHE_XDM.zip", Samples.zip(files));
        assertThat(refusals(copy)).as("the same document").isEmpty();

        files.put("IHE_XDM/SUBSET01/DOC00001.XML", Samples.restrictedReport());
        List<Extracted> other = extractor.file("IHE_XDM.zip", Samples.zip(files));
        assertThat(refusals(other)).containsExactly(Outcome.XDM_UNREADABLE);
        assertThat(other).filteredOn(Extracted.Document.class::isInstance).hasSize(1);
    }

    /** A header that is restricted and metadata that say so, too, ask for nothing else than the header alone. */
    @Test
    void aRestrictionThatTheDocumentHasItselfIsNoDifferenceBetweenPackages() {
        byte[] normal = Samples.zip(Samples.packageOf(Samples.restrictedReport(), "N"));
        byte[] restricted = Samples.zip(Samples.packageOf(Samples.restrictedReport(), "R"));
        byte[] stricter = Samples.zip(Samples.packageOf(Samples.restrictedReport(), "V"));

        assertThat(extractor.mail(twoPackages(normal, restricted)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Extracted.Document.class,
                        document ->
                                assertThat(document.metadata().restrictions()).isEmpty());
        assertThat(extractor.mail(twoPackages(normal, stricter)))
                .hasSize(1)
                .allSatisfy(result -> assertThat(result)
                        .isInstanceOfSatisfying(
                                Extracted.Refused.class,
                                refused -> assertThat(refused.outcome()).isEqualTo(Outcome.MASKS_DIFFER)));
    }

    private static byte[] twoPackages(byte[] one, byte[] other) {
        return Samples.mail(Samples.multipart(
                "mixed",
                "b",
                Samples.part("application/zip", "IHE_XDM.zip", one),
                Samples.part("application/zip", "IHE_XDM2.zip", other)));
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
    void notesWhatIsEncrypted() throws IOException {
        byte[] enveloped = new ContentInfo(CMSObjectIdentifiers.envelopedData, new DERSequence()).getEncoded();
        byte[] mail = Samples.plainMail(Samples.multipart(
                "mixed",
                "b",
                Samples.part("application/pkcs7-mime", "smime.p7m", enveloped),
                Samples.part(
                        "application/octet-stream", "a.asc", Samples.utf8("-----BEGIN PGP MESSAGE-----\r\n\r\n"))));

        assertThat(extractor.mail(mail))
                .hasSize(2)
                .allSatisfy(result -> assertThat(result)
                        .isInstanceOfSatisfying(
                                Extracted.Noted.class,
                                noted -> assertThat(noted.outcome()).isEqualTo(Outcome.PART_NOT_OPENED)));
    }

    @Test
    void saysThatAnnouncedDocumentsAreNotFoundWhereAPartIsNotOpened() {
        assertThat(extractor.mail(Samples.mail(SEALED)))
                .hasSize(2)
                .anyMatch(Extracted.Noted.class::isInstance)
                .anySatisfy(result -> assertThat(result)
                        .isInstanceOfSatisfying(
                                Extracted.Refused.class,
                                refused -> assertThat(refused.outcome()).isEqualTo(Outcome.DOCUMENT_NOT_FOUND)));
        assertThat(extractor.mail(Samples.plainMail(SEALED))).singleElement().isInstanceOf(Extracted.Noted.class);
    }

    @Test
    void ignoresTheDocumentsOfAReceipt() {
        byte[] receipt = Samples.mail(Samples.multipart(
                "report; report-type=disposition-notification",
                "b",
                Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(Samples.packageFiles()))));

        assertThat(extractor.mail(receipt)).singleElement().isInstanceOf(Extracted.Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[KO Intégration système !][902] XDM/1.0/DDM+",
                "[ko integration systeme !][902] XDM/1.0/DDM+",
                "[Erreur d'intégration !][902] XDM/1.0/DDM+",
                "[Erreur d\u2019intégration !][902] XDM/1.0/DDM+"
            })
    void ignoresTheOriginalInAnErrorOfAnotherOperator(String subject) throws IOException {
        byte[] error = Samples.utf8("Subject: " + MimeUtility.encodeText(subject, "UTF-8", "B") + "\r\n"
                + Samples.multipart(
                        "mixed",
                        "b",
                        "Content-Type: message/rfc822\r\n\r\n"
                                + new String(Samples.mailWithPackage(), StandardCharsets.UTF_8)));

        assertThat(extractor.mail(error)).singleElement().isInstanceOf(Extracted.Ignored.class);
    }

    /** The document of the package as given, its metadata adapted to it. */
    private static Map<String, byte[]> withDocument(String document) {
        byte[] bytes = Samples.utf8(document);
        Map<String, byte[]> files = new LinkedHashMap<>(Samples.packageFiles());
        files.put("IHE_XDM/SUBSET01/DOC00001.XML", bytes);
        files.put(
                "IHE_XDM/SUBSET01/METADATA.XML",
                Samples.utf8(Samples.metadataText()
                        .replace(
                                DocumentBytes.copyOf(Samples.report()).sha1().hex(),
                                DocumentBytes.copyOf(bytes).sha1().hex())));
        return files;
    }

    private static byte[] beside(Map<String, byte[]> files, String bare, boolean bareFirst) {
        String single = Samples.part("text/xml", "DOC.xml", Samples.utf8(bare));
        String packed = Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(files));
        return Samples.mail(
                Samples.multipart("mixed", "limit", bareFirst ? single : packed, bareFirst ? packed : single));
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
