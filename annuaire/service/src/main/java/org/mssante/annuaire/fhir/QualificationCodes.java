package org.mssante.annuaire.fhir;

import ca.uhn.fhir.rest.param.TokenParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.SkillValue;

/** Tokens for professions and savoir-faire as conditions: {@code system|code}, {@code code}, {@code |code}, {@code system|}. */
final class QualificationCodes {
    private static final String NO_SYSTEM = "";

    private QualificationCodes() {}

    /** A profession, a savoir-faire, or a kind of it. */
    static Condition qualification(TokenParam token) {
        return new Condition.Any(List.of(profession(token), skill(token)));
    }

    static Condition profession(TokenParam token) {
        String code = token.getValue();
        Condition of = new Condition.Equal(Attribute.PROFESSION, code);
        String system = token.getSystem();
        if (system == null) {
            return of;
        }
        if (code.isEmpty()) {
            return new Condition.Any(Professions.codesOf(system).stream()
                    .<Condition>map(one -> new Condition.Equal(Attribute.PROFESSION, one))
                    .toList());
        }
        return Professions.systemOf(code).orElse(NO_SYSTEM).equals(system) ? of : Criteria.NOTHING;
    }

    private static Condition skill(TokenParam token) {
        String code = token.getValue();
        if (code.indexOf('|') >= 0) {
            // no code has one, and it divides what is kept
            return Criteria.NOTHING;
        }
        Optional<String> system = Optional.ofNullable(token.getSystem());
        if (system.isEmpty()) {
            return new Condition.Any(List.of(SkillValue.ofCode(code), SkillValue.ofKind(code)));
        }
        if (system.get().equals(Systems.SKILL_KIND)) {
            return code.isEmpty() ? new Condition.Present(Attribute.SKILL) : SkillValue.ofKind(code);
        }
        if (system.get().equals(NO_SYSTEM)) {
            return ofNoKnownKind(code);
        }
        return SkillKinds.kindOf(system.get())
                .map(kind -> code.isEmpty() ? SkillValue.ofKind(kind) : SkillValue.of(code, kind))
                .orElse(Criteria.NOTHING);
    }

    private static Condition ofNoKnownKind(String code) {
        List<Condition> known = new ArrayList<>();
        SkillKinds.all().forEach(kind -> known.add(SkillValue.of(code, kind)));
        return new Condition.All(List.of(SkillValue.ofCode(code), new Condition.Not(new Condition.Any(known))));
    }
}
