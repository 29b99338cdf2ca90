package org.mssante.server.smime;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.CMSVerifierCertificateNotValidException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.Store;
import org.mssante.server.smime.SignatureVerdict.Reason;

/**
 * The cryptographic half of a check: exactly one signer, accepted algorithms, a signature that verifies over a content
 * that was digested before. Whether the signer is to be trusted is not asked here.
 */
final class CmsCheck {
    private static final int MIN_RSA_BITS = 2048;
    private static final int MIN_EC_BITS = 256;
    /** The JDK knows RSASSA-PSS under another name than CMS asks for. */
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private static final Set<ASN1ObjectIdentifier> DIGESTS =
            Set.of(NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha384, NISTObjectIdentifiers.id_sha512);
    private static final Set<ASN1ObjectIdentifier> SIGNATURES = Set.of(
            PKCSObjectIdentifiers.rsaEncryption,
            PKCSObjectIdentifiers.sha256WithRSAEncryption,
            PKCSObjectIdentifiers.sha384WithRSAEncryption,
            PKCSObjectIdentifiers.sha512WithRSAEncryption,
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512);

    private CmsCheck() {}

    /** A signature that verifies, or why it does not. */
    sealed interface Result {
        record Verified(X509Certificate certificate, Optional<Instant> signedAt) implements Result {}

        record Failed(Reason reason, Optional<X509Certificate> certificate, String detail) implements Result {}
    }

    static Result check(SignerInformationStore signers, Store<X509CertificateHolder> certificates) {
        if (signers.size() != 1) {
            return new Result.Failed(
                    signers.size() == 0 ? Reason.SIGNER_MISSING : Reason.SEVERAL_SIGNERS,
                    Optional.empty(),
                    "it has " + signers.size() + " signers");
        }
        SignerInformation signer = signers.getSigners().iterator().next();
        @SuppressWarnings("unchecked") // SignerId selects certificate holders
        Collection<X509CertificateHolder> found = certificates.getMatches(signer.getSID());
        if (found.isEmpty()) {
            return new Result.Failed(
                    Reason.SIGNER_MISSING, Optional.empty(), "the signer's certificate is not in the signature");
        }
        try {
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(found.iterator().next());
            return check(signer, certificate);
        } catch (GeneralSecurityException e) {
            return new Result.Failed(Reason.UNREADABLE, Optional.empty(), "the certificate is not readable: " + e);
        }
    }

    private static Result check(SignerInformation signer, X509Certificate certificate) {
        if (!hasAcceptedAlgorithms(signer) || !isStrong(certificate.getPublicKey())) {
            return failed(
                    Reason.ALGORITHM_WEAK,
                    certificate,
                    "digest " + signer.getDigestAlgOID() + ", signature " + signer.getEncryptionAlgOID());
        }
        try {
            SignerInformationVerifier verifier = new JcaSimpleSignerInfoVerifierBuilder()
                    .setProvider(BOUNCY_CASTLE)
                    .build(certificate);
            return signer.verify(verifier)
                    ? new Result.Verified(certificate, signingTime(signer))
                    : failed(Reason.SIGNATURE_WRONG, certificate, "the signature value is wrong");
        } catch (CMSSignerDigestMismatchException e) {
            return failed(Reason.CONTENT_CHANGED, certificate, String.valueOf(e.getMessage()));
        } catch (CMSVerifierCertificateNotValidException e) {
            return failed(Reason.CERTIFICATE_EXPIRED, certificate, "it was not in force at the signing time");
        } catch (CMSException | OperatorCreationException e) {
            return failed(Reason.SIGNATURE_WRONG, certificate, String.valueOf(e.getMessage()));
        }
    }

    private static boolean hasAcceptedAlgorithms(SignerInformation signer) {
        if (!DIGESTS.contains(signer.getDigestAlgorithmID().getAlgorithm())) {
            return false;
        }
        ASN1ObjectIdentifier signature = new ASN1ObjectIdentifier(signer.getEncryptionAlgOID());
        if (!signature.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return SIGNATURES.contains(signature);
        }
        // without parameters PSS means SHA-1 (RFC 4055 §3.1)
        ASN1Encodable parameters =
                signer.toASN1Structure().getDigestEncryptionAlgorithm().getParameters();
        return parameters != null
                && DIGESTS.contains(RSASSAPSSparams.getInstance(parameters)
                        .getHashAlgorithm()
                        .getAlgorithm());
    }

    private static boolean isStrong(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() >= MIN_RSA_BITS;
        }
        return key instanceof ECPublicKey ec
                && ec.getParams().getCurve().getField().getFieldSize() >= MIN_EC_BITS;
    }

    private static Optional<Instant> signingTime(SignerInformation signer) {
        AttributeTable signed = signer.getSignedAttributes();
        return Optional.ofNullable(signed)
                .map(attributes -> attributes.get(CMSAttributes.signingTime))
                .map(Attribute::getAttrValues)
                .filter(values -> values.size() == 1)
                .map(values -> Time.getInstance(values.getObjectAt(0)).getDate().toInstant());
    }

    private static Result failed(Reason reason, X509Certificate certificate, String detail) {
        return new Result.Failed(reason, Optional.of(certificate), detail);
    }
}
