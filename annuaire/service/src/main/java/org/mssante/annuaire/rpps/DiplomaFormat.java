package org.mssante.annuaire.rpps;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code PS_LibreAcces_Dipl_AutExerc}, 13 columns (annuaire.md §1.7); those of authorisations are not read. */
public final class DiplomaFormat extends ExtractFormat<Diploma> {
    private static final Column PERSON_TYPE = Column.required("Type d'identifiant PP");
    private static final Column PERSON = Column.required("Identifiant PP");
    private static final Column KIND = Column.required("Code type diplôme obtenu");
    private static final Column CODE = Column.required("Code diplôme obtenu");
    private static final Column LABEL = Column.required("Libellé diplôme obtenu");

    public DiplomaFormat() {
        super(
                List.of("PS_LibreAcces_Dipl_AutExerc", "ps-libreacces-dipl-autexerc"),
                List.of(PERSON_TYPE, PERSON, KIND, CODE, LABEL));
    }

    @Override
    Optional<Diploma> record(Row row, ReadTally tally) {
        return Identifiers.rpps(row.text(PERSON_TYPE), row.text(PERSON), tally)
                .map(rpps -> new Diploma(rpps, row.text(KIND), row.text(CODE), row.text(LABEL)));
    }

    @Override
    Map<Column, String> line(Diploma diploma) {
        return Map.of(
                PERSON_TYPE, Identifiers.RPPS_TYPE,
                PERSON, diploma.rpps().value(),
                KIND, diploma.kind(),
                CODE, diploma.code(),
                LABEL, diploma.label());
    }
}
