package org.mssante.annuaire.api;

import org.mssante.core.id.Rpps;

/**
 * A professional of the national register.
 *
 * @param professionCode TRE_G15, e.g. {@code 10} (médecin)
 * @param active true where he has at least one activity in the register
 */
public record Professional(
        Rpps rpps,
        String familyName,
        String givenName,
        String professionCode,
        String professionLabel,
        boolean active) {}
