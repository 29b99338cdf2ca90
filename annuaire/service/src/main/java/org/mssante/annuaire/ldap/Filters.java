package org.mssante.annuaire.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Condition;

/** LDAP filters to conditions, within limits. One object a filter; not thread-safe. */
final class Filters {
    private final Limits limits;
    private int items;

    private Filters(Limits limits) {
        this.limits = limits;
    }

    /** @throws LDAPException where the filter is deeper or has more conditions than a client may ask for */
    static Condition condition(Filter filter, Limits limits) throws LDAPException {
        return new Filters(limits).convert(filter, 1);
    }

    private Condition convert(Filter filter, int depth) throws LDAPException {
        items++;
        if (depth > limits.filterDepth() || items > limits.filterItems()) {
            throw new LDAPException(
                    ResultCode.ADMIN_LIMIT_EXCEEDED,
                    "a filter has at most " + limits.filterDepth() + " levels and " + limits.filterItems()
                            + " conditions");
        }
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND -> new Condition.All(convertAll(filter.getComponents(), depth + 1));
            case Filter.FILTER_TYPE_OR -> new Condition.Any(convertAll(filter.getComponents(), depth + 1));
            case Filter.FILTER_TYPE_NOT -> new Condition.Not(convert(filter.getNOTComponent(), depth + 1));
            case Filter.FILTER_TYPE_PRESENCE ->
                attribute(filter)
                        .map(attribute -> shown(attribute, Condition.Present::new))
                        .orElseGet(Condition.Unknown::new);
            case Filter.FILTER_TYPE_EQUALITY -> comparison(filter, Condition.Equal::new);
            case Filter.FILTER_TYPE_GREATER_OR_EQUAL -> order(filter, Condition.AtLeast::new);
            case Filter.FILTER_TYPE_LESS_OR_EQUAL -> order(filter, Condition.AtMost::new);
            case Filter.FILTER_TYPE_APPROXIMATE_MATCH -> comparison(filter, Condition.Approximate::new);
            case Filter.FILTER_TYPE_SUBSTRING -> substring(filter);
            case Filter.FILTER_TYPE_EXTENSIBLE_MATCH -> extensible(filter);
            default -> new Condition.Unknown();
        };
    }

    private List<Condition> convertAll(Filter[] filters, int depth) throws LDAPException {
        List<Condition> conditions = new ArrayList<>();
        for (Filter filter : filters) {
            conditions.add(convert(filter, depth));
        }
        return conditions;
    }

    private static Condition comparison(Filter filter, BiFunction<Attribute, String, Condition> make) {
        return comparison(filter, attribute(filter), make);
    }

    /** What the schema gives no rule to compare by is undefined (RFC 4511 §4.5.1.7). */
    private static Condition order(Filter filter, BiFunction<Attribute, String, Condition> make) {
        return comparison(
                filter,
                attribute(filter).filter(attribute -> attribute.matching().isOrdered()),
                make);
    }

    private static Condition comparison(
            Filter filter, Optional<Attribute> known, BiFunction<Attribute, String, Condition> make) {
        return known.map(attribute -> shown(attribute, part -> make.apply(part, filter.getAssertionValue())))
                .orElseGet(Condition.Unknown::new);
    }

    /** A condition on an attribute is one on any value that it shows. */
    private static Condition shown(Attribute attribute, Function<Attribute, Condition> make) {
        List<Condition> parts = Shown.parts(attribute).stream().map(make).toList();
        return parts.size() == 1 ? parts.get(0) : new Condition.Any(parts);
    }

    /** Another name for equality; by a rule that is not the attribute's it is undefined (RFC 4511 §4.5.1.7.7). */
    private static Condition extensible(Filter filter) {
        Optional<Attribute> known = Optional.ofNullable(filter.getAttributeName())
                .flatMap(AttributeTypes::described)
                .filter(attribute -> !filter.getDNAttributes())
                .filter(attribute -> filter.getMatchingRuleID() == null
                        || AttributeTypes.isEqualityRule(attribute, filter.getMatchingRuleID()));
        return comparison(filter, known, Condition.Equal::new);
    }

    private static Condition substring(Filter filter) {
        return attribute(filter)
                .filter(attribute -> attribute.matching().isDivisible())
                .map(attribute -> shown(
                        attribute,
                        part -> new Condition.Substring(
                                part,
                                Optional.ofNullable(filter.getSubInitialString()),
                                Arrays.asList(filter.getSubAnyStrings()),
                                Optional.ofNullable(filter.getSubFinalString()))))
                .orElseGet(Condition.Unknown::new);
    }

    private static Optional<Attribute> attribute(Filter filter) {
        return AttributeTypes.described(filter.getAttributeName());
    }
}
