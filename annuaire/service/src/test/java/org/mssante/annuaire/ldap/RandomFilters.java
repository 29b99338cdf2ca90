package org.mssante.annuaire.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Matching;

/** Filters nobody would think of, most of which find something: what they ask for is taken from entries and then changed. */
final class RandomFilters {
    /** Without an order in slapd, whose own definitions of them cannot be replaced. */
    private static final List<Attribute> UNORDERED =
            List.of(Attribute.COMMON_NAME, Attribute.UID, Attribute.DESCRIPTION);

    private static final List<String> CLASSES =
            List.of("top", "person", "inetOrgPerson", "mssBal", "mssBalOperateur", "organization", "MSSPROFESSIONNEL");

    private static final List<Attribute> ATTRIBUTES = List.of(Attribute.values());
    private static final int DEPTH = 3;

    private final Random random;
    private final List<Entry> entries;
    private final UnaryOperator<String> bare;

    /**
     * One question in the words of each side.
     *
     * @param theirs the same with texts as slapd holds them
     */
    record Pair(Filter ours, Filter theirs) {}

    /** @param bare makes a text what slapd holds of it */
    RandomFilters(Random random, List<Entry> entries, UnaryOperator<String> bare) {
        this.random = random;
        this.entries = entries;
        this.bare = bare;
    }

    Pair next() {
        return filter(DEPTH);
    }

    private Pair filter(int depth) {
        return switch (random.nextInt(depth == 0 ? 8 : 12)) {
            case 0, 1 -> equality();
            case 2, 3, 4 -> substring();
            case 5 -> presence();
            case 6 -> order();
            case 7 -> rare();
            case 8 -> {
                Pair negated = filter(depth - 1);
                yield new Pair(Filter.createNOTFilter(negated.ours()), Filter.createNOTFilter(negated.theirs()));
            }
            case 9, 10 -> {
                List<Pair> parts = filters(depth - 1);
                yield new Pair(
                        Filter.createANDFilter(parts.stream().map(Pair::ours).toList()),
                        Filter.createANDFilter(parts.stream().map(Pair::theirs).toList()));
            }
            default -> {
                List<Pair> parts = filters(depth - 1);
                yield new Pair(
                        Filter.createORFilter(parts.stream().map(Pair::ours).toList()),
                        Filter.createORFilter(parts.stream().map(Pair::theirs).toList()));
            }
        };
    }

    /** None at all is the true and the false filter of RFC 4526. */
    private List<Pair> filters(int depth) {
        List<Pair> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            parts.add(filter(depth));
        }
        return parts;
    }

    private Pair equality() {
        Attribute attribute = attribute();
        String value = typed(attribute, value(attribute));
        String name = described(attribute);
        return new Pair(
                Filter.createEqualityFilter(name, value), Filter.createEqualityFilter(name, theirs(attribute, value)));
    }

    private Pair presence() {
        Filter filter = Filter.createPresenceFilter(described(attribute()));
        return new Pair(filter, filter);
    }

    private Pair order() {
        Attribute attribute = Stream.generate(this::attribute)
                .filter(drawn -> !UNORDERED.contains(drawn))
                .findFirst()
                .orElseThrow();
        String value = typed(attribute, value(attribute));
        String name = described(attribute);
        return random.nextBoolean()
                ? new Pair(
                        Filter.createGreaterOrEqualFilter(name, value),
                        Filter.createGreaterOrEqualFilter(name, theirs(attribute, value)))
                : new Pair(
                        Filter.createLessOrEqualFilter(name, value),
                        Filter.createLessOrEqualFilter(name, theirs(attribute, value)));
    }

    private Pair substring() {
        Attribute attribute = attribute();
        // without blanks at its edges, see OpenLdapAgreementTest; within it they stay
        List<String> pieces = pieces(typed(attribute, value(attribute)).strip());
        String initial = random.nextBoolean() ? pieces.get(0) : null;
        String last = random.nextBoolean() ? pieces.get(2) : null;
        String[] any = (initial == null && last == null) || random.nextBoolean()
                ? new String[] {pieces.get(1)}
                : new String[0];
        String[] theirAny = Stream.of(any).map(part -> theirs(attribute, part)).toArray(String[]::new);
        String name = described(attribute);
        return new Pair(
                Filter.createSubstringFilter(name, initial, any, last),
                Filter.createSubstringFilter(
                        name,
                        initial == null ? null : theirs(attribute, initial),
                        theirAny,
                        last == null ? null : theirs(attribute, last)));
    }

    /** Unknown attributes, and equality by another name. */
    private Pair rare() {
        if (random.nextInt(3) == 0) {
            Filter unknown = Filter.createEqualityFilter("noSuchAttribute", "x");
            return new Pair(unknown, unknown);
        }
        Attribute attribute = attribute();
        String value = typed(attribute, value(attribute));
        boolean text = attribute.matching() == Matching.TEXT || attribute.matching() == Matching.CODE;
        String rule = text && random.nextBoolean() ? "caseIgnoreMatch" : null;
        String name = described(attribute);
        return new Pair(
                Filter.createExtensibleMatchFilter(name, rule, false, value),
                Filter.createExtensibleMatchFilter(name, rule, false, theirs(attribute, value)));
    }

    /** Three pieces of a value in their order, none of them empty; they overlap where the value is short. */
    private List<String> pieces(String value) {
        int first = end(value, 0);
        int second = end(value, Math.min(first, value.length() - 1));
        int start = random.nextInt(value.length());
        return Stream.of(
                        value.substring(0, first),
                        value.substring(Math.min(start, second - 1), second),
                        value.substring(value.length() - 1 - random.nextInt(Math.min(4, value.length()))))
                .map(String::strip)
                .map(piece -> piece.isEmpty() || piece.equals("-") ? "0" : piece)
                .toList();
    }

    private int end(String value, int from) {
        return from + 1 + random.nextInt(Math.min(5, value.length() - from));
    }

    private Attribute attribute() {
        return ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
    }

    /** One that some entry has, mostly. */
    private String value(Attribute attribute) {
        if (attribute.matching() == Matching.OBJECT_IDENTIFIER) {
            return CLASSES.get(random.nextInt(CLASSES.size()));
        }
        for (int attempt = 0; attempt < 30; attempt++) {
            Entry entry = entries.get(random.nextInt(entries.size()));
            String[] values = entry.getAttributeValues(attribute.ldapName());
            if (values != null) {
                return values[random.nextInt(values.length)];
            }
        }
        return switch (attribute.matching()) {
            case TEXT -> OddRegister.WORDS.get(random.nextInt(OddRegister.WORDS.size()));
            case DISTINGUISHED_NAME -> "CN=nobody";
            default -> "0490";
        };
    }

    /** As somebody might write it who has seen the value once. */
    private String typed(Attribute attribute, String value) {
        String typed = switch (random.nextInt(6)) {
            case 0 -> value.toUpperCase(Locale.FRENCH);
            case 1 -> value.toLowerCase(Locale.FRENCH);
            case 2 -> attribute.matching() == Matching.TEXT ? bare.apply(value) : value;
            case 3 -> value.replace(" ", "   ");
            default -> value;
        };
        return switch (attribute.matching()) {
            case TEXT, CODE -> random.nextInt(8) == 0 ? " " + typed + " " : typed;
            case PHONE -> random.nextBoolean() ? typed.replace(" ", "") : typed;
            case OBJECT_IDENTIFIER, DISTINGUISHED_NAME -> value;
        };
    }

    private String theirs(Attribute attribute, String text) {
        return theirs(attribute, text, bare);
    }

    /** A value, or a part of one, as slapd holds it. */
    static String theirs(Attribute attribute, String text, UnaryOperator<String> bare) {
        return switch (attribute.matching()) {
            case TEXT -> bare.apply(text);
            case PHONE -> attribute.matching().normal(text);
            case CODE, OBJECT_IDENTIFIER, DISTINGUISHED_NAME -> text;
        };
    }

    private String described(Attribute attribute) {
        String name = attribute.ldapName();
        return random.nextInt(4) == 0 ? name.toUpperCase(Locale.ROOT) : name;
    }
}
