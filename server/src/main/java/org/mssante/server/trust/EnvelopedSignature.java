package org.mssante.server.trust;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.crypto.AlgorithmMethod;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.KeySelectorException;
import javax.xml.crypto.KeySelectorResult;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.XMLCryptoContext;
import javax.xml.crypto.XMLStructure;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.X509Data;
import org.mssante.server.trust.TrustListVerdict.Reason;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * The one signature form a trust list has (mssante §2.3): XMLDSig enveloped as the root's last element, one reference to
 * the whole document, fixed algorithms, the signer's certificate alone in KeyInfo. Anything else is refused before any
 * key is used, so that no moved, doubled or weaker signature ever counts.
 */
final class EnvelopedSignature {
    private static final String SECURE_VALIDATION = "org.jcp.xml.dsig.secureValidation";
    private static final List<String> CHILDREN = List.of("SignedInfo", "SignatureValue", "KeyInfo");
    private static final List<String> TRANSFORMS = List.of(Transform.ENVELOPED, CanonicalizationMethod.EXCLUSIVE);

    private EnvelopedSignature() {}

    /** The certificate whose key signed the whole document. Who that is remains to be checked. */
    static X509Certificate signerOf(Document document) throws TrustListRejection {
        Element element = onlySignature(document);
        try {
            DOMValidateContext context = new DOMValidateContext(new EnclosedKey(), element);
            context.setProperty(SECURE_VALIDATION, true);
            XMLSignature signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            checkForm(signature.getSignedInfo());
            X509Certificate signer = onlyCertificate(signature.getKeyInfo())
                    .orElseThrow(() -> new TrustListRejection(
                            Reason.SIGNATURE_FORM,
                            "KeyInfo does not hold one certificate with a strong RSA key alone"));
            if (!signature.validate(context)) {
                throw new TrustListRejection(Reason.SIGNATURE_WRONG, "the digest or the signature value is wrong");
            }
            return signer;
        } catch (MarshalException e) {
            throw new TrustListRejection(Reason.SIGNATURE_FORM, String.valueOf(e.getMessage()), e);
        } catch (XMLSignatureException e) {
            throw new TrustListRejection(Reason.SIGNATURE_WRONG, String.valueOf(e.getMessage()), e);
        }
    }

    private static Element onlySignature(Document document) throws TrustListRejection {
        NodeList found = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
        if (found.getLength() != 1) {
            throw new TrustListRejection(Reason.SIGNATURE_MISSING, "it has " + found.getLength() + " signatures");
        }
        Element signature = (Element) found.item(0);
        if (!signature.getParentNode().isSameNode(document.getDocumentElement())) {
            throw new TrustListRejection(Reason.SIGNATURE_MISSING, "the signature is not a child of the root");
        }
        for (Node next = signature.getNextSibling(); next != null; next = next.getNextSibling()) {
            if (next.getNodeType() == Node.ELEMENT_NODE) {
                throw new TrustListRejection(
                        Reason.SIGNATURE_FORM, "the signature is followed by " + next.getLocalName());
            }
        }
        List<String> children = new ArrayList<>();
        for (Node child = signature.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.ELEMENT_NODE) {
                children.add(child.getLocalName());
            }
        }
        // the enveloped transform leaves the signature out of what is signed: nothing else may hide in it
        if (!children.equals(CHILDREN)) {
            throw new TrustListRejection(Reason.SIGNATURE_FORM, "the signature holds " + children);
        }
        return signature;
    }

    private static void checkForm(SignedInfo signedInfo) throws TrustListRejection {
        require(signedInfo.getCanonicalizationMethod(), CanonicalizationMethod.EXCLUSIVE);
        require(signedInfo.getSignatureMethod(), SignatureMethod.RSA_SHA256);
        if (signedInfo.getReferences().size() != 1) {
            throw new TrustListRejection(
                    Reason.SIGNATURE_FORM,
                    "it has " + signedInfo.getReferences().size() + " references");
        }
        Reference reference = signedInfo.getReferences().get(0);
        if (!"".equals(reference.getURI())) {
            throw new TrustListRejection(Reason.SIGNATURE_FORM, "the reference is not the whole document");
        }
        require(reference.getDigestMethod(), DigestMethod.SHA256);
        List<Transform> transforms = reference.getTransforms();
        if (transforms.size() != TRANSFORMS.size()) {
            throw new TrustListRejection(Reason.SIGNATURE_FORM, "it has " + transforms.size() + " transforms");
        }
        for (int i = 0; i < TRANSFORMS.size(); i++) {
            require(transforms.get(i), TRANSFORMS.get(i));
        }
    }

    private static void require(AlgorithmMethod method, String algorithm) throws TrustListRejection {
        if (!algorithm.equals(method.getAlgorithm()) || method.getParameterSpec() != null) {
            throw new TrustListRejection(
                    Reason.SIGNATURE_FORM, "it uses " + method.getAlgorithm() + " in place of plain " + algorithm);
        }
    }

    private static Optional<X509Certificate> onlyCertificate(KeyInfo keyInfo) {
        List<XMLStructure> content = keyInfo.getContent();
        if (content.size() == 1
                && content.get(0) instanceof X509Data data
                && data.getContent().size() == 1
                && data.getContent().get(0) instanceof X509Certificate certificate
                && certificate.getPublicKey() instanceof RSAPublicKey key
                && key.getModulus().bitLength() >= CertificateStrength.RSA_BITS) {
            return Optional.of(certificate);
        }
        return Optional.empty();
    }

    /** The key of the certificate the signature carries. */
    private static final class EnclosedKey extends KeySelector {
        @Override
        public KeySelectorResult select(
                KeyInfo keyInfo, Purpose purpose, AlgorithmMethod method, XMLCryptoContext context)
                throws KeySelectorException {
            PublicKey key = onlyCertificate(keyInfo)
                    .map(X509Certificate::getPublicKey)
                    .orElseThrow(() -> new KeySelectorException("KeyInfo does not hold one certificate alone"));
            return () -> key;
        }
    }
}
