package org.mssante.dmp.xds.signature;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.apache.xml.security.algorithms.JCEMapper;
import org.mssante.dmp.xds.iti41.DocumentContent;
import org.mssante.dmp.xds.xml.CanonicalXml;

/** Digests of a document, computed while it is read. */
final class ContentDigest {
    private ContentDigest() {}

    /** Of its octets as they are. */
    static byte[] ofOctets(DocumentContent content, String algorithm) throws IOException {
        MessageDigest digest = digest(algorithm);
        try (InputStream in = content.open();
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(out);
        }
        return digest.digest();
    }

    /** Of its canonical form; empty where it has none. */
    static Optional<byte[]> ofCanonicalForm(DocumentContent content, String algorithm) throws IOException {
        MessageDigest digest = digest(algorithm);
        try (InputStream in = content.open();
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            CanonicalXml.write(in, out);
            return Optional.of(digest.digest());
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    static byte[] of(byte[] bytes, String algorithm) {
        return digest(algorithm).digest(bytes);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(JCEMapper.translateURItoJCEID(algorithm));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1 and SHA-2", e);
        }
    }
}
