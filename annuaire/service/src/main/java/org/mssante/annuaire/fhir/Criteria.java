package org.mssante.annuaire.fhir;

import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Condition;

/** Search parameters as conditions on entries; an absent one says nothing. Not thread-safe. */
final class Criteria {
    /** No entry. */
    static final Condition NOTHING = new Condition.Any(List.of());

    /** Every entry (RFC 4526). */
    static final Condition EVERYTHING = new Condition.All(List.of());

    private final List<Condition> conditions = new ArrayList<>();

    Criteria and(Condition condition) {
        conditions.add(condition);
        return this;
    }

    /** A string parameter (FHIR R4 §3.1.1.4.8): the start of a value, without accents and case, or as its modifier says. */
    Criteria text(Optional<StringParam> parameter, Attribute... attributes) {
        parameter.filter(present -> !present.isEmpty()).ifPresent(present -> {
            List<Condition> any = new ArrayList<>();
            for (Attribute attribute : attributes) {
                any.add(text(attribute, present));
            }
            and(new Condition.Any(any));
        });
        return this;
    }

    /** A token parameter. */
    Criteria token(Optional<TokenParam> parameter, Function<TokenParam, Condition> condition) {
        parameter.filter(present -> !present.isEmpty()).ifPresent(present -> {
            and(condition.apply(plain(present)));
        });
        return this;
    }

    private static TokenParam plain(TokenParam parameter) {
        if (parameter.getModifier() != null) {
            throw new InvalidRequestException("this server knows no modifier of a token");
        }
        return parameter;
    }

    static Condition active(boolean wanted) {
        Condition active = new Condition.Equal(Attribute.ACTIVE, "TRUE");
        return wanted ? active : new Condition.Not(active);
    }

    /** All entries, where every resource has an identifier of that type, else none. */
    static Condition ofType(TokenParam type, Set<String> ofAll) {
        return value(type, Systems.IDENTIFIER_TYPE).filter(ofAll::contains).isPresent() ? EVERYTHING : NOTHING;
    }

    /** What a parameter that is true or false says; empty where it is absent. */
    static Optional<Boolean> flag(Optional<TokenParam> parameter) {
        return parameter.filter(present -> !present.isEmpty()).map(present -> switch (plain(present)
                .getValue()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidRequestException("active is true or false");
        });
    }

    Condition all() {
        return new Condition.All(conditions);
    }

    /** The value of an identifier whose system is that one, or not said. */
    static Optional<String> value(TokenParam identifier, String system) {
        return identifier.getSystem() == null || identifier.getSystem().equals(system)
                ? Optional.of(identifier.getValue())
                : Optional.empty();
    }

    private static Condition text(Attribute attribute, StringParam parameter) {
        if (parameter.isExact()) {
            return new Condition.Equal(attribute, parameter.getValue());
        }
        return parameter.isContains()
                ? new Condition.Substring(attribute, Optional.empty(), List.of(parameter.getValue()), Optional.empty())
                : new Condition.Substring(attribute, Optional.of(parameter.getValue()), List.of(), Optional.empty());
    }
}
