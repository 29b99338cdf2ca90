package org.mssante.certs;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.mssante.core.tls.KeyMaterial;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Writes a trust list and signs it in the one form the published list has: XMLDSig enveloped, exclusive
 * canonicalization, RSA with SHA-256, one reference with an empty URI, and of the signer's chain the end-entity
 * certificate only.
 */
public final class TrustListSigner {
    /** The namespace of the published list. */
    public static final String NAMESPACE = "https://listeblanche.mssante.fr/schema";

    private final KeyMaterial signer;

    public TrustListSigner(KeyMaterial signer) {
        this.signer = signer;
    }

    /**
     * The list as a file holds it, in UTF-8.
     *
     * @param generated DateDeGeneration, shown to the second
     */
    public byte[] sign(List<TrustListRow> rows, Instant generated) throws GeneralSecurityException {
        try {
            Document list = document(rows, generated);
            sign(list.getDocumentElement());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            TransformerFactory.newInstance().newTransformer().transform(new DOMSource(list), new StreamResult(bytes));
            return bytes.toByteArray();
        } catch (ParserConfigurationException | TransformerException | MarshalException | XMLSignatureException e) {
            throw new GeneralSecurityException("the trust list cannot be signed", e);
        }
    }

    private static Document document(List<TrustListRow> rows, Instant generated) throws ParserConfigurationException {
        Document list =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
        list.setXmlStandalone(true);
        Element root = list.createElementNS(NAMESPACE, "ListeBlancheMSSante");
        // canonicalization reads the declaration, which createElementNS alone does not write
        root.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, XMLConstants.XMLNS_ATTRIBUTE, NAMESPACE);
        list.appendChild(root);
        append(root, "DateDeGeneration", seconds(generated));
        Element domains = append(root, "ListeDomaines", "");
        for (TrustListRow row : rows) {
            Element domain = append(domains, "Domaine", "");
            append(domain, "Nom", row.domain().name());
            append(domain, "Description", row.description());
            append(domain, "DNCertificatOperateur", row.operatorDn());
            append(domain, "ResponsableContact", row.contact());
            append(domain, "SupportContact", row.contact());
            append(domain, "DateMAJ", seconds(row.updated()));
        }
        return list;
    }

    private void sign(Element root) throws GeneralSecurityException, MarshalException, XMLSignatureException {
        XMLSignatureFactory signatures = XMLSignatureFactory.getInstance("DOM");
        Reference whole = signatures.newReference(
                "",
                signatures.newDigestMethod(DigestMethod.SHA256, null),
                List.of(
                        signatures.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                        signatures.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                null,
                null);
        SignedInfo signedInfo = signatures.newSignedInfo(
                signatures.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                signatures.newSignatureMethod(SignatureMethod.RSA_SHA256, null),
                List.of(whole));
        KeyInfoFactory keyInfos = signatures.getKeyInfoFactory();
        KeyInfo endEntityOnly = keyInfos.newKeyInfo(List.of(keyInfos.newX509Data(List.of(signer.leaf()))));
        signatures.newXMLSignature(signedInfo, endEntityOnly).sign(new DOMSignContext(signer.key(), root));
    }

    private static Element append(Element parent, String name, String text) {
        Element child = parent.getOwnerDocument().createElementNS(NAMESPACE, name);
        if (!text.isEmpty()) {
            child.setTextContent(text);
        }
        parent.appendChild(child);
        return child;
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
