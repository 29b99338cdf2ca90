package org.mssante.server.trust;

import java.math.BigInteger;
import java.security.cert.CRL;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;

/**
 * Which of two revocation lists of one scope is the older one. Their numbers say so, which an authority only ever raises
 * (RFC 5280 §5.2.3); their times do where the numbers are equal, or one has none.
 */
record RevocationListAge(Optional<BigInteger> number, Instant thisUpdate) {
    private static final String CRL_NUMBER = "2.5.29.20";

    static RevocationListAge of(X509CRL list) {
        return new RevocationListAge(
                Optional.ofNullable(list.getExtensionValue(CRL_NUMBER)).flatMap(RevocationListAge::number),
                list.getThisUpdate().toInstant());
    }

    /** True from its nextUpdate on; a list without one is for its reader to judge. */
    static boolean hasEnded(CRL list, Instant at) {
        return list instanceof X509CRL x509
                && x509.getNextUpdate() != null
                && !at.isBefore(x509.getNextUpdate().toInstant());
    }

    boolean isBefore(RevocationListAge other) {
        int numbers =
                number.isPresent() && other.number.isPresent() ? number.get().compareTo(other.number.get()) : 0;
        return numbers == 0 ? thisUpdate.isBefore(other.thisUpdate) : numbers < 0;
    }

    /** A number that is none counts as absent: the list is signed, and judged by its times. */
    private static Optional<BigInteger> number(byte[] extension) {
        try {
            byte[] value = ASN1OctetString.getInstance(extension).getOctets();
            return Optional.of(ASN1Integer.getInstance(value).getValue());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
