package org.mssante.server.trust;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How fresh is what the trust space is judged by.
 *
 * @param listGenerated when the list in force was made
 * @param problem why nothing newer comes into force, where something is wrong with the source or its list
 * @param waiting a list that waits for the operator
 */
public record TrustState(
        Instant listGenerated,
        Optional<ListProblem> problem,
        Optional<TrustListInForce.Waiting> waiting,
        List<RevocationState> revocations) {
    public TrustState {
        revocations = List.copyOf(revocations);
    }

    /**
     * A revocation list in use.
     *
     * @param issuer its distinguished name (RFC 2253)
     * @param nextUpdate after which it counts no more; a list may not say
     */
    public record RevocationState(String issuer, Optional<Instant> nextUpdate) {}
}
