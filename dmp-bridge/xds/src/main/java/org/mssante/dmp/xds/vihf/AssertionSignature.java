package org.mssante.dmp.xds.vihf;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.apache.xml.security.Init;
import org.apache.xml.security.algorithms.MessageDigestAlgorithm;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.keys.content.X509Data;
import org.apache.xml.security.signature.Reference;
import org.apache.xml.security.signature.SignedInfo;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.apache.xml.security.utils.Constants;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.dmp.xds.xmldsig.Algorithms;
import org.mssante.dmp.xds.xmldsig.Elements;
import org.mssante.dmp.xds.xmldsig.Signers;
import org.w3c.dom.Element;

/**
 * The one form of signature an assertion has (SAML core §5.4): enveloped, a child of the assertion, with one reference to
 * the assertion itself by its ID. Any other form is refused before a key is used, so that what is read is what was signed.
 */
final class AssertionSignature {
    private static final List<String> TRANSFORMS =
            List.of(Transforms.TRANSFORM_ENVELOPED_SIGNATURE, Transforms.TRANSFORM_C14N_EXCL_OMIT_COMMENTS);
    private static final List<String> CHILDREN = List.of("SignedInfo", "SignatureValue", "KeyInfo");
    private static final String ISSUER = "Issuer";

    static {
        Init.init();
    }

    private AssertionSignature() {}

    /** Signs an assertion, behind its issuer as the schema of SAML wants. */
    static void sign(Element assertion, KeyMaterial signer) {
        try {
            assertion.setIdAttribute(Saml.ID, true);
            XMLSignature signature = new XMLSignature(
                    assertion.getOwnerDocument(),
                    "",
                    Algorithms.sha256With(signer.key()),
                    Transforms.TRANSFORM_C14N_EXCL_OMIT_COMMENTS);
            Element issuer =
                    Elements.children(assertion, Saml.NAMESPACE, ISSUER).get(0);
            assertion.insertBefore(signature.getElement(), issuer.getNextSibling());
            Transforms transforms = new Transforms(assertion.getOwnerDocument());
            for (String transform : TRANSFORMS) {
                transforms.addTransform(transform);
            }
            signature.addDocument(
                    "#" + assertion.getAttribute(Saml.ID), transforms, MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA256);
            X509Data certificates = new X509Data(assertion.getOwnerDocument());
            certificates.addCertificate(signer.leaf());
            signature.getKeyInfo().add(certificates);
            signature.sign(signer.key());
        } catch (XMLSecurityException e) {
            throw new IllegalStateException("the VIHF cannot be signed with " + signer, e);
        }
    }

    /**
     * The certificate whose key signed the whole of an assertion. Who that is remains to be checked.
     *
     * @throws InvalidVihfException where there is none
     */
    static X509Certificate signerOf(Element assertion) {
        Element element = only(assertion);
        try {
            assertion.setIdAttribute(Saml.ID, true);
            XMLSignature signature = new XMLSignature(element, "", true);
            checkForm(signature.getSignedInfo(), assertion);
            X509Certificate signer = Signers.certificate(signature)
                    .orElseThrow(() -> new InvalidVihfException(
                            VihfFault.SIGNATURE, "its signature does not bring one certificate"));
            require(signature.checkSignatureValue(signer), "its signature is wrong");
            return signer;
        } catch (XMLSecurityException e) {
            throw new InvalidVihfException(VihfFault.SIGNATURE, "its signature cannot be read", e);
        }
    }

    private static Element only(Element assertion) {
        require(
                assertion
                                .getElementsByTagNameNS(Constants.SignatureSpecNS, "Signature")
                                .getLength()
                        == 1,
                "it has not exactly one signature");
        List<Element> found = Elements.children(assertion, Constants.SignatureSpecNS, "Signature");
        require(found.size() == 1, "its signature is not its own child");
        List<String> children = Elements.children(found.get(0)).stream()
                .map(Element::getLocalName)
                .toList();
        // what stands in the signature is not signed with the rest: nothing may hide there
        require(children.equals(CHILDREN), "its signature holds more or less than a signature has");
        return found.get(0);
    }

    private static void checkForm(SignedInfo signed, Element assertion) throws XMLSecurityException {
        require(
                Algorithms.isStrongSignature(signed.getSignatureMethodURI()),
                "its signature is of an algorithm too weak");
        require(
                Transforms.TRANSFORM_C14N_EXCL_OMIT_COMMENTS.equals(signed.getCanonicalizationMethodURI()),
                "its signature is canonicalised in another way");
        require(signed.getLength() == 1, "its signature has not one reference");
        Reference reference = signed.item(0);
        require(
                ("#" + assertion.getAttribute(Saml.ID)).equals(reference.getURI()),
                "its signature is that of something else");
        require(
                Algorithms.isStrongDigest(reference.getMessageDigestAlgorithm().getAlgorithmURI()),
                "its digest is of an algorithm too weak");
        Transforms transforms = reference.getTransforms();
        List<String> names = new ArrayList<>();
        for (int i = 0; transforms != null && i < transforms.getLength(); i++) {
            names.add(transforms.item(i).getURI());
        }
        require(names.equals(TRANSFORMS), "its signature leaves out or changes what it signs");
        // another element with the same ID would be the one that is looked at
        require(
                reference.getContentsBeforeTransformation().getSubNode() == assertion,
                "its signature is that of something else");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new InvalidVihfException(VihfFault.SIGNATURE, otherwise);
        }
    }
}
