package org.mssante.server.trust;

import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** What an operator has to look at before it stops the exchange. */
public final class TrustAlarms {
    private final Limits limits;

    /**
     * @param unchecked how long the source may stay without the list in force
     * @param age of the list in force, from its DateDeGeneration
     * @param expiry how long before its end a revocation list or the signer's certificate is reported
     */
    public record Limits(Duration unchecked, Duration age, Duration expiry) {}

    TrustAlarms(Limits limits) {
        this.limits = limits;
    }

    /**
     * One sentence each, in a fixed order.
     *
     * @param signer what the check of the signer's certificate finds now
     */
    List<String> at(
            Instant now, TrustListInForce inForce, CertificateVerdict signer, Collection<X509CRL> revocationLists) {
        List<String> alarms = new ArrayList<>();
        TrustListInForce.Current current = inForce.current();
        if (now.isAfter(inForce.checked().plus(limits.unchecked()))) {
            alarms.add("The source of the trust list has not had the list in force since " + inForce.checked() + ".");
        }
        if (now.isAfter(current.list().generated().plus(limits.age()))) {
            alarms.add(
                    "The trust list in force was generated on " + current.list().generated() + ".");
        }
        inForce.waiting()
                .ifPresent(waiting -> alarms.add("The trust list generated on " + waiting.generated() + " takes away "
                        + waiting.gone() + " rows (" + waiting.percentGone()
                        + " %) and waits for ./mssante trust confirm."));
        if (signer instanceof CertificateVerdict.NotValid bad) {
            alarms.add("The certificate that signed the trust list in force is no longer good: "
                    + bad.outcome().english() + " A restart would not accept the list.");
        } else if (now.plus(limits.expiry())
                .isAfter(current.signer().getNotAfter().toInstant())) {
            alarms.add("The certificate that signed the trust list in force ends on "
                    + current.signer().getNotAfter().toInstant() + ".");
        }
        revocationLists.stream()
                .filter(list -> RevocationListAge.hasEnded(list, now))
                .map(list -> "The revocation list of "
                        + list.getIssuerX500Principal().getName(X500Principal.RFC2253) + " ended on "
                        + list.getNextUpdate().toInstant() + ".")
                .sorted()
                .forEach(alarms::add);
        return List.copyOf(alarms);
    }
}
