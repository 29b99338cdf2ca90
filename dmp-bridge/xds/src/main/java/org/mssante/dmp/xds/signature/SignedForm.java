package org.mssante.dmp.xds.signature;

import static org.mssante.dmp.xds.signature.InvalidSignatureException.require;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.xml.security.Init;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.Reference;
import org.apache.xml.security.signature.SignedInfo;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.mssante.dmp.xds.xmldsig.Algorithms;
import org.mssante.dmp.xds.xmldsig.Elements;
import org.mssante.dmp.xds.xmldsig.Signers;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The one form a signature of a submission has: it is the root and alone, its objects are the manifest, the properties of XAdES
 * and at most the purpose, and its two references are to that very manifest and those very properties. Any other form is
 * refused before a key is used, so that what is read is what was signed.
 */
final class SignedForm {
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
    private static final List<String> FRONT = List.of("SignedInfo", "SignatureValue", "KeyInfo");
    private static final String OBJECT = "Object";
    private static final Set<String> IDS = Set.of("id", "Id", "ID", "xml:id");

    static {
        Init.init();
    }

    private final XMLSignature signature;
    private final X509Certificate signer;
    private final Instant signedAt;
    private final Map<String, ManifestReference> manifest;

    private SignedForm(
            XMLSignature signature, X509Certificate signer, Instant signedAt, Map<String, ManifestReference> manifest) {
        this.signature = signature;
        this.signer = signer;
        this.signedAt = signedAt;
        this.manifest = manifest;
    }

    /** @throws InvalidSignatureException where it has not that form */
    static SignedForm read(byte[] xml) {
        Element root = root(xml);
        Element manifest = objectContent(root, Dsg.DS, Dsg.MANIFEST);
        XadesForm form = xades(root);
        Element qualifying = objectContent(root, form.namespace(), "QualifyingProperties");
        require(
                ("#" + root.getAttribute(Dsg.ID)).equals(qualifying.getAttribute("Target")),
                SignatureFault.FORM,
                "its properties are those of another signature");
        List<Element> properties = Elements.children(qualifying);
        require(
                properties.size() == 1 && is(properties.get(0), form.namespace(), "SignedProperties"),
                SignatureFault.FORM,
                "its properties are not signed, or more than the basic form has");
        Element signed = properties.get(0);
        try {
            manifest.setIdAttribute(Dsg.ID, true);
            signed.setIdAttribute(Dsg.ID, true);
            XMLSignature signature = new XMLSignature(root, "", true);
            checkReferences(signature.getSignedInfo(), form, manifest, signed);
            X509Certificate signer = Signers.certificate(signature)
                    .orElseThrow(() ->
                            new InvalidSignatureException(SignatureFault.FORM, "it does not bring one certificate"));
            Element basic = one(signed, form, "SignedSignatureProperties");
            checkCertificate(basic, form, signer);
            return new SignedForm(signature, signer, time(one(basic, form, "SigningTime")), references(manifest));
        } catch (XMLSecurityException e) {
            throw new InvalidSignatureException(SignatureFault.FORM, "it cannot be read", e);
        }
    }

    X509Certificate signer() {
        return signer;
    }

    Instant signedAt() {
        return signedAt;
    }

    /** By the URI of what is referenced. */
    Map<String, ManifestReference> manifest() {
        return manifest;
    }

    /** True where the certificate's key made it, over the manifest and the properties as they are. */
    boolean isRight() {
        try {
            return signature.checkSignatureValue(signer);
        } catch (XMLSecurityException e) {
            throw new InvalidSignatureException(SignatureFault.VALUE, "its value cannot be computed", e);
        }
    }

    private static Element root(byte[] xml) {
        Element root;
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.setXIncludeAware(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            root = builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java parses no XML", e);
        } catch (SAXException | IOException e) {
            throw new InvalidSignatureException(SignatureFault.FORM, "it is no XML, or declares a DTD", e);
        }
        require(
                is(root, Dsg.DS, "Signature")
                        && root.getElementsByTagNameNS(Dsg.DS, "Signature").getLength() == 0,
                SignatureFault.FORM,
                "it is not exactly one signature");
        List<Element> children = Elements.children(root);
        require(
                children.stream().allMatch(child -> Dsg.DS.equals(child.getNamespaceURI()))
                        && children.size() > FRONT.size()
                        && children.subList(0, FRONT.size()).stream()
                                .map(Element::getLocalName)
                                .toList()
                                .equals(FRONT)
                        && children.subList(FRONT.size(), children.size()).stream()
                                .allMatch(SignedForm::isObjectOfOne),
                SignatureFault.FORM,
                "it holds more or less than such a signature has");
        checkIds(root);
        return root;
    }

    private static boolean isObjectOfOne(Element object) {
        if (!object.getLocalName().equals(OBJECT) || Elements.children(object).size() != 1) {
            return false;
        }
        Element content = Elements.children(object).get(0);
        return is(content, Dsg.DS, Dsg.MANIFEST)
                || is(content, Dsg.DS, "SignatureProperties")
                || content.getLocalName().equals("QualifyingProperties");
    }

    /** Two elements of one identifier: what is referenced and what is read could be different ones. */
    private static void checkIds(Element root) {
        Set<String> seen = new HashSet<>();
        NodeList all = root.getOwnerDocument().getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            for (String name : IDS) {
                Node attribute = all.item(i).getAttributes().getNamedItem(name);
                require(
                        attribute == null || seen.add(attribute.getNodeValue()),
                        SignatureFault.FORM,
                        "two of its elements have one identifier");
            }
        }
    }

    private static Element objectContent(Element root, String namespace, String name) {
        List<Element> found = Elements.children(root, Dsg.DS, OBJECT).stream()
                .flatMap(object -> Elements.children(object, namespace, name).stream())
                .toList();
        require(found.size() == 1, SignatureFault.FORM, "it has not exactly one " + name);
        return found.get(0);
    }

    private static XadesForm xades(Element root) {
        return Arrays.stream(XadesForm.values())
                .filter(form -> root.getElementsByTagNameNS(form.namespace(), "QualifyingProperties")
                                .getLength()
                        > 0)
                .findFirst()
                .orElseThrow(() -> new InvalidSignatureException(
                        SignatureFault.FORM, "it has no properties of an edition of XAdES that is known here"));
    }

    private static void checkReferences(SignedInfo info, XadesForm form, Element manifest, Element properties)
            throws XMLSecurityException {
        require(
                Algorithms.isStrongSignature(info.getSignatureMethodURI()),
                SignatureFault.FORM,
                "it is of an algorithm too weak");
        require(
                Dsg.CANONICALISATIONS.contains(info.getCanonicalizationMethodURI()),
                SignatureFault.FORM,
                "it is canonicalised in another way");
        require(info.getLength() == 2, SignatureFault.FORM, "it has not two references");
        checkReference(info.item(0), Dsg.MANIFEST_TYPE, manifest);
        checkReference(info.item(1), form.propertiesType(), properties);
    }

    private static void checkReference(Reference reference, String type, Element target) throws XMLSecurityException {
        require(
                type.equals(reference.getType())
                        && ("#" + target.getAttribute(Dsg.ID)).equals(reference.getURI())
                        && !target.getAttribute(Dsg.ID).isEmpty(),
                SignatureFault.FORM,
                "it signs something else");
        require(
                Algorithms.isStrongDigest(reference.getMessageDigestAlgorithm().getAlgorithmURI()),
                SignatureFault.FORM,
                "a digest of it is of an algorithm too weak");
        Transforms transforms = reference.getTransforms();
        require(
                transforms == null
                        || (transforms.getLength() == 1
                                && Dsg.CANONICALISATIONS.contains(
                                        transforms.item(0).getURI())),
                SignatureFault.FORM,
                "it leaves out or changes what it signs");
        require(
                reference.getContentsBeforeTransformation().getSubNode() == target,
                SignatureFault.FORM,
                "it signs something else");
    }

    private static void checkCertificate(Element properties, XadesForm form, X509Certificate signer) {
        Element first = Elements.children(one(properties, form, form.certificateProperty())).stream()
                .findFirst()
                .orElseThrow(
                        () -> new InvalidSignatureException(SignatureFault.FORM, "its properties name no certificate"));
        List<Element> digest = Elements.children(one(first, form, "CertDigest"));
        require(digest.size() == 2, SignatureFault.FORM, "its properties name no certificate");
        String algorithm = digest.get(0).getAttribute("Algorithm");
        require(
                Algorithms.isStrongDigest(algorithm),
                SignatureFault.FORM,
                "the digest of its certificate is of an algorithm too weak");
        try {
            require(
                    MessageDigest.isEqual(
                            ContentDigest.of(signer.getEncoded(), algorithm),
                            ManifestReference.decoded(digest.get(1).getTextContent())),
                    SignatureFault.FORM,
                    "its properties name another certificate than the one it brings");
        } catch (GeneralSecurityException e) {
            throw new InvalidSignatureException(SignatureFault.FORM, "its certificate cannot be read", e);
        }
    }

    private static Map<String, ManifestReference> references(Element manifest) {
        Map<String, ManifestReference> references = new LinkedHashMap<>();
        for (Element child : Elements.children(manifest)) {
            ManifestReference reference = ManifestReference.read(child);
            require(
                    references.put(reference.uri(), reference) == null,
                    SignatureFault.MANIFEST,
                    "its manifest names something twice");
        }
        return references;
    }

    private static Instant time(Element element) {
        try {
            return OffsetDateTime.parse(element.getTextContent().strip()).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidSignatureException(SignatureFault.FORM, "its time is none, or says no time zone", e);
        }
    }

    private static Element one(Element parent, XadesForm form, String name) {
        List<Element> found = Elements.children(parent, form.namespace(), name);
        require(found.size() == 1, SignatureFault.FORM, "it has not exactly one " + name);
        return found.get(0);
    }

    private static boolean is(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }
}
