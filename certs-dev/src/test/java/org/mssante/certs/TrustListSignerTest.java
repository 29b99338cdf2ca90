package org.mssante.certs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.X509Data;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.tls.PemFiles;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class TrustListSignerTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.5Z");

    @TempDir
    private static Path pki;

    private static String list;

    @BeforeAll
    static void makePki() throws Exception {
        new DevelopmentPki(pki, Clock.fixed(NOW, ZoneOffset.UTC)).complete();
        list = Files.readString(pki.resolve("trust-list.xml"), StandardCharsets.UTF_8);
    }

    @Test
    void theSignatureHolds() throws Exception {
        assertThat(isValid(list)).isTrue();
    }

    @Test
    void theSignatureDoesNotHoldForAnotherContent() throws Exception {
        assertThat(isValid(list.replace("chu-exemple.mssante.fr", "chu-exemplf.mssante.fr")))
                .isFalse();
    }

    @Test
    void theSignatureHasTheFormOfThePublishedList() throws Exception {
        XMLSignature signature = XMLSignatureFactory.getInstance("DOM")
                .unmarshalXMLSignature(new DOMValidateContext(signerKey(), signatureElement(parse(list))));
        assertThat(signature.getSignedInfo().getCanonicalizationMethod().getAlgorithm())
                .isEqualTo("http://www.w3.org/2001/10/xml-exc-c14n#");
        assertThat(signature.getSignedInfo().getSignatureMethod().getAlgorithm())
                .isEqualTo("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
        assertThat(signature.getSignedInfo().getReferences()).hasSize(1);
        Reference reference = signature.getSignedInfo().getReferences().get(0);
        assertThat(reference.getURI()).isEmpty();
        assertThat(reference.getDigestMethod().getAlgorithm()).isEqualTo("http://www.w3.org/2001/04/xmlenc#sha256");
        assertThat(reference.getTransforms())
                .extracting(Transform::getAlgorithm)
                .containsExactly(
                        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
                        "http://www.w3.org/2001/10/xml-exc-c14n#");
        X509Data data = (X509Data) signature.getKeyInfo().getContent().get(0);
        assertThat(data.getContent())
                .isEqualTo(List.of(PemFiles.certificates(pki.resolve("list-signer/cert.pem"))
                        .get(0)));
        assertThat(list).contains("&#13;");
    }

    @Test
    void theSignatureIsTheLastChildOfTheRoot() throws Exception {
        assertThat(parse(list).getDocumentElement().getLastChild().getLocalName())
                .isEqualTo("Signature");
    }

    @Test
    void everyDomainHasItsSixChildrenInOrder() throws Exception {
        Document document = parse(list);
        List<String> names = new ArrayList<>();
        var domains = document.getElementsByTagNameNS(TrustListSigner.NAMESPACE, "Domaine");
        for (int i = 0; i < domains.getLength(); i++) {
            Element domain = (Element) domains.item(i);
            assertThat(childNames(domain))
                    .containsExactly(
                            "Nom",
                            "Description",
                            "DNCertificatOperateur",
                            "ResponsableContact",
                            "SupportContact",
                            "DateMAJ");
            names.add(domain.getFirstChild().getTextContent());
        }
        assertThat(names)
                .containsExactly(
                        "demo.mssante.fr",
                        "demo.medecin.mssante.fr",
                        "chu-exemple.mssante.fr",
                        "revoque.exemple.mssante.fr");
        assertThat(list).contains("<DateDeGeneration>2026-11-20T10:00:00Z</DateDeGeneration>");
    }

    private static List<String> childNames(Element element) {
        List<String> names = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            names.add(child.getLocalName());
        }
        return names;
    }

    private static boolean isValid(String text) throws Exception {
        DOMValidateContext context = new DOMValidateContext(signerKey(), signatureElement(parse(text)));
        return XMLSignatureFactory.getInstance("DOM")
                .unmarshalXMLSignature(context)
                .validate(context);
    }

    private static PublicKey signerKey() {
        return PemFiles.certificates(pki.resolve("list-signer/cert.pem")).get(0).getPublicKey();
    }

    private static Element signatureElement(Document document) {
        return (Element)
                document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0);
    }

    private static Document parse(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
