package org.mssante.server.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.trust.TrustListVerdict.Reason;
import org.w3c.dom.Document;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Turns the bytes of a trust list into a list that may come into force, or into the reason why not (mssante §2.4). The
 * document is parsed once: what is read is what the signature was checked on. Thread-safe.
 */
public final class TrustListVerifier {
    private final CertificateVerifier certificates;
    private final ListSigner expectedSigner;
    private final Limits limits;

    /**
     * @param maxBytes of the file; the published list has 3.7 MB
     * @param clockTolerance how far DateDeGeneration may lie in the future
     */
    public record Limits(int maxBytes, Duration clockTolerance) {
        public static Limits defaults() {
            return new Limits(64 * 1024 * 1024, Duration.ofHours(1));
        }
    }

    public TrustListVerifier(CertificateVerifier certificates, ListSigner expectedSigner, Limits limits) {
        this.certificates = certificates;
        this.expectedSigner = expectedSigner;
        this.limits = limits;
    }

    public Limits limits() {
        return limits;
    }

    public TrustListVerdict verify(byte[] bytes, Instant at) {
        try {
            Document document = parse(bytes);
            X509Certificate signer = EnvelopedSignature.signerOf(document);
            checkSigner(signer, at);
            TrustList list = TrustListReader.read(document);
            if (list.generated().isAfter(at.plus(limits.clockTolerance()))) {
                throw new TrustListRejection(
                        Reason.GENERATED_IN_FUTURE, "it says " + list.generated() + ", the clock says " + at);
            }
            return new TrustListVerdict.Valid(list, signer);
        } catch (TrustListRejection rejection) {
            return rejection.verdict();
        }
    }

    private Document parse(byte[] bytes) throws TrustListRejection {
        if (bytes.length > limits.maxBytes()) {
            throw new TrustListRejection(Reason.UNREADABLE, "it has more than " + limits.maxBytes() + " bytes");
        }
        try {
            return parser().parse(new ByteArrayInputStream(bytes));
        } catch (SAXException | IOException e) {
            throw new TrustListRejection(Reason.UNREADABLE, String.valueOf(e.getMessage()), e);
        } catch (ParserConfigurationException e) {
            throw new TrustListRejection(Reason.UNREADABLE, "this Java has no safe XML parser: " + e.getMessage(), e);
        }
    }

    /** The JDK's own parser, whatever else stands on the class path; no DTD, hence no entity and no expansion. */
    private static DocumentBuilder parser() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new Strict());
        return builder;
    }

    private void checkSigner(X509Certificate signer, Instant at) throws TrustListRejection {
        CertificateVerdict verdict = certificates.verify(signer, CertificateUse.LIST_SIGNATURE, at);
        if (verdict instanceof CertificateVerdict.NotValid notValid) {
            throw new TrustListRejection(reasonOf(notValid.outcome()), notValid.detail());
        }
        DistinguishedName subject = DistinguishedName.of(signer.getSubjectX500Principal());
        DistinguishedName issuer = DistinguishedName.of(signer.getIssuerX500Principal());
        if (!expectedSigner.isNamedBy(subject, issuer)) {
            throw new TrustListRejection(
                    Reason.SIGNER_UNKNOWN, "it was signed by " + subject + ", issued by " + issuer);
        }
    }

    private static Reason reasonOf(Outcome outcome) {
        return switch (outcome) {
            case CERTIFICATE_UNSUITABLE -> Reason.SIGNER_UNSUITABLE;
            case CERTIFICATE_WEAK -> Reason.SIGNER_WEAK;
            case CERTIFICATE_EXPIRED -> Reason.SIGNER_EXPIRED;
            case CERTIFICATE_REVOKED -> Reason.SIGNER_REVOKED;
            case REVOCATION_UNKNOWN -> Reason.SIGNER_STATUS_UNKNOWN;
            default -> Reason.SIGNER_NOT_TRUSTED;
        };
    }

    /** The default handler would print to standard error. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void error(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXException {
            throw exception;
        }
    }
}
