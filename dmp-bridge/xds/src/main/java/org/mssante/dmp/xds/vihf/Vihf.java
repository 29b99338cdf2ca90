package org.mssante.dmp.xds.vihf;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.Cx;

/**
 * What a VIHF says.
 *
 * @param id of the assertion
 * @param issuer the subject of the certificate that signs (RFC 2253)
 * @param window of the assertion's Conditions, which official examples lack
 * @param subject NameID
 * @param context AuthnContextClassRef
 * @param name empty in direct authentication
 * @param structure Struct_IdNat
 * @param roles the profession, then the speciality
 * @param mode DIRECTE, INDIRECTE or INDIRECTE_RENFORCEE
 * @param patient empty where the request is about no patient
 * @param purpose normal, bris_de_glace or centre_15
 */
public record Vihf(
        String id,
        String issuer,
        Instant issuedAt,
        Optional<Window> window,
        String subject,
        String context,
        Optional<String> name,
        String structure,
        Code sector,
        List<Code> roles,
        String version,
        String mode,
        Optional<Cx> patient,
        Code purpose,
        Requester.Software software) {

    public Vihf {
        roles = List.copyOf(roles);
    }

    /** @param until the first moment outside */
    public record Window(Instant from, Instant until) {}

    /** Shows whose assertion it is, never the patient. */
    @Override
    public String toString() {
        return "Vihf[" + id + " of " + issuer + "]";
    }
}
