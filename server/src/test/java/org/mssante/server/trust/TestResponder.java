package org.mssante.server.trust;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An OCSP responder that is the authority itself. */
@SuppressWarnings("JavaUtilDate") // BouncyCastle's builders take java.util.Date
final class TestResponder implements UnaryOperator<byte[]> {
    private final TestPki.Authority signer;
    private final Set<BigInteger> revoked = ConcurrentHashMap.newKeySet();
    private volatile Instant from = TestPki.NOW.minusSeconds(60);
    private volatile Instant until = TestPki.NOW.plusSeconds(3_600);

    TestResponder(TestPki.Authority signer) {
        this.signer = signer;
    }

    void revoke(BigInteger serial) {
        revoked.add(serial);
    }

    void answersInForce(Instant start, Instant end) {
        from = start;
        until = end;
    }

    @Override
    public byte[] apply(byte[] question) {
        try {
            CertificateID id = new OCSPReq(question).getRequestList()[0].getCertID();
            SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(
                    signer.certificate().getPublicKey().getEncoded());
            BasicOCSPRespBuilder answer =
                    new BasicOCSPRespBuilder(key, new BcDigestCalculatorProvider().get(CertificateID.HASH_SHA1));
            CertificateStatus status = revoked.contains(id.getSerialNumber())
                    ? new RevokedStatus(Date.from(from), CRLReason.keyCompromise)
                    : CertificateStatus.GOOD;
            answer.addResponse(id, status, Date.from(from), Date.from(until), null);
            return new OCSPRespBuilder()
                    .build(
                            OCSPResp.SUCCESSFUL,
                            answer.build(
                                    new JcaContentSignerBuilder("SHA256withRSA")
                                            .build(signer.keys().getPrivate()),
                                    new X509CertificateHolder[0],
                                    Date.from(from)))
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OCSPException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
