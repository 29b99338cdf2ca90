package org.mssante.annuaire.fhir;

import java.util.Optional;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.StructureId;

/** Reads what a client takes for the national identifier of a structure. */
final class StructureNumber {
    private StructureNumber() {}

    /** Empty for what no structure has. */
    static Optional<StructureId> of(String nationalId) {
        try {
            return Optional.of(StructureId.ofNationalId(nationalId));
        } catch (InvalidIdentifierException e) {
            // no structure has it, so nothing is found
            return Optional.empty();
        }
    }
}
