package org.mssante.certs;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.mssante.core.id.StructureId;

/**
 * The subject of an organisation certificate. It is encoded C, ST, O, OU, CN, as IGC-Santé does, so that its RFC 2253
 * form reads {@code CN=…,OU=…,O=…,ST=…,C=FR}: the form the trust list holds.
 *
 * @param department the place, e.g. {@code Paris (75)}
 * @param structure the national identifier that stands in OU: {@code 3} + SIRET or {@code 1} + FINESS
 */
public record Subject(String department, String organisation, StructureId structure, String commonName) {
    private static final String COUNTRY = "FR";

    X500Name encoded() {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, COUNTRY)
                .addRDN(BCStyle.ST, department)
                .addRDN(BCStyle.O, organisation)
                .addRDN(BCStyle.OU, structure.nationalId())
                .addRDN(BCStyle.CN, commonName)
                .build();
    }
}
