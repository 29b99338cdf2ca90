package org.mssante.dmp.xds.vihf;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.xmldsig.Elements;
import org.mssante.dmp.xds.xmldsig.Signers;
import org.w3c.dom.Element;

/** Looks at the assertion of a request: signature, certificate, window, attributes, patient. Thread-safe. */
public final class VihfCheck {
    private final Rules rules;
    private final Clock clock;

    /**
     * @param age an assertion counts for so long after it was issued
     * @param skew how far the clocks of both sides may differ
     */
    public record Rules(Signers signers, Duration age, Duration skew) {}

    public VihfCheck(Rules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * @param headers the blocks {@code wsse:Security} of the request
     * @param patient whom the request is about
     */
    public VihfVerdict of(List<Element> headers, Optional<Ins> patient) {
        try {
            return new VihfVerdict.Accepted(checked(headers, patient));
        } catch (InvalidVihfException e) {
            return new VihfVerdict.Refused(e.fault(), "The VIHF is not accepted: " + e.getMessage() + ".");
        }
    }

    private Vihf checked(List<Element> headers, Optional<Ins> patient) {
        require(headers.size() == 1, VihfFault.MISSING, "there are " + headers.size() + " security headers");
        List<Element> assertions = Elements.children(headers.get(0), Saml.NAMESPACE, "Assertion");
        require(
                assertions.size() == 1,
                VihfFault.MISSING,
                "there are " + assertions.size() + " assertions in the security header");
        Element assertion = assertions.get(0);
        X509Certificate signer = AssertionSignature.signerOf(assertion);
        Instant now = clock.instant();
        rules.signers().objection(signer, now).ifPresent(why -> {
            throw new InvalidVihfException(VihfFault.CERTIFICATE, why);
        });
        Vihf vihf = VihfReader.read(assertion);
        require(
                names(vihf.issuer(), signer.getSubjectX500Principal()),
                VihfFault.CERTIFICATE,
                "its issuer is not the one who signed it");
        checkWindow(vihf, now);
        patient.ifPresent(ins -> require(
                vihf.patient()
                        .filter(named -> ins.names(named.id(), named.authority()))
                        .isPresent(),
                VihfFault.PATIENT,
                "it is about another patient than the request"));
        return vihf;
    }

    private void checkWindow(Vihf vihf, Instant now) {
        require(
                !vihf.issuedAt().isAfter(now.plus(rules.skew()))
                        && vihf.issuedAt().isAfter(now.minus(rules.age()).minus(rules.skew())),
                VihfFault.WINDOW,
                "it was issued too long ago or in the future");
        vihf.window()
                .ifPresent(window -> require(
                        !now.plus(rules.skew()).isBefore(window.from())
                                && now.minus(rules.skew()).isBefore(window.until()),
                        VihfFault.WINDOW,
                        "its conditions are not met at this time"));
    }

    private static boolean names(String issuer, X500Principal signer) {
        try {
            return new X500Principal(issuer).equals(signer);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void require(boolean holds, VihfFault fault, String otherwise) {
        if (!holds) {
            throw new InvalidVihfException(fault, otherwise);
        }
    }
}
