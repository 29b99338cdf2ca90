package org.mssante.annuaire.fhir;

import ca.uhn.fhir.rest.param.BaseOrListParam;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ParamPrefixEnum;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringOrListParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.TimeRange;
import org.mssante.core.id.StructureId;

/**
 * Search parameters as conditions on entries; an absent one says nothing, and of several values with commas between them any does
 * (FHIR R4 §3.1.1.4). Not thread-safe.
 */
final class Criteria {
    /** No entry. */
    static final Condition NOTHING = new Condition.Any(List.of());

    /** Every entry (RFC 4526). */
    static final Condition EVERYTHING = new Condition.All(List.of());

    /** Of one parameter. */
    private static final int MOST_VALUES = 100;

    private static final Set<ParamPrefixEnum> BOUNDS = EnumSet.of(
            ParamPrefixEnum.EQUAL,
            ParamPrefixEnum.GREATERTHAN_OR_EQUALS,
            ParamPrefixEnum.GREATERTHAN,
            ParamPrefixEnum.LESSTHAN_OR_EQUALS,
            ParamPrefixEnum.LESSTHAN,
            ParamPrefixEnum.STARTS_AFTER,
            ParamPrefixEnum.ENDS_BEFORE);

    private final List<Condition> conditions = new ArrayList<>();

    Criteria and(Condition condition) {
        conditions.add(condition);
        return this;
    }

    /** A string parameter (FHIR R4 §3.1.1.4.8): the start of a value, without accents and case, or as its modifier says. */
    Criteria text(Optional<StringOrListParam> parameter, Attribute... attributes) {
        List<StringParam> texts =
                values(parameter).stream().filter(text -> !text.isEmpty()).toList();
        return any(texts, text -> {
            List<Condition> any = new ArrayList<>();
            for (Attribute attribute : attributes) {
                any.add(text(attribute, text));
            }
            return new Condition.Any(any);
        });
    }

    /** A token parameter. */
    Criteria token(Optional<TokenOrListParam> parameter, Function<TokenParam, Condition> condition) {
        return any(tokens(parameter), condition);
    }

    /** A reference parameter that may name the type it refers to. */
    Criteria reference(
            Optional<ReferenceOrListParam> parameter, String type, Function<ReferenceParam, Condition> condition) {
        return any(values(parameter), reference -> mayReferTo(reference, type) ? condition.apply(reference) : NOTHING);
    }

    /** Whether a reference names that type, or none. */
    static boolean mayReferTo(ReferenceParam reference, String type) {
        return reference.getResourceType() == null
                || reference.getResourceType().equals(type);
    }

    private <T> Criteria any(List<T> values, Function<T, Condition> condition) {
        if (!values.isEmpty()) {
            and(new Condition.Any(values.stream().map(condition).toList()));
        }
        return this;
    }

    /** The tokens of a parameter; none where it is absent. */
    static List<TokenParam> tokens(Optional<TokenOrListParam> parameter) {
        List<TokenParam> tokens =
                values(parameter).stream().filter(token -> !token.isEmpty()).toList();
        if (tokens.stream().anyMatch(token -> token.getModifier() != null)) {
            throw new InvalidRequestException("this server knows no modifier of a token");
        }
        return tokens;
    }

    static <T extends ca.uhn.fhir.model.api.IQueryParameterType> List<T> values(
            Optional<? extends BaseOrListParam<?, T>> parameter) {
        List<T> values = parameter
                .<List<T>>map(list -> new ArrayList<>(list.getValuesAsQueryTokens()))
                .orElse(List.of());
        if (values.size() > MOST_VALUES) {
            throw new InvalidRequestException("a parameter has " + MOST_VALUES + " values at most");
        }
        return values;
    }

    private static Condition active(boolean wanted) {
        Condition active = new Condition.Equal(Attribute.ACTIVE, "TRUE");
        return wanted ? active : new Condition.Not(active);
    }

    /** What a parameter that is true or false lets pass. */
    static Set<Boolean> flags(Optional<TokenOrListParam> parameter) {
        Set<Boolean> flags = tokens(parameter).stream()
                .map(token -> switch (token.getValue()) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new InvalidRequestException("active is true or false");
                })
                .collect(Collectors.toSet());
        return flags.isEmpty() ? Set.of(true, false) : flags;
    }

    /** Entries of professionals that are active, or not. */
    Criteria active(Set<Boolean> flags) {
        return flags.size() > 1 ? this : and(active(flags.contains(true)));
    }

    /** All entries, where every resource has an identifier of that type, else none. */
    static Condition ofType(TokenParam type, Set<String> ofAll) {
        return in(type, Systems.IDENTIFIER_TYPE, EVERYTHING, code -> ofAll.contains(code) ? EVERYTHING : NOTHING);
    }

    Condition all() {
        return new Condition.All(conditions);
    }

    /** These, of whom a resource is about. A mailbox of the liste rouge that comes or goes must not show in his time. */
    Subject of(Optional<DateRangeParam> changed, Audience reader) {
        Optional<TimeRange> range = changed.filter(given -> !given.isEmpty()).map(Criteria::time);
        if (range.isPresent() && reader != Audience.SERVICES) {
            throw new ForbiddenOperationException("_lastUpdated is for services alone");
        }
        return new Subject(all(), range);
    }

    /** HAPI's bounds are in the range, and reach to the end of what was said: of the day, the second. */
    private static TimeRange time(DateRangeParam range) {
        if (range.getValuesAsQueryTokens().stream()
                .anyMatch(bound ->
                        !BOUNDS.contains(Objects.requireNonNullElse(bound.getPrefix(), ParamPrefixEnum.EQUAL)))) {
            throw new InvalidRequestException("of prefixes of a time this server knows eq, ge, gt, le, lt, sa and eb");
        }
        return new TimeRange(
                Optional.ofNullable(range.getLowerBoundAsInstant())
                        .map(Date::toInstant)
                        .orElse(Instant.MIN),
                Optional.ofNullable(range.getUpperBoundAsInstant())
                        .map(Date::toInstant)
                        .orElse(Instant.MAX));
    }

    /**
     * What a token says of the values of one system.
     *
     * @param any where the token names the system alone
     */
    static Condition in(TokenParam token, String system, Condition any, Function<String, Condition> condition) {
        if (!mayBeOf(token, system)) {
            return NOTHING;
        }
        return token.getValue().isEmpty() ? any : condition.apply(token.getValue());
    }

    /** Whether a token names that system, or none. */
    static boolean mayBeOf(TokenParam token, String system) {
        return token.getSystem() == null || token.getSystem().equals(system);
    }

    /** Entries with a number of that kind; one with several numbers may have the kind from another of them. */
    static Condition named(StructureId id) {
        return new Condition.All(List.of(
                new Condition.Equal(Attribute.STRUCTURE_ID_TYPE, id.kind().name()),
                new Condition.Equal(Attribute.STRUCTURE_ID, id.number())));
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
