package org.mssante.annuaire.rpps;

import java.util.Optional;
import java.util.function.Function;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/** Identifiers of a row. The form is a condition, the key a warning (annuaire.md §2.1). */
final class Identifiers {
    /** TRE_G08-TypeIdentifiantPersonne. */
    static final String RPPS_TYPE = "8";

    private Identifiers() {}

    static Optional<Rpps> rpps(String type, String number, ReadTally tally) {
        if (!type.equals(RPPS_TYPE)) {
            return Optional.empty();
        }
        Optional<Rpps> rpps = parsed(number, Rpps::new);
        if (rpps.isPresent() && !rpps.get().keyHolds()) {
            tally.doubtfulKey();
        }
        return rpps;
    }

    /** A structure where the number has the form of its kind; the key of a cabinet's number is not defined. */
    static Optional<StructureId> structure(StructureId.Kind kind, String number, ReadTally tally) {
        Optional<StructureId> id = parsed(number, text -> new StructureId(kind, text));
        if (id.isPresent() && hasKey(kind) && !id.get().keyHolds()) {
            tally.doubtfulKey();
        }
        return id;
    }

    static <T> Optional<T> parsed(String text, Function<String, T> parse) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text));
        } catch (InvalidIdentifierException e) {
            // the row goes on without it, or is quarantined and counted where it cannot
            return Optional.empty();
        }
    }

    private static boolean hasKey(StructureId.Kind kind) {
        return switch (kind) {
            case FINESS, SIREN, SIRET -> true;
            case CABINET_ADELI, CABINET_RPPS -> false;
        };
    }
}
