package org.mssante.annuaire.rpps;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/**
 * One line of {@code PS_LibreAcces_Personne_activite}: a professional and one place he practises at. The personal
 * columns repeat on each of his lines.
 *
 * @param practising false for a professional whom the register knows without any activity
 * @param skill savoir-faire of this exercise
 */
public record Activity(
        Rpps rpps,
        String title,
        String familyName,
        String givenName,
        String professionCode,
        String professionLabel,
        Savoir skill,
        boolean practising,
        Optional<Site> site) {

    /**
     * A savoir-faire; empty texts where the line has none.
     *
     * @param kind TRE_R04-TypeSavoirFaire: codes of several kinds collide
     * @param label e.g. {@code Médecine générale}
     */
    public record Savoir(String kind, String code, String label) {
        public static final Savoir NONE = new Savoir("", "", "");
    }

    /**
     * Where he practises, as far as the line says.
     *
     * @param id the number that stands for it
     * @param others the other numbers it has: SIRET, RPPS rank, and the SIREN of whom it belongs to
     * @param sector TRE_R02-SecteurActivite
     * @param legalEntity FINESS number of the legal entity it belongs to, where that is another one than its own
     */
    public record Site(
            StructureId id,
            List<StructureId> others,
            String name,
            String sector,
            Optional<StructureId> legalEntity,
            Place place) {
        public Site {
            others = List.copyOf(others);
        }

        /** All numbers that lead to it, that which stands for it first. */
        public List<StructureId> numbers() {
            return Stream.of(Stream.of(id), others.stream(), legalEntity.stream())
                    .flatMap(some -> some)
                    .toList();
        }
    }
}
