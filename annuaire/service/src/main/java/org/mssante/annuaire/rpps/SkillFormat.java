package org.mssante.annuaire.rpps;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code PS_LibreAcces_SavoirFaire}, 13 columns (annuaire.md §1.6). */
public final class SkillFormat extends ExtractFormat<Skill> {
    private static final Column PERSON_TYPE = Column.required("Type d'identifiant PP");
    private static final Column PERSON = Column.required("Identifiant PP");
    private static final Column PROFESSION = Column.required("Code profession");
    private static final Column KIND = Column.required("Code type savoir-faire");
    private static final Column CODE = Column.required("Code savoir-faire");
    private static final Column LABEL = Column.required("Libellé savoir-faire");

    public SkillFormat() {
        super(
                List.of("PS_LibreAcces_SavoirFaire", "ps-libreacces-savoirfaire"),
                List.of(PERSON_TYPE, PERSON, PROFESSION, KIND, CODE, LABEL));
    }

    @Override
    Optional<Skill> record(Row row, ReadTally tally) {
        return Identifiers.rpps(row.text(PERSON_TYPE), row.text(PERSON), tally)
                .map(rpps -> new Skill(rpps, row.text(PROFESSION), row.text(KIND), row.text(CODE), row.text(LABEL)));
    }

    @Override
    Map<Column, String> line(Skill skill) {
        return Map.of(
                PERSON_TYPE, Identifiers.RPPS_TYPE,
                PERSON, skill.rpps().value(),
                PROFESSION, skill.professionCode(),
                KIND, skill.kind(),
                CODE, skill.code(),
                LABEL, skill.label());
    }
}
