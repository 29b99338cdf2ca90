package org.mssante.dmp.xds.signature;

import static org.mssante.dmp.xds.signature.InvalidSignatureException.require;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.mssante.dmp.xds.iti41.DocumentContent;
import org.mssante.dmp.xds.xmldsig.Algorithms;
import org.mssante.dmp.xds.xmldsig.Elements;
import org.w3c.dom.Element;

/**
 * What a manifest states of one document.
 *
 * @param canonical true where its canonical form was digested, false where its octets were
 * @param stated the digest in base64
 */
record ManifestReference(String uri, boolean canonical, String algorithm, String stated) {
    private static final List<List<String>> FORMS =
            List.of(List.of("DigestMethod", "DigestValue"), List.of("Transforms", "DigestMethod", "DigestValue"));

    /** @throws InvalidSignatureException where it has another form */
    static ManifestReference read(Element reference) {
        require(
                Dsg.DS.equals(reference.getNamespaceURI()) && Dsg.REFERENCE.equals(reference.getLocalName()),
                SignatureFault.FORM,
                "its manifest holds something else than references");
        List<Element> children = Elements.children(reference);
        require(
                children.stream().allMatch(child -> Dsg.DS.equals(child.getNamespaceURI()))
                        && FORMS.contains(
                                children.stream().map(Element::getLocalName).toList()),
                SignatureFault.FORM,
                "a reference of its manifest has another form");
        List<Element> found = new ArrayList<>(children);
        boolean canonical = found.size() > 2;
        if (canonical) {
            List<Element> transforms = Elements.children(found.remove(0));
            require(
                    transforms.size() == 1
                            && Dsg.CANONICAL.equals(transforms.get(0).getAttribute("Algorithm"))
                            && Elements.children(transforms.get(0)).isEmpty(),
                    SignatureFault.FORM,
                    "its manifest leaves out or changes what it digests");
        }
        return new ManifestReference(
                reference.getAttribute("URI"),
                canonical,
                found.get(0).getAttribute("Algorithm"),
                found.get(1).getTextContent());
    }

    /** True where its digest counts. */
    boolean isStrong() {
        return Algorithms.isStrongDigest(algorithm);
    }

    /** True where it is that of a document at hand. */
    boolean isOf(DocumentContent content) throws IOException {
        Optional<byte[]> digest = canonical
                ? ContentDigest.ofCanonicalForm(content, algorithm)
                : Optional.of(ContentDigest.ofOctets(content, algorithm));
        return digest.isPresent() && MessageDigest.isEqual(digest.get(), decoded(stated));
    }

    static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new InvalidSignatureException(SignatureFault.FORM, "a digest is not written in base64", e);
        }
    }
}
