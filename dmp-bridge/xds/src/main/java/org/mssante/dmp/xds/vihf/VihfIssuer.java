package org.mssante.dmp.xds.vihf;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.id.Ins;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.Cx;
import org.w3c.dom.Element;

/** Issues the assertions of one requester, signed by his structure (certificate ORG_SIGN). Thread-safe. */
public final class VihfIssuer {
    private static final Code NORMAL_ACCESS = new Code(Saml.NORMAL, Saml.PURPOSES, "Accès normal");

    private final Requester requester;
    private final KeyMaterial signer;
    private final Optional<Duration> validity;
    private final Clock clock;

    /** @param validity written as Conditions; empty for none, as in the official examples */
    public VihfIssuer(Requester requester, KeyMaterial signer, Optional<Duration> validity, Clock clock) {
        this.requester = requester;
        this.signer = signer;
        this.validity = validity;
        this.clock = clock;
    }

    /**
     * The header block of one request.
     *
     * @param patient whom the request is about
     */
    public Element header(Optional<Ins> patient) {
        Instant now = clock.instant();
        Element header = VihfWriter.write(new Vihf(
                "_" + UUID.randomUUID(),
                signer.leaf().getSubjectX500Principal().getName(X500Principal.RFC2253),
                now,
                validity.map(length -> new Vihf.Window(now, now.plus(length))),
                requester.subject(),
                Saml.PASSWORD,
                Optional.of(requester.name()),
                requester.structure(),
                requester.sector(),
                List.of(requester.role()),
                Saml.CURRENT_VERSION,
                Saml.INDIRECT,
                patient.map(Cx::of),
                NORMAL_ACCESS,
                requester.software()));
        AssertionSignature.sign((Element) header.getFirstChild(), signer);
        return header;
    }
}
