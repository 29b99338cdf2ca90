package org.mssante.annuaire.rpps;

import java.util.Optional;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/**
 * One line of {@code PS_LibreAcces_Personne_activite}: a professional and one place he practises at. The personal
 * columns repeat on each of his lines.
 *
 * @param practising false for a professional whom the register knows without any activity
 * @param skillLabel of the savoir-faire of this exercise, e.g. {@code Médecine générale}
 */
public record Activity(
        Rpps rpps,
        String title,
        String familyName,
        String givenName,
        String professionCode,
        String professionLabel,
        String skillLabel,
        boolean practising,
        Optional<Site> site) {

    /** Where he practises, as far as the line says. */
    public record Site(StructureId id, String name, Place place) {}
}
