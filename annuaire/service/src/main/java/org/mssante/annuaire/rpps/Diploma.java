package org.mssante.annuaire.rpps;

import org.mssante.core.id.Rpps;

/**
 * What one line of {@code PS_LibreAcces_Dipl_AutExerc} says of a diploma. Codes of several kinds collide: the kind is part of the
 * code.
 *
 * @param kind e.g. {@code DE}, diplôme d'État
 */
public record Diploma(Rpps rpps, String kind, String code, String label) {
    /** False for a line that tells of an authorisation to practise alone. */
    public boolean isHeld() {
        return !label.isEmpty();
    }
}
