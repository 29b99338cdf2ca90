package org.mssante.server.trust;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;

/**
 * What a decision of the trust space rests on: enough to explain it years later.
 *
 * @param subject the peer certificate's subject in RFC 2253 form
 * @param serial its serial number, hexadecimal
 * @param listDate when the trust list in force was generated ({@code DateDeGeneration})
 */
public record TrustFacts(Optional<String> subject, Optional<String> serial, Optional<Instant> listDate) {
    private static final int HEXADECIMAL = 16;

    /** No certificate was presented. */
    public static TrustFacts withoutCertificate(Optional<Instant> listDate) {
        return new TrustFacts(Optional.empty(), Optional.empty(), listDate);
    }

    public static TrustFacts of(X509Certificate certificate, Optional<Instant> listDate) {
        return new TrustFacts(
                Optional.of(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253)),
                Optional.of(certificate.getSerialNumber().toString(HEXADECIMAL)),
                listDate);
    }

    public TraceEntry addTo(TraceEntry entry) {
        return entry.with(Field.CERTIFICATE_SUBJECT, subject)
                .with(Field.CERTIFICATE_SERIAL, serial)
                .with(Field.LIST_DATE, listDate);
    }
}
