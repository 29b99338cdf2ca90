package org.mssante.dmp.cda;

import java.util.List;
import java.util.Optional;

/**
 * The parts of a name with their qualifiers.
 *
 * @param text what stands in the name outside its parts: all there is of a name that foreign documents do not divide
 */
public record Name(List<Part> families, List<Part> givens, String text) {
    /** No name at all. */
    public static final Name NONE = new Name(List.of(), List.of(), "");

    public Name {
        families = List.copyOf(families);
        givens = List.copyOf(givens);
    }

    /** One part; {@code qualifier} is BR, CL, SP or empty. */
    public record Part(String qualifier, String text) {}

    public boolean isEmpty() {
        return families.isEmpty() && givens.isEmpty() && text.isEmpty();
    }

    /** The family name under the first of these qualifiers that is there. */
    public Optional<String> family(String... qualifiers) {
        return first(families, qualifiers);
    }

    /** The given name under the first of these qualifiers that is there. */
    public Optional<String> given(String... qualifiers) {
        return first(givens, qualifiers);
    }

    /** The family name a professional is known by: any, or the undivided text. */
    public String anyFamily() {
        return families.isEmpty() ? text : families.get(0).text();
    }

    /** The first given name, empty where there is none. */
    public String anyGiven() {
        return givens.isEmpty() ? "" : givens.get(0).text();
    }

    private static Optional<String> first(List<Part> parts, String... qualifiers) {
        for (String qualifier : qualifiers) {
            for (Part part : parts) {
                if (part.qualifier().equals(qualifier)) {
                    return Optional.of(part.text());
                }
            }
        }
        return Optional.empty();
    }

    /** Names are personal data. */
    @Override
    public String toString() {
        return "Name[" + (families.size() + givens.size()) + " parts]";
    }
}
