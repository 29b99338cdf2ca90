package org.mssante.annuaire.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.WildcardQuery;

/**
 * What an entry must fulfil, in the terms of LDAP filters (RFC 4511 §4.5.1.7). Each condition can name candidates in
 * the index and judge an entry; the judgement alone decides, so that the index may be coarse.
 */
public sealed interface Condition {
    /** Parts of three characters that are looked at for one condition. */
    int MOST_GRAMS = 24;

    /** Of them, those that entries are asked for: more tell little more, and each costs. */
    int ASKED_GRAMS = 3;

    /** Candidates in the index. */
    Candidates candidates();

    /** The verdict on one entry. */
    Truth test(ReadableEntry entry);

    /** Whether it is true of an entry, as that reader sees it. */
    default boolean holds(DirectoryEntry entry, Audience reader) {
        return test(new ReadableEntry(entry, reader)) == Truth.TRUE;
    }

    /** Entries with parts of three characters of some texts. */
    private static List<Term> grams(Attribute attribute, Collection<String> texts) {
        return Terms.someGrams(texts, MOST_GRAMS).stream()
                .map(gram -> EntryDocuments.gram(attribute, gram))
                .toList();
    }

    /** Entries that have the rarest of some terms, or a value too long to have all its own. */
    private static Candidates rarest(Attribute attribute, List<Term> terms) {
        return orLonger(attribute, Candidates.among(new RarestTerms(terms, ASKED_GRAMS)));
    }

    /** Those, and entries with a value that is not indexed to its end. */
    private static Candidates orLonger(Attribute attribute, Candidates those) {
        return Candidates.any(List.of(those, Candidates.term(EntryDocuments.longer(attribute))));
    }

    /** Entries with a value that has the longest of some parts, whatever its length: all values are walked through. */
    private static Candidates walk(Attribute attribute, Collection<String> parts) {
        if (attribute == Attribute.OBJECT_CLASS) {
            return Candidates.among(new MatchAllDocsQuery());
        }
        Term first = EntryDocuments.first(attribute);
        StringBuilder pattern = new StringBuilder();
        literally(first.text(), pattern);
        pattern.append('*');
        parts.stream().max(Comparator.comparingInt(String::length)).ifPresent(longest -> {
            literally(Terms.walkable(longest), pattern);
            pattern.append('*');
        });
        return orLonger(attribute, Candidates.walking(new WildcardQuery(new Term(first.field(), pattern.toString()))));
    }

    private static void literally(String text, StringBuilder pattern) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == WildcardQuery.WILDCARD_STRING
                    || c == WildcardQuery.WILDCARD_CHAR
                    || c == WildcardQuery.WILDCARD_ESCAPE) {
                pattern.append(WildcardQuery.WILDCARD_ESCAPE);
            }
            pattern.append(c);
        }
    }

    /** Object classes have no order, and no terms that could have one. */
    private static Candidates range(Attribute attribute, TermRangeQuery terms) {
        return attribute == Attribute.OBJECT_CLASS
                ? Candidates.among(new MatchAllDocsQuery())
                : Candidates.walking(terms);
    }

    /** Every condition holds; none at all is true. */
    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Candidates candidates() {
            return Candidates.all(conditions.stream().map(Condition::candidates).toList());
        }

        @Override
        public Truth test(ReadableEntry entry) {
            Truth result = Truth.TRUE;
            for (Condition condition : conditions) {
                switch (condition.test(entry)) {
                    case FALSE -> {
                        return Truth.FALSE;
                    }
                    case UNDEFINED -> result = Truth.UNDEFINED;
                    case TRUE -> {
                        // changes nothing
                    }
                }
            }
            return result;
        }
    }

    /** At least one condition holds; none at all is false. */
    record Any(List<Condition> conditions) implements Condition {
        public Any {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Candidates candidates() {
            return Candidates.any(conditions.stream().map(Condition::candidates).toList());
        }

        @Override
        public Truth test(ReadableEntry entry) {
            Truth result = Truth.FALSE;
            for (Condition condition : conditions) {
                switch (condition.test(entry)) {
                    case TRUE -> {
                        return Truth.TRUE;
                    }
                    case UNDEFINED -> result = Truth.UNDEFINED;
                    case FALSE -> {
                        // changes nothing
                    }
                }
            }
            return result;
        }
    }

    /** The condition is false. */
    record Not(Condition condition) implements Condition {
        @Override
        public Candidates candidates() {
            return condition.candidates().negated();
        }

        @Override
        public Truth test(ReadableEntry entry) {
            return condition.test(entry).negated();
        }
    }

    record Equal(Attribute attribute, String value) implements Condition {
        @Override
        public Candidates candidates() {
            if (attribute == Attribute.OBJECT_CLASS) {
                return EntryTraits.ofClass(value)
                        .map(Candidates::exactly)
                        .orElseGet(() -> Candidates.among(new MatchAllDocsQuery()));
            }
            String normal = attribute.matching().normal(value);
            Candidates those = Candidates.term(EntryDocuments.value(attribute, normal));
            return EntryDocuments.isExact(attribute, normal) ? those : those.inexact();
        }

        @Override
        public Truth test(ReadableEntry entry) {
            return entry.any(attribute, attribute.matching().normal(value)::equals);
        }
    }

    record Present(Attribute attribute) implements Condition {
        @Override
        public Candidates candidates() {
            return attribute == Attribute.OBJECT_CLASS
                    ? Candidates.exactly(new MatchAllDocsQuery())
                    : Candidates.exactly(EntryTraits.present(attribute));
        }

        @Override
        public Truth test(ReadableEntry entry) {
            return entry.any(attribute, value -> true);
        }
    }

    /**
     * The value starts with, contains in this order, and ends with these parts. A blank at the edge of a part stands for one in
     * the value or for the value's own edge (RFC 4518 §2.6.1).
     */
    record Substring(Attribute attribute, Optional<String> initial, List<String> middle, Optional<String> last)
            implements Condition {
        private static final String BLANK = " ";

        public Substring {
            middle = List.copyOf(middle);
        }

        @Override
        public Candidates candidates() {
            List<Candidates> parts = new ArrayList<>();
            initial.map(this::normal)
                    .filter(start -> !start.isEmpty() && attribute != Attribute.OBJECT_CLASS)
                    .ifPresent(start -> parts.add(beginning(start)));
            List<Term> grams = attribute.foundByParts() ? grams(attribute, inner()) : List.of();
            if (!grams.isEmpty()) {
                parts.add(rarest(attribute, grams));
            }
            return parts.isEmpty()
                    ? walk(attribute, inner())
                    : Candidates.all(parts).inexact();
        }

        private Candidates beginning(String start) {
            PrefixQuery values = new PrefixQuery(EntryDocuments.value(attribute, Terms.walkable(start)));
            return Terms.hasNoGram(start) ? Candidates.walking(values) : Candidates.among(values);
        }

        @Override
        public Truth test(ReadableEntry entry) {
            String start = initial.map(part -> BLANK + spaced(normal(part)) + after(part))
                    .orElse("");
            String end = last.map(part -> before(part) + spaced(normalWithin(part)) + BLANK)
                    .orElse("");
            List<String> between = middle.stream().map(this::prepared).toList();
            return entry.any(attribute, value -> fits(BLANK + spaced(value) + BLANK, start, between, end));
        }

        private static boolean fits(String value, String start, List<String> between, String end) {
            if (!value.startsWith(start)) {
                return false;
            }
            int from = start.length();
            for (String part : between) {
                int at = value.indexOf(part, from);
                if (at < 0) {
                    return false;
                }
                from = at + part.length();
            }
            return value.length() - end.length() >= from && value.endsWith(end);
        }

        private String prepared(String part) {
            String prepared = before(part) + spaced(normalWithin(part)) + after(part);
            return prepared.isBlank() ? BLANK : prepared;
        }

        /** Two blanks for one, so that the part before it can end with one and the part behind it begin with the other. */
        private static String spaced(String normal) {
            return normal.replace(BLANK, BLANK + BLANK);
        }

        private String before(String part) {
            return isBlank(part, 0) ? BLANK : "";
        }

        private String after(String part) {
            return isBlank(part, part.length() - 1) ? BLANK : "";
        }

        /** In numbers blanks say nothing. */
        private boolean isBlank(String part, int at) {
            return attribute.matching() != Matching.PHONE && !part.isEmpty() && Character.isWhitespace(part.charAt(at));
        }

        private List<String> inner() {
            List<String> parts = new ArrayList<>();
            middle.forEach(part -> parts.add(normalWithin(part)));
            last.map(this::normalWithin).ifPresent(parts::add);
            return parts;
        }

        private String normal(String part) {
            return attribute.matching().normal(part);
        }

        private String normalWithin(String part) {
            return attribute.matching().normalWithin(part);
        }
    }

    record AtLeast(Attribute attribute, String value) implements Condition {
        @Override
        public Candidates candidates() {
            String normal = attribute.matching().normal(value);
            Term lower = EntryDocuments.value(attribute, Terms.walkable(normal));
            return range(
                    attribute,
                    new TermRangeQuery(
                            lower.field(),
                            lower.bytes(),
                            EntryDocuments.end(attribute).bytes(),
                            true,
                            false));
        }

        @Override
        public Truth test(ReadableEntry entry) {
            String lower = attribute.matching().normal(value);
            return entry.any(attribute, text -> Matching.compare(text, lower) >= 0);
        }
    }

    record AtMost(Attribute attribute, String value) implements Condition {
        @Override
        public Candidates candidates() {
            String normal = attribute.matching().normal(value);
            // more than what can be walked to comes behind its beginning
            Term upper = normal.equals(Terms.walkable(normal))
                    ? EntryDocuments.value(attribute, normal)
                    : EntryDocuments.end(attribute);
            return range(
                    attribute,
                    new TermRangeQuery(
                            upper.field(), EntryDocuments.first(attribute).bytes(), upper.bytes(), true, true));
        }

        @Override
        public Truth test(ReadableEntry entry) {
            String upper = attribute.matching().normal(value);
            return entry.any(attribute, text -> Matching.compare(text, upper) <= 0);
        }
    }

    /** The value has all the words, in whatever order, accents and punctuation. */
    record Approximate(Attribute attribute, String value) implements Condition {
        @Override
        public Candidates candidates() {
            Set<String> words = words();
            if (words.isEmpty()) {
                return Candidates.none();
            }
            if (!attribute.foundByParts()) {
                return walk(attribute, words);
            }
            List<Term> terms = new ArrayList<>(grams(attribute, words));
            words.stream()
                    .filter(Terms::hasNoGram)
                    .limit(MOST_GRAMS)
                    .map(EntryDocuments::shortWord)
                    .forEach(terms::add);
            return rarest(attribute, terms);
        }

        @Override
        public Truth test(ReadableEntry entry) {
            Set<String> wanted = words();
            return entry.any(
                    attribute, text -> !wanted.isEmpty() && Terms.words(text).containsAll(wanted));
        }

        private Set<String> words() {
            return Terms.words(Matching.TEXT.normal(value));
        }
    }

    /** A condition on an attribute or by a rule the directory does not know. */
    record Unknown() implements Condition {
        @Override
        public Candidates candidates() {
            return Candidates.none();
        }

        @Override
        public Truth test(ReadableEntry entry) {
            return Truth.UNDEFINED;
        }
    }
}
