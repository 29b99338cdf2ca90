package org.mssante.server.trust;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Where a certificate says its status can be asked (RFC 5280 §4.2.1.13, §4.2.2.1). To be read from certificates of a
 * trusted authority only: anybody else would send us to addresses of his choice. HTTP and HTTPS count, LDAP does not
 * (mssante §3.2).
 */
final class RevocationAddresses {
    private RevocationAddresses() {}

    static List<URI> lists(X509Certificate certificate) {
        List<URI> found = new ArrayList<>();
        try {
            Optional<byte[]> extension = extension(certificate, Extension.cRLDistributionPoints.getId());
            if (extension.isPresent()) {
                for (DistributionPoint point :
                        CRLDistPoint.getInstance(extension.get()).getDistributionPoints()) {
                    DistributionPointName name = point.getDistributionPoint();
                    if (name != null && name.getType() == DistributionPointName.FULL_NAME) {
                        for (GeneralName address :
                                GeneralNames.getInstance(name.getName()).getNames()) {
                            web(address).ifPresent(found::add);
                        }
                    }
                }
            }
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
        return List.copyOf(found);
    }

    static Optional<URI> ocsp(X509Certificate certificate) {
        try {
            Optional<byte[]> extension = extension(certificate, Extension.authorityInfoAccess.getId());
            if (extension.isPresent()) {
                for (AccessDescription access :
                        AuthorityInformationAccess.getInstance(extension.get()).getAccessDescriptions()) {
                    Optional<URI> address = web(access.getAccessLocation());
                    if (AccessDescription.id_ad_ocsp.equals(access.getAccessMethod()) && address.isPresent()) {
                        return address;
                    }
                }
            }
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<byte[]> extension(X509Certificate certificate, String oid) {
        return Optional.ofNullable(certificate.getExtensionValue(oid))
                .map(value -> ASN1OctetString.getInstance(value).getOctets());
    }

    private static Optional<URI> web(GeneralName name) {
        if (name.getTagNo() != GeneralName.uniformResourceIdentifier) {
            return Optional.empty();
        }
        try {
            URI address = new URI(name.getName().toString());
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https")) && address.getHost() != null
                    ? Optional.of(address)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
