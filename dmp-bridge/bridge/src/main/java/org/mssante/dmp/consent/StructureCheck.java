package org.mssante.dmp.consent;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mssante.annuaire.api.Structures;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.StructureId;
import org.mssante.dmp.xds.metadata.Author;
import org.mssante.dmp.xds.metadata.Xon;

/**
 * Asks the annuaire whether a structure the authors acted for is one of the register (application error 901). One is enough: a
 * report names the laboratory that made it and the practice that asked for it. Thread-safe.
 */
public final class StructureCheck {
    /** Struct_IdNat. */
    private static final String NATIONAL = "1.2.250.1.71.4.2.2";

    private final Function<List<Author>, StructureStanding> standing;

    public StructureCheck(Structures annuaire, Strictness strictness) {
        this.standing = strictness == Strictness.OFF
                ? authors -> StructureStanding.UNCHECKED
                : authors -> ask(annuaire, strictness, structures(authors));
    }

    private StructureCheck(StructureStanding said) {
        this.standing = authors -> said;
    }

    /** Asks nobody: what is known of the structures is said beforehand. */
    public static StructureCheck saying(StructureStanding standing) {
        return new StructureCheck(standing);
    }

    StructureStanding of(List<Author> authors) {
        return standing.apply(authors);
    }

    private static StructureStanding ask(Structures annuaire, Strictness strictness, List<StructureId> structures) {
        boolean noted = strictness == Strictness.NOTE;
        if (structures.isEmpty()) {
            return noted ? StructureStanding.NOTED_WITHOUT_STRUCTURE : StructureStanding.WITHOUT_STRUCTURE;
        }
        return switch (Inquiry.of(structures, annuaire::structureName, name -> true)) {
            case FOUND -> StructureStanding.KNOWN;
            case NOT_FOUND -> noted ? StructureStanding.NOTED : StructureStanding.UNLISTED;
            case UNANSWERED -> noted ? StructureStanding.UNCHECKED : StructureStanding.UNAVAILABLE;
        };
    }

    private static List<StructureId> structures(List<Author> authors) {
        return authors.stream()
                .flatMap(author -> author.institutions().stream())
                .filter(institution -> institution.authority().equals(NATIONAL))
                .map(Xon::id)
                .flatMap(id -> number(id).stream())
                .toList();
    }

    /** Empty for one that no register gives. */
    private static Optional<StructureId> number(String nationalId) {
        try {
            return Optional.of(StructureId.ofNationalId(nationalId));
        } catch (InvalidIdentifierException e) {
            return Optional.empty();
        }
    }
}
