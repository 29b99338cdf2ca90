package org.mssante.dmp.xds.vihf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.security.auth.x500.X500Principal;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.certs.AlternativeNames;
import org.mssante.certs.Profile;
import org.mssante.certs.SharedPki;
import org.mssante.certs.Subject;
import org.mssante.certs.TestAuthority;
import org.mssante.core.id.Ins;
import org.mssante.core.id.StructureId;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.xmldsig.Elements;
import org.mssante.dmp.xds.xmldsig.Signers;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** Which assertions count. Each goes over the wire: it is written and read again. */
class VihfCheckTest {
    private static final Path PKI = SharedPki.folder();
    private static final Ins PATIENT = new Ins("258029999900145", Ins.NIR_TEST);
    private static final Ins ANOTHER = new Ins("171119999900286", Ins.NIR_TEST);
    private static final String NS = Saml.NAMESPACE;

    private final KeyMaterial bridge = KeyMaterial.load(PKI.resolve("sign/bridge"));
    private final Instant now = Instant.now();
    private final VihfCheck check = new VihfCheck(
            new VihfCheck.Rules(
                    new Signers(
                            PemFiles.certificatesOfFolder(PKI.resolve("anchors")),
                            Set.of(bridge.leaf().getSubjectX500Principal())),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(1)),
            Clock.fixed(now, ZoneOffset.UTC));

    @TempDir
    Path folder;

    @Test
    void whatWasIssuedIsAcceptedAndReadAsItWasWritten() throws Exception {
        Vihf written = vihf();
        VihfVerdict verdict = check.of(List.of(sent(written, bridge)), Optional.of(PATIENT));
        assertThat(verdict).isEqualTo(new VihfVerdict.Accepted(written));
    }

    @Test
    void theIssuerOfARequesterIssuesWhatIsAccepted() throws Exception {
        VihfIssuer issuer = new VihfIssuer(
                requester(), bridge, Optional.of(Duration.ofMinutes(5)), Clock.fixed(now, ZoneOffset.UTC));
        assertThat(check.of(List.of(wire(issuer.header(Optional.of(PATIENT)))), Optional.of(PATIENT)))
                .isInstanceOf(VihfVerdict.Accepted.class);
        VihfIssuer bare = new VihfIssuer(requester(), bridge, Optional.empty(), Clock.fixed(now, ZoneOffset.UTC));
        assertThat(check.of(List.of(wire(bare.header(Optional.empty()))), Optional.empty()))
                .isInstanceOf(VihfVerdict.Accepted.class);
    }

    @Test
    void noneAndSeveralAreRefusedAsMissing() throws Exception {
        Element header = sent(vihf(), bridge);
        assertRefused(VihfFault.MISSING, List.of());
        assertRefused(VihfFault.MISSING, List.of(header, header));
        header.appendChild(header.getFirstChild().cloneNode(true));
        assertRefused(VihfFault.MISSING, List.of(header));
    }

    @Test
    void aChangeOfAnyWordIsSeen() throws Exception {
        refusedAfter(
                VihfFault.SIGNATURE,
                assertion -> value(assertion, Saml.STRUCTURE).setTextContent("1750000001"));
        refusedAfter(VihfFault.SIGNATURE, assertion -> only(assertion, "NameID").setTextContent("899900000001"));
        refusedAfter(
                VihfFault.SIGNATURE,
                assertion -> assertion.setAttribute(
                        "IssueInstant", now.plusSeconds(1).toString()));
    }

    @Test
    void anAssertionWithoutSignatureIsRefused() throws Exception {
        refusedAfter(VihfFault.SIGNATURE, assertion -> assertion.removeChild(signature(assertion)));
    }

    @Test
    void aSignatureOfAnotherElementIsNoSignatureOfTheAssertion() throws Exception {
        // the signed assertion stands beside one that borrows its signature
        refusedAfter(VihfFault.SIGNATURE, assertion -> {
            Element signed = signedCopy(assertion);
            Element elsewhere = assertion.getOwnerDocument().createElementNS("urn:x", "x:elsewhere");
            assertion.getParentNode().appendChild(elsewhere);
            elsewhere.appendChild(signed);
            assertion.setAttribute(Saml.ID, "_forged");
            value(assertion, Saml.STRUCTURE).setTextContent("1750000001");
        });
        // the same with the same ID
        refusedAfter(VihfFault.SIGNATURE, assertion -> {
            Element signed = signedCopy(assertion);
            Element elsewhere = assertion.getOwnerDocument().createElementNS("urn:x", "x:elsewhere");
            assertion.getParentNode().insertBefore(elsewhere, assertion);
            elsewhere.appendChild(signed);
            value(assertion, Saml.STRUCTURE).setTextContent("1750000001");
        });
        // the signed one hides in the signature, which is not signed itself
        refusedAfter(VihfFault.SIGNATURE, assertion -> {
            Element signed = signedCopy(assertion);
            Element object =
                    assertion.getOwnerDocument().createElementNS("http://www.w3.org/2000/09/xmldsig#", "ds:Object");
            object.appendChild(signed);
            signature(assertion).appendChild(object);
            value(assertion, Saml.STRUCTURE).setTextContent("1750000001");
        });
    }

    @Test
    void aWeakDigestIsRefused() throws Exception {
        refusedAfter(
                VihfFault.SIGNATURE,
                assertion -> ((Element) signature(assertion)
                                .getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "DigestMethod")
                                .item(0))
                        .setAttribute("Algorithm", "http://www.w3.org/2000/09/xmldsig#sha1"));
    }

    @Test
    void onlySignatureCertificatesOfStructuresThatAreLetInCount() throws Exception {
        KeyMaterial forTls = KeyMaterial.load(PKI.resolve("bridge"));
        assertRefused(VihfFault.CERTIFICATE, List.of(sent(issuedBy(forTls), forTls)));
        Subject stranger = new Subject("Paris (75)", "AUTRE", StructureId.siret("99900002900010"), "CACHET");
        KeyMaterial notListed = issued(TestAuthority.organisations(PKI), stranger, now);
        assertRefused(VihfFault.CERTIFICATE, List.of(sent(issuedBy(notListed), notListed)));
        Subject ours = new Subject(
                "Paris (75)", "OPERATEUR DEMO MSSANTE", StructureId.siret("99900001100018"), "CACHET-PASSERELLE-DMP");
        KeyMaterial ofOursForTls = issued(TestAuthority.organisations(PKI), Profile.ORG_AUTH_CLI, ours, now);
        assertRefused(VihfFault.CERTIFICATE, List.of(sent(issuedBy(ofOursForTls), ofOursForTls)));
        KeyMaterial namesake = issued(TestAuthority.organisations(PKI).namesake(), ours, now);
        assertRefused(VihfFault.CERTIFICATE, List.of(sent(issuedBy(namesake), namesake)));
        KeyMaterial expired = issued(TestAuthority.organisations(PKI), ours, now.minus(Duration.ofDays(4 * 365)));
        assertRefused(VihfFault.CERTIFICATE, List.of(sent(issuedBy(expired), expired)));
        KeyMaterial renewed = issued(TestAuthority.organisations(PKI), ours, now.minusSeconds(60));
        assertThat(check.of(List.of(sent(issuedBy(renewed), renewed)), Optional.of(PATIENT)))
                .isInstanceOf(VihfVerdict.Accepted.class);
    }

    @Test
    void theIssuerIsWhoSigned() throws Exception {
        assertRefused(VihfFault.CERTIFICATE, List.of(sent(issuedBy(KeyMaterial.load(PKI.resolve("bridge"))), bridge)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-7 * 60, 2 * 60})
    void anOldOneAndOneOfTheFutureAreRefused(long seconds) throws Exception {
        Vihf at = at(now.plusSeconds(seconds), Optional.empty());
        assertRefused(VihfFault.WINDOW, List.of(sent(at, bridge)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-5 * 60, 30})
    void oneWithinAgeAndSkewIsAccepted(long seconds) throws Exception {
        Vihf at = at(now.plusSeconds(seconds), Optional.empty());
        assertThat(check.of(List.of(sent(at, bridge)), Optional.of(PATIENT))).isInstanceOf(VihfVerdict.Accepted.class);
    }

    @Test
    void itsConditionsAreKept() throws Exception {
        Vihf over = at(now, Optional.of(new Vihf.Window(now.minusSeconds(200), now.minusSeconds(100))));
        assertRefused(VihfFault.WINDOW, List.of(sent(over, bridge)));
        Vihf early = at(now, Optional.of(new Vihf.Window(now.plusSeconds(100), now.plusSeconds(200))));
        assertRefused(VihfFault.WINDOW, List.of(sent(early, bridge)));
    }

    @Test
    void aConditionThatIsNotUnderstoodIsNotMet() throws Exception {
        assertRefused(
                VihfFault.MALFORMED,
                List.of(signedAfter(assertion -> only(assertion, "Conditions")
                        .appendChild(assertion.getOwnerDocument().createElementNS(NS, "saml:AudienceRestriction")))));
    }

    @Test
    void itIsAboutThePatientOfTheRequest() throws Exception {
        assertThat(check.of(List.of(sent(vihf(), bridge)), Optional.of(ANOTHER)))
                .isInstanceOfSatisfying(
                        VihfVerdict.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(VihfFault.PATIENT));
        assertRefused(VihfFault.PATIENT, List.of(signedAfter(assertion -> remove(assertion, Saml.PATIENT))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Saml.STRUCTURE,
                Saml.SECTOR,
                Saml.ROLE,
                Saml.NAME,
                Saml.VIHF_VERSION,
                Saml.MODE,
                Saml.RESOURCE,
                Saml.PURPOSE,
                Saml.SOFTWARE_ID,
                Saml.SOFTWARE_NAME,
                Saml.SOFTWARE_VERSION,
                Saml.HOMOLOGATION
            })
    void anAssertionThatLacksAnAttributeIsMalformed(String name) throws Exception {
        assertRefused(VihfFault.MALFORMED, List.of(signedAfter(assertion -> remove(assertion, name))));
    }

    @Test
    void valuesThatAreNoneOfTheDmpAreMalformed() throws Exception {
        assertRefused(
                VihfFault.MALFORMED,
                List.of(signedAfter(assertion -> value(assertion, Saml.RESOURCE).setTextContent("urn:other"))));
        assertRefused(
                VihfFault.MALFORMED,
                List.of(signedAfter(
                        assertion -> ((Element) value(assertion, Saml.PURPOSE).getFirstChild())
                                .setAttribute("code", "brisDeGlace"))));
        assertRefused(
                VihfFault.MALFORMED,
                List.of(signedAfter(
                        assertion -> only(assertion, "AuthnContextClassRef").setTextContent(Saml.SMARTCARD))));
        assertRefused(
                VihfFault.MALFORMED,
                List.of(signedAfter(assertion -> assertion.setAttribute("IssueInstant", "yesterday"))));
    }

    @Test
    void theNameOfTheModeIsReadInEitherSpelling() throws Exception {
        Element header = signedAfter(assertion ->
                ((Element) value(assertion, Saml.MODE).getParentNode()).setAttribute("Name", "Authentification_Mode"));
        assertThat(check.of(List.of(header), Optional.of(PATIENT))).isInstanceOf(VihfVerdict.Accepted.class);
    }

    private void assertRefused(VihfFault fault, List<Element> headers) {
        assertThat(check.of(headers, Optional.of(PATIENT)))
                .isInstanceOfSatisfying(
                        VihfVerdict.Refused.class,
                        refused -> assertThat(refused.fault()).as(refused.why()).isEqualTo(fault));
    }

    private void refusedAfter(VihfFault fault, Consumer<Element> change) throws Exception {
        Element header = sent(vihf(), bridge);
        change.accept((Element) header.getFirstChild());
        assertRefused(fault, List.of(header));
    }

    private Element signedAfter(Consumer<Element> change) throws Exception {
        Element header = VihfWriter.write(vihf());
        change.accept((Element) header.getFirstChild());
        AssertionSignature.sign((Element) header.getFirstChild(), bridge);
        return wire(header);
    }

    private static Element sent(Vihf vihf, KeyMaterial signer) throws Exception {
        Element header = VihfWriter.write(vihf);
        AssertionSignature.sign((Element) header.getFirstChild(), signer);
        return wire(header);
    }

    private static Element wire(Element header) throws Exception {
        StringWriter text = new StringWriter();
        TransformerFactory.newInstance().newTransformer().transform(new DOMSource(header), new StreamResult(text));
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(text.toString())))
                .getDocumentElement();
    }

    private KeyMaterial issued(TestAuthority authority, Subject subject, Instant at) {
        return issued(authority, Profile.ORG_SIGN, subject, at);
    }

    private KeyMaterial issued(TestAuthority authority, Profile profile, Subject subject, Instant at) {
        Path home = folder.resolve(Long.toString(System.nanoTime()));
        authority.issue(home, profile, subject, AlternativeNames.none(), at);
        return KeyMaterial.load(home);
    }

    private Vihf vihf() {
        return at(now, Optional.of(new Vihf.Window(now, now.plusSeconds(300))));
    }

    private Vihf at(Instant issuedAt, Optional<Vihf.Window> window) {
        return vihf(issuedAt, window, bridge);
    }

    private Vihf issuedBy(KeyMaterial issuer) {
        return vihf(now, Optional.empty(), issuer);
    }

    private static Vihf vihf(Instant issuedAt, Optional<Vihf.Window> window, KeyMaterial issuer) {
        return new Vihf(
                "_1",
                issuer.leaf().getSubjectX500Principal().getName(X500Principal.RFC2253),
                issuedAt,
                window,
                requester().subject(),
                Saml.PASSWORD,
                Optional.of(requester().name()),
                requester().structure(),
                requester().sector(),
                List.of(requester().role()),
                Saml.CURRENT_VERSION,
                Saml.INDIRECT,
                Optional.of(Cx.of(PATIENT)),
                new Code(Saml.NORMAL, Saml.PURPOSES, "Accès normal"),
                requester().software());
    }

    private static Requester requester() {
        return new Requester(
                "399900001100018/passerelle",
                "L'ÉTÉ & FILS",
                "399900001100018",
                new Code("SA01", "1.2.250.1.71.4.2.4", ""),
                new Code("AUTOMATE", "1.2.250.1.213.1.1.4.6", "Automate"),
                new Requester.Software("1", "MSSante", "0.1", "X-1"));
    }

    private static Element only(Element assertion, String name) {
        return (Element) assertion.getElementsByTagNameNS(NS, name).item(0);
    }

    private static Element value(Element assertion, String attribute) {
        return (Element) attribute(assertion, attribute)
                .getElementsByTagNameNS(NS, "AttributeValue")
                .item(0);
    }

    private static void remove(Element assertion, String attribute) {
        Element found = attribute(assertion, attribute);
        found.getParentNode().removeChild(found);
    }

    private static Element attribute(Element assertion, String name) {
        return Elements.children(only(assertion, "AttributeStatement")).stream()
                .filter(attribute -> attribute.getAttribute("Name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What was signed, without the signature, which is borrowed. */
    private static Element signedCopy(Element assertion) {
        Element copy = (Element) assertion.cloneNode(true);
        copy.removeChild(signature(copy));
        copy.setIdAttribute(Saml.ID, true);
        return copy;
    }

    private static Element signature(Element assertion) {
        for (Node child = assertion.getFirstChild(); child != null; child = child.getNextSibling()) {
            if ("Signature".equals(child.getLocalName())) {
                return (Element) child;
            }
        }
        throw new AssertionError("no signature");
    }
}
