package org.mssante.dmp.xds.signature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import javax.xml.XMLConstants;
import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.keys.content.X509Data;
import org.apache.xml.security.signature.ObjectContainer;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.dmp.xds.iti41.DocumentContent;
import org.mssante.dmp.xds.iti41.Submission;
import org.mssante.dmp.xds.xml.EmptyDocument;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** One signature as XML, in the form of the DMP's examples. */
final class SignatureWriter {
    private static final String DS_PREFIX = "ds:";
    private static final String XADES_PREFIX = "xad";
    private static final String PROPERTIES_ID = "S0-SignedProperties";
    private static final String MANIFEST_REFERENCE_ID = "S0-Manifest";
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String URI = "URI";
    private static final String TARGET = "Target";
    private static final String ALGORITHM = "Algorithm";
    private static final String TO_WITHIN = "#";
    /** A submission set is no octets: what its reference says is its identifier. */
    private static final byte[] NO_DIGEST = {0};

    static {
        Init.init();
    }

    private final KeyMaterial key;
    private final SignatureStyle style;
    private final XadesForm form;
    private final String id;
    private final Document document = EmptyDocument.create();

    /** @param id uniqueId of the signature as a document */
    SignatureWriter(KeyMaterial key, SignatureStyle style, String id) {
        this.key = key;
        this.style = style;
        this.form = style.form();
        this.id = id;
    }

    byte[] write(Submission submission, Instant signedAt)
            throws XMLSecurityException, GeneralSecurityException, IOException {
        XMLSignature signature =
                new XMLSignature(document, "", style.signatureUri(key.key()), Canonicalizer.ALGO_ID_C14N_WITH_COMMENTS);
        signature.setId(id);
        document.appendChild(signature.getElement());
        object(signature, purpose());
        object(signature, manifest(submission));
        object(signature, qualifyingProperties(signedAt));
        signature.addDocument(
                TO_WITHIN + Dsg.MANIFEST_ID, canonical(), style.digestUri(), MANIFEST_REFERENCE_ID, Dsg.MANIFEST_TYPE);
        signature.addDocument(TO_WITHIN + PROPERTIES_ID, canonical(), style.digestUri(), null, form.propertiesType());
        X509Data certificates = new X509Data(document);
        certificates.addCertificate(key.leaf());
        signature.getKeyInfo().add(certificates);
        signature.sign(key.key());
        ByteArrayOutputStream xml = new ByteArrayOutputStream();
        xml.write(DECLARATION.getBytes(StandardCharsets.US_ASCII));
        Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_WITH_COMMENTS).canonicalizeSubtree(document, xml);
        return xml.toByteArray();
    }

    private Element purpose() {
        Element properties = ds("SignatureProperties");
        Element purpose = child(properties, ds("SignatureProperty"));
        purpose.setAttribute(Dsg.ID, Dsg.PURPOSE_ID);
        purpose.setAttribute(TARGET, TO_WITHIN + id);
        purpose.setTextContent(Dsg.PURPOSE.code());
        return properties;
    }

    private Element manifest(Submission submission) throws IOException {
        Element manifest = ds(Dsg.MANIFEST);
        identified(manifest, Dsg.MANIFEST_ID);
        reference(manifest, submission.submissionSet().uniqueId(), NO_DIGEST);
        DocumentContent content = submission.content();
        String uniqueId = submission.entry().uniqueId();
        Optional<byte[]> canonical = ContentDigest.ofCanonicalForm(content, style.digestUri());
        if (canonical.isPresent()) {
            Element reference = reference(manifest, uniqueId, canonical.get());
            Element transforms = ds("Transforms");
            child(transforms, ds("Transform")).setAttribute(ALGORITHM, Dsg.CANONICAL);
            reference.insertBefore(transforms, reference.getFirstChild());
        } else {
            reference(manifest, uniqueId, ContentDigest.ofOctets(content, style.digestUri()));
        }
        return manifest;
    }

    private Element reference(Element manifest, String uniqueId, byte[] digest) {
        Element reference = child(manifest, ds(Dsg.REFERENCE));
        reference.setAttribute(URI, Dsg.OID + uniqueId);
        digest(reference, ds("DigestMethod"), ds("DigestValue"), digest);
        return reference;
    }

    private void digest(Element parent, Element method, Element value, byte[] digest) {
        child(parent, method).setAttribute(ALGORITHM, style.digestUri());
        child(parent, value).setTextContent(Base64.getEncoder().encodeToString(digest));
    }

    private Element qualifyingProperties(Instant signedAt) throws GeneralSecurityException {
        Element qualifying = xades("QualifyingProperties");
        qualifying.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:" + XADES_PREFIX, form.namespace());
        qualifying.setAttribute(TARGET, TO_WITHIN + id);
        Element signed = child(qualifying, xades("SignedProperties"));
        identified(signed, PROPERTIES_ID);
        Element properties = child(signed, xades("SignedSignatureProperties"));
        child(properties, xades("SigningTime")).setTextContent(signedAt.toString());
        signingCertificate(child(properties, xades(form.certificateProperty())));
        if (form == XadesForm.V1_1_1) {
            child(child(properties, xades("SignaturePolicyIdentifier")), xades("SignaturePolicyImplied"));
            child(signed, xades("SignedDataObjectProperties"));
        } else {
            Element format = child(child(signed, xades("SignedDataObjectProperties")), xades("DataObjectFormat"));
            format.setAttribute("ObjectReference", TO_WITHIN + MANIFEST_REFERENCE_ID);
            child(format, xades("MimeType")).setTextContent(Dsg.MIME_TYPE);
        }
        return qualifying;
    }

    private void signingCertificate(Element property) throws GeneralSecurityException {
        Element certificate = child(property, xades("Cert"));
        Element digest = child(certificate, xades("CertDigest"));
        boolean first = form == XadesForm.V1_1_1;
        digest(
                digest,
                first ? xades("DigestMethod") : ds("DigestMethod"),
                first ? xades("DigestValue") : ds("DigestValue"),
                ContentDigest.of(key.leaf().getEncoded(), style.digestUri()));
        if (first) {
            Element issuer = child(certificate, xades("IssuerSerial"));
            child(issuer, ds("X509IssuerName"))
                    .setTextContent(key.leaf().getIssuerX500Principal().getName(X500Principal.RFC2253));
            child(issuer, ds("X509SerialNumber"))
                    .setTextContent(key.leaf().getSerialNumber().toString());
        }
    }

    private Transforms canonical() throws XMLSecurityException {
        Transforms transforms = new Transforms(document);
        transforms.addTransform(Dsg.CANONICAL);
        return transforms;
    }

    private void object(XMLSignature signature, Element content) throws XMLSecurityException {
        ObjectContainer object = new ObjectContainer(document);
        object.appendChild(content);
        signature.appendObject(object);
    }

    private static void identified(Element element, String id) {
        element.setAttribute(Dsg.ID, id);
        element.setIdAttribute(Dsg.ID, true);
    }

    private static Element child(Element parent, Element child) {
        parent.appendChild(child);
        return child;
    }

    private Element ds(String name) {
        return document.createElementNS(Dsg.DS, DS_PREFIX + name);
    }

    private Element xades(String name) {
        return document.createElementNS(form.namespace(), XADES_PREFIX + ":" + name);
    }
}
