package org.mssante.dmp.xds.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.xml.security.c14n.Canonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.certs.AlternativeNames;
import org.mssante.certs.Profile;
import org.mssante.certs.SharedPki;
import org.mssante.certs.Subject;
import org.mssante.certs.TestAuthority;
import org.mssante.core.id.StructureId;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.dmp.xds.SampleMetadata;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.ebxml.SubmitObjectsMapping;
import org.mssante.dmp.xds.ebxml.SubmittedObjects;
import org.mssante.dmp.xds.iti41.DocumentContent;
import org.mssante.dmp.xds.iti41.SignatureDocument;
import org.mssante.dmp.xds.iti41.Submission;
import org.mssante.dmp.xds.metadata.Association;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.signature.SignatureStyle.Digest;
import org.mssante.dmp.xds.xmldsig.Signers;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Which signatures of submissions count. Each goes over the wire: it is written and read again. */
class SubmissionSignatureTest {
    private static final Path PKI = SharedPki.folder();
    private static final String DS = Dsg.DS;
    private static final String CDA =
            "<?xml version=\"1.0\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\" b='2' a='1'>é</ClinicalDocument>\n";
    private static final Code MASK =
            new Code("INVISIBLE_PATIENT", "1.2.250.1.213.1.1.4.13", "Non visible par le patient");

    private final KeyMaterial bridge = KeyMaterial.load(PKI.resolve("sign/bridge"));
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final SignatureCheck check = check(now);
    private final Submission submission = submission(CDA);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void whatIsSignedIsAccepted(XadesForm form) throws Exception {
        assertAccepted(signed(form));
    }

    @Test
    void aSubmissionWithoutOneIsSaidToHaveNone() throws IOException {
        assertThat(verdict(submission, objects -> objects)).isInstanceOf(SignatureVerdict.Unsigned.class);
    }

    /** Another implementation than the one that made it, over the very octets, and by hand over the document. */
    @ParameterizedTest
    @EnumSource
    void anotherImplementationAcceptsItToo(Digest digest) throws Exception {
        for (XadesForm form : XadesForm.values()) {
            Submission signed = new SubmissionSigner(bridge, new SignatureStyle(form, digest, List.of()), clock(now))
                    .sign(submission);
            Document xml = parse(octets(signed));
            for (String name : List.of("Manifest", "SignedProperties")) {
                element(xml, "*", name).setIdAttribute("Id", true);
            }
            DOMValidateContext context = new DOMValidateContext(bridge.leaf().getPublicKey(), xml.getDocumentElement());
            context.setProperty("org.jcp.xml.dsig.secureValidation", digest == Digest.SHA256);
            assertThat(XMLSignatureFactory.getInstance("DOM")
                            .unmarshalXMLSignature(context)
                            .validate(context))
                    .isTrue();
            List<String> digests = texts(element(xml, DS, "Manifest"), "DigestValue");
            assertThat(digests)
                    .containsExactly(
                            "AA==",
                            Base64.getEncoder()
                                    .encodeToString(
                                            MessageDigest.getInstance(digest == Digest.SHA1 ? "SHA-1" : "SHA-256")
                                                    .digest(serialized(parse(CDA.getBytes(StandardCharsets.UTF_8))))));
        }
    }

    @Test
    void theFormIsThatOfTheExamplesOfTheDmp() throws Exception {
        Submission signed = signed(XadesForm.V1_1_1);
        Document xml = parse(octets(signed));
        Element root = xml.getDocumentElement();
        DocumentEntry entry = signed.signature().orElseThrow().entry();
        assertThat(root.getAttribute("Id")).isEqualTo(entry.uniqueId());
        assertThat(element(xml, DS, "Manifest").getAttribute("Id")).isEqualTo("IHEManifest");
        assertThat(texts(root, "SigningTime")).containsExactly(now.toString());
        assertThat(texts(root, "SignatureProperty")).containsExactly("1.2.840.10065.1.12.1.14");
        assertThat(texts(root, "X509SerialNumber"))
                .containsExactly(bridge.leaf().getSerialNumber().toString());
        assertThat(entry)
                .returns("Signature01", DocumentEntry::id)
                .returns("text/xml", DocumentEntry::mimeType)
                .returns(submission.entry().patientId(), DocumentEntry::patientId)
                .returns(submission.submissionSet().authors(), DocumentEntry::authors);
        assertThat(entry.languageCode()).contains("art");
        assertThat(entry.typeCode()).contains(new Code("E1762", "ASTM", "Full Document"));
        assertThat(entry.confidentialityCodes()).extracting(Code::code).containsExactly("N", "INVISIBLE_PATIENT");
        assertThat(entry.uniqueId()).startsWith("2.25.").hasSizeLessThanOrEqualTo(64);
        assertThat(signed(XadesForm.V1_1_1).signature().orElseThrow().entry().uniqueId())
                .as("each signature is a document of its own")
                .isNotEqualTo(entry.uniqueId());
    }

    @Test
    void aDocumentThatHasNoCanonicalFormIsSignedByItsOctets() throws Exception {
        Submission blank = sign(submission(" " + CDA));
        assertThat(element(parse(octets(blank)), DS, "Manifest")
                        .getElementsByTagNameNS(DS, "Transform")
                        .getLength())
                .isZero();
        assertAccepted(blank);
        assertRefused(SignatureFault.MANIFEST, replacing(blank, CDA));
    }

    @Test
    void anotherDocumentThanTheSignedOneIsRefused() throws Exception {
        assertRefused(SignatureFault.MANIFEST, replacing(sign(submission), CDA.replace('é', 'è')));
        assertRefused(SignatureFault.MANIFEST, replacing(sign(submission), CDA.replace("2", "3")));
        // the same to whoever reads it: order of attributes and kind of quotes mean nothing
        assertAccepted(replacing(sign(submission), CDA.replace("b='2' a='1'", "a=\"1\"   b='2'")));
    }

    /** What a DTD adds to a document is not in the text that was signed. */
    @Test
    void aDtdThatIsPutBeforeTheSignedDocumentIsRefused() throws Exception {
        String dtd =
                CDA.replace("?>\n", "?>\n<!DOCTYPE ClinicalDocument [<!ATTLIST ClinicalDocument c CDATA 'more'>]>\n");
        assertRefused(SignatureFault.MANIFEST, replacing(sign(submission), dtd));
    }

    @Test
    void aSignatureOfAnotherSubmissionSetIsRefused() throws Exception {
        Submission signed = sign(submission);
        Submission other = Submission.of(
                        SampleMetadata.submission("1.2.3.4.99"), submission.entry(), submission.content())
                .signed(signed.signature().orElseThrow());
        assertRefused(SignatureFault.MANIFEST, other);
        Submission renamed = Submission.of(
                        submission.submissionSet(), SampleMetadata.document("1.2.3.98"), submission.content())
                .signed(signed.signature().orElseThrow());
        assertRefused(SignatureFault.MANIFEST, renamed);
    }

    @Test
    void aDocumentThatNobodySignedIsRefusedBesideTheSignedOnes() throws Exception {
        Submission signed = sign(submission);
        DocumentEntry more =
                SampleMetadata.document("1.2.3.97").toBuilder().id("Document02").build();
        Map<String, DocumentContent> contents = contents(signed);
        contents.put("Document02", () -> stream(CDA));
        SubmittedObjects objects = objects(signed);
        List<DocumentEntry> entries = new ArrayList<>(objects.entries());
        entries.add(more);
        assertThat(check.of(
                        new SubmittedObjects(objects.submissionSet(), entries, objects.associations(), objects.flaws()),
                        contents))
                .isInstanceOfSatisfying(
                        SignatureVerdict.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(SignatureFault.MANIFEST));
    }

    @Test
    void aChangeOfAnythingSignedIsSeen() throws Exception {
        changed(SignatureFault.VALUE, xml -> element(xml, "*", "SigningTime").setTextContent("2020-01-01T00:00:00Z"));
        changed(SignatureFault.VALUE, xml -> element(xml, DS, "Manifest").setAttribute("more", "yes"));
        changed(SignatureFault.VALUE, xml -> {
            Element digest = (Element) element(xml, DS, "Manifest")
                    .getElementsByTagNameNS(DS, "DigestValue")
                    .item(1);
            digest.setTextContent(Base64.getEncoder().encodeToString(new byte[32]));
        });
        changed(SignatureFault.VALUE, xml -> element(xml, DS, "SignatureValue").setTextContent("AAAA"));
    }

    /** The digest is made to fit what was put in; the value of the signature cannot be. */
    @Test
    void aManifestMadeToFitIsSeen() throws Exception {
        Submission signed = sign(submission);
        Document xml = parse(octets(signed));
        Submission other = sign(submission(CDA.replace('é', 'è')));
        Element manifest = element(xml, DS, "Manifest");
        Element foreign = (Element) xml.importNode(element(parse(octets(other)), DS, "Manifest"), true);
        manifest.getParentNode().replaceChild(foreign, manifest);
        String fitting = ((Element) element(parse(octets(other)), DS, "SignedInfo")
                        .getElementsByTagNameNS(DS, "DigestValue")
                        .item(0))
                .getTextContent();
        ((Element) element(xml, DS, "SignedInfo")
                        .getElementsByTagNameNS(DS, "DigestValue")
                        .item(0))
                .setTextContent(fitting);
        assertRefused(SignatureFault.VALUE, with(replacing(signed, CDA.replace('é', 'è')), serialized(xml)));
    }

    /** The signed manifest is kept where nobody reads it, and another stands in its place. */
    @Test
    void aManifestThatIsWrappedAwayIsRefused() throws Exception {
        changed(SignatureFault.FORM, xml -> beside(xml, "IHEManifest", false));
        changed(SignatureFault.FORM, xml -> beside(xml, "IHEManifest", true));
        changed(SignatureFault.FORM, xml -> beside(xml, "Another", false));
        changed(SignatureFault.FORM, xml -> beside(xml, "Another", true));
        changed(SignatureFault.FORM, xml -> {
            Element manifest = element(xml, DS, "Manifest");
            Element copy = (Element) manifest.cloneNode(true);
            manifest.setAttribute("Id", "Another");
            Element elsewhere = xml.createElementNS("urn:x", "x:elsewhere");
            elsewhere.appendChild(copy);
            element(xml, DS, "KeyInfo").appendChild(elsewhere);
        });
        changed(SignatureFault.FORM, xml -> {
            // the whole signature within another one
            Element root = xml.getDocumentElement();
            Element outer = (Element) root.cloneNode(true);
            xml.removeChild(root);
            xml.appendChild(outer);
            Element object = xml.createElementNS(DS, "ds:Object");
            object.appendChild(root);
            outer.appendChild(object);
        });
        changed(SignatureFault.FORM, xml -> {
            Element wrapper = xml.createElementNS("urn:x", "x:wrapper");
            Element root = xml.getDocumentElement();
            xml.removeChild(root);
            xml.appendChild(wrapper);
            wrapper.appendChild(root);
        });
    }

    private static void beside(Document xml, String id, boolean before) {
        Element manifest = element(xml, DS, "Manifest");
        Element object = (Element) manifest.getParentNode();
        Element copy = (Element) object.cloneNode(true);
        element(copy, "Manifest").setAttribute("Id", id);
        xml.getDocumentElement().insertBefore(copy, before ? object : null);
    }

    @Test
    void aReferenceToSomethingElseIsRefused() throws Exception {
        for (String uri : List.of(
                "",
                "#S0-SignedProperties",
                "#nowhere",
                "urn:oid:1.2.3",
                "file:///etc/passwd",
                "http://127.0.0.1:1/x")) {
            changed(SignatureFault.FORM, xml -> reference(xml, 0).setAttribute("URI", uri));
        }
        changed(SignatureFault.FORM, xml -> reference(xml, 0).setAttribute("Type", "urn:x"));
        changed(SignatureFault.FORM, xml -> reference(xml, 1).getParentNode().removeChild(reference(xml, 1)));
        changed(
                SignatureFault.FORM,
                xml -> reference(xml, 1)
                        .getParentNode()
                        .appendChild(reference(xml, 1).cloneNode(true)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
                "http://www.w3.org/TR/1999/REC-xslt-19991116",
                "http://www.w3.org/TR/1999/REC-xpath-19991116",
                "http://www.w3.org/2000/09/xmldsig#base64"
            })
    void aTransformThatLeavesOutOrChangesIsRefused(String transform) throws Exception {
        changed(
                SignatureFault.FORM,
                xml -> element(reference(xml, 0), "Transform").setAttribute("Algorithm", transform));
        changed(
                SignatureFault.FORM,
                xml -> element(element(xml, DS, "Manifest"), "Transform").setAttribute("Algorithm", transform));
    }

    @Test
    void aWeakAlgorithmIsRefused() throws Exception {
        Submission weak = new SubmissionSigner(
                        bridge, new SignatureStyle(XadesForm.V1_1_1, Digest.SHA1, List.of()), clock(now))
                .sign(submission);
        assertRefused(SignatureFault.FORM, weak);
        changed(
                SignatureFault.FORM,
                xml -> element(xml, DS, "SignatureMethod")
                        .setAttribute("Algorithm", "http://www.w3.org/2000/09/xmldsig#hmac-sha1"));
        changed(
                SignatureFault.FORM,
                xml -> element(reference(xml, 0), "DigestMethod")
                        .setAttribute("Algorithm", "http://www.w3.org/2000/09/xmldsig#sha1"));
    }

    @Test
    void aSignatureWithADtdIsRefused() throws Exception {
        Submission signed = sign(submission);
        String xml = new String(octets(signed), StandardCharsets.UTF_8);
        String dtd = xml.replaceFirst("\\?>\n", "?>\n<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>\n");
        assertThat(dtd).isNotEqualTo(xml);
        assertRefused(SignatureFault.FORM, with(signed, dtd.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsNoSignatureOrTooLargeIsRefused() throws Exception {
        Submission signed = sign(submission);
        assertRefused(SignatureFault.FORM, with(signed, "no XML".getBytes(StandardCharsets.UTF_8)));
        assertRefused(SignatureFault.FORM, with(signed, CDA.getBytes(StandardCharsets.UTF_8)));
        assertRefused(
                SignatureFault.FORM,
                with(
                        signed,
                        (new String(octets(signed), StandardCharsets.UTF_8) + " ".repeat(200_000))
                                .getBytes(StandardCharsets.UTF_8)));
        for (String part : List.of(
                "SignedInfo",
                "KeyInfo",
                "X509Certificate",
                "QualifyingProperties",
                "SignedProperties",
                "SigningTime",
                "Cert",
                "CertDigest",
                "Manifest")) {
            changed(SignatureFault.FORM, xml -> {
                Element gone = element(xml, "*", part);
                gone.getParentNode().removeChild(gone);
            });
        }
        changed(
                SignatureFault.FORM,
                xml -> element(xml, "*", "QualifyingProperties").setAttribute("Target", "#another"));
    }

    @Test
    void onlyOneThatSaysItIsOneOfThisSetCounts() throws Exception {
        Submission signed = sign(submission);
        refusedAs(signed, objects -> without(objects, Association.SIGNS));
        refusedAs(
                signed,
                objects -> entry(
                        objects,
                        entry -> entry.toBuilder()
                                .typeCode(new Code("11502-2", "2.16.840.1.113883.6.1", ""))
                                .formatCode(new Code("x", "y", ""))
                                .build()));
        refusedAs(
                signed,
                objects -> entry(
                        objects,
                        entry -> entry.toBuilder()
                                .typeCode(new Code("11502-2", "2.16.840.1.113883.6.1", ""))
                                .build()));
        refusedAs(
                signed,
                objects -> new SubmittedObjects(
                        objects.submissionSet(),
                        objects.entries(),
                        objects.associations().stream()
                                .map(link -> link.type().equals(Association.SIGNS)
                                        ? new Association(link.type(), link.source(), "Document01")
                                        : link)
                                .toList(),
                        objects.flaws()));
    }

    @Test
    void onlySignatureCertificatesOfStructuresThatAreLetInCount() throws Exception {
        assertRefused(SignatureFault.CERTIFICATE, sign(KeyMaterial.load(PKI.resolve("bridge"))));
        Subject ours = new Subject(
                "Paris (75)", "OPERATEUR DEMO MSSANTE", StructureId.siret("99900001100018"), "CACHET-PASSERELLE-DMP");
        Subject stranger = new Subject("Paris (75)", "AUTRE", StructureId.siret("99900002900010"), "CACHET");
        TestAuthority authority = TestAuthority.organisations(PKI);
        assertRefused(SignatureFault.CERTIFICATE, sign(issued(authority, Profile.ORG_SIGN, stranger, now)));
        assertRefused(SignatureFault.CERTIFICATE, sign(issued(authority, Profile.ORG_AUTH_CLI, ours, now)));
        assertRefused(SignatureFault.CERTIFICATE, sign(issued(authority.namesake(), Profile.ORG_SIGN, ours, now)));
        assertRefused(
                SignatureFault.CERTIFICATE,
                sign(issued(authority, Profile.ORG_SIGN, ours, now.minus(Duration.ofDays(4 * 365)))));
        assertAccepted(sign(issued(authority, Profile.ORG_SIGN, ours, now.minusSeconds(60))));
    }

    /** The certificate that is brought is not the one whose key signed, or that the properties name. */
    @Test
    void theCertificateIsTheOneThatSigned() throws Exception {
        Subject ours = new Subject(
                "Paris (75)", "OPERATEUR DEMO MSSANTE", StructureId.siret("99900001100018"), "CACHET-PASSERELLE-DMP");
        KeyMaterial renewed = issued(TestAuthority.organisations(PKI), Profile.ORG_SIGN, ours, now.minusSeconds(60));
        changed(SignatureFault.FORM, xml -> element(xml, DS, "X509Certificate").setTextContent(encoded(renewed)));
    }

    @Test
    void aTimeOfTheFutureIsRefused() throws Exception {
        Submission early =
                new SubmissionSigner(bridge, style(XadesForm.V1_3_2), clock(now.plusSeconds(120))).sign(submission);
        assertRefused(SignatureFault.VALUE, early);
        assertAccepted(
                new SubmissionSigner(bridge, style(XadesForm.V1_3_2), clock(now.plusSeconds(30))).sign(submission));
    }

    @Test
    void whatCannotBeReadIsNotSignedAndNotSent() {
        Submission broken = Submission.of(submission.submissionSet(), submission.entry(), () -> {
            throw new IOException("the disk");
        });
        SubmissionSigner signer = new SubmissionSigner(bridge, style(XadesForm.V1_1_1), clock(now));
        assertThatThrownBy(() -> signer.sign(broken)).isInstanceOf(SigningFailedException.class);
        SigningClient client = new SigningClient(
                sent -> {
                    throw new AssertionError("it was sent");
                },
                signer);
        assertThat(client.submit(broken))
                .isEqualTo(new Answer.Refused<>(
                        "MSSSubmissionNotSigned", "The submission cannot be signed (IOException)."));
    }

    private void changed(SignatureFault fault, Consumer<Document> change) throws Exception {
        for (XadesForm form : XadesForm.values()) {
            Submission signed = signed(form);
            Document xml = parse(octets(signed));
            change.accept(xml);
            assertRefused(fault, with(signed, serialized(xml)));
        }
    }

    private void refusedAs(Submission signed, UnaryOperator<SubmittedObjects> change) throws IOException {
        assertThat(verdict(signed, change))
                .isInstanceOfSatisfying(
                        SignatureVerdict.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(SignatureFault.FORM));
    }

    private void assertAccepted(Submission signed) throws IOException {
        assertThat(verdict(signed, objects -> objects)).isEqualTo(new SignatureVerdict.Accepted());
    }

    private void assertRefused(SignatureFault fault, Submission signed) throws IOException {
        assertThat(verdict(signed, objects -> objects))
                .isInstanceOfSatisfying(
                        SignatureVerdict.Refused.class,
                        refused -> assertThat(refused.fault()).as(refused.why()).isEqualTo(fault));
    }

    private SignatureVerdict verdict(Submission signed, UnaryOperator<SubmittedObjects> change) throws IOException {
        return check.of(change.apply(objects(signed)), contents(signed));
    }

    private static SubmittedObjects objects(Submission signed) {
        List<DocumentEntry> entries = new ArrayList<>(List.of(signed.entry()));
        List<Association> more = new ArrayList<>();
        signed.signature().ifPresent(by -> {
            entries.add(by.entry());
            more.add(new Association(
                    Association.SIGNS, by.entry().id(), signed.submissionSet().id()));
        });
        return SubmitObjectsMapping.read(
                SubmitObjectsMapping.write(SubmittedObjects.of(signed.submissionSet(), entries, more)));
    }

    private static Map<String, DocumentContent> contents(Submission signed) {
        Map<String, DocumentContent> contents =
                new HashMap<>(Map.of(signed.entry().id(), signed.content()));
        signed.signature().ifPresent(by -> contents.put(by.entry().id(), by.content()));
        return contents;
    }

    private static SubmittedObjects without(SubmittedObjects objects, String association) {
        return new SubmittedObjects(
                objects.submissionSet(),
                objects.entries(),
                objects.associations().stream()
                        .filter(link -> !link.type().equals(association))
                        .toList(),
                objects.flaws());
    }

    private static SubmittedObjects entry(SubmittedObjects objects, UnaryOperator<DocumentEntry> change) {
        return new SubmittedObjects(
                objects.submissionSet(),
                objects.entries().stream()
                        .map(entry -> entry.id().equals("Signature01") ? change.apply(entry) : entry)
                        .toList(),
                objects.associations(),
                objects.flaws());
    }

    private static Submission submission(String cda) {
        return Submission.of(
                SampleMetadata.submission("1.2.3.4.5"), SampleMetadata.document("1.2.3.96"), () -> stream(cda));
    }

    private static Submission replacing(Submission signed, String cda) {
        return Submission.of(signed.submissionSet(), signed.entry(), () -> stream(cda))
                .signed(signed.signature().orElseThrow());
    }

    private static Submission with(Submission signed, byte[] signature) {
        return signed.signed(new SignatureDocument(
                signed.signature().orElseThrow().entry(), () -> new ByteArrayInputStream(signature)));
    }

    private Submission signed(XadesForm form) throws SigningFailedException {
        return new SubmissionSigner(bridge, style(form), clock(now)).sign(submission);
    }

    private Submission sign(Submission unsigned) throws SigningFailedException {
        return new SubmissionSigner(bridge, style(XadesForm.V1_1_1), clock(now)).sign(unsigned);
    }

    private Submission sign(KeyMaterial key) throws SigningFailedException {
        return new SubmissionSigner(key, style(XadesForm.V1_3_2), clock(now)).sign(submission);
    }

    private static SignatureStyle style(XadesForm form) {
        return new SignatureStyle(form, Digest.SHA256, List.of(MASK));
    }

    private KeyMaterial issued(TestAuthority authority, Profile profile, Subject subject, Instant at) {
        Path home = folder.resolve(Long.toString(System.nanoTime()));
        authority.issue(home, profile, subject, AlternativeNames.none(), at);
        return KeyMaterial.load(home);
    }

    private SignatureCheck check(Instant at) {
        return new SignatureCheck(
                new Signers(
                        PemFiles.certificatesOfFolder(PKI.resolve("anchors")),
                        Set.of(bridge.leaf().getSubjectX500Principal())),
                Duration.ofMinutes(1),
                clock(at));
    }

    private static Clock clock(Instant at) {
        return Clock.fixed(at, ZoneOffset.UTC);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] octets(Submission signed) {
        try (InputStream in = signed.signature().orElseThrow().content().open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(KeyMaterial key) {
        try {
            return Base64.getEncoder().encodeToString(key.leaf().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static Document parse(byte[] xml) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml));
    }

    private static byte[] serialized(Document xml) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_WITH_COMMENTS).canonicalizeSubtree(xml, out);
        return out.toByteArray();
    }

    private static Element reference(Document xml, int number) {
        return (Element) element(xml, DS, "SignedInfo")
                .getElementsByTagNameNS(DS, "Reference")
                .item(number);
    }

    private static Element element(Document xml, String namespace, String name) {
        return (Element) xml.getElementsByTagNameNS(namespace, name).item(0);
    }

    private static Element element(Element within, String name) {
        return (Element) within.getElementsByTagNameNS("*", name).item(0);
    }

    private static List<String> texts(Element within, String name) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < within.getElementsByTagNameNS("*", name).getLength(); i++) {
            texts.add(within.getElementsByTagNameNS("*", name).item(i).getTextContent());
        }
        return texts;
    }
}
