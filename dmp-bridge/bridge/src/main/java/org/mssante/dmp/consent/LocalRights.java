package org.mssante.dmp.consent;

import java.util.Set;

/**
 * What the structure's register says of one patient.
 *
 * @param blocked national identifiers (PS_IdNat) of professionals whom the patient has blocked
 * @param source names the edition of the register, for the record of a decision
 */
public record LocalRights(LocalOpposition opposition, Set<String> blocked, String source) {
    public LocalRights {
        blocked = Set.copyOf(blocked);
    }

    /** A register that cannot be read. */
    static LocalRights unavailable() {
        return new LocalRights(LocalOpposition.UNAVAILABLE, Set.of(), "none");
    }
}
