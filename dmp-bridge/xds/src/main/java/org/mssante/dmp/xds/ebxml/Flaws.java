package org.mssante.dmp.xds.ebxml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Collects what is wrong with one registry object while it is read. */
final class Flaws {
    private final String object;
    private final List<MetadataFlaw> found;

    Flaws(String object, List<MetadataFlaw> found) {
        this.object = object;
        this.found = found;
    }

    void add(String attribute, String rule) {
        found.add(new MetadataFlaw(object, attribute, rule));
    }

    /** The parsed value; a malformed one is left out and noted. */
    <T> Optional<T> parsed(String attribute, String text, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            add(attribute, e instanceof NumberFormatException ? "a size is a whole number" : e.getMessage());
            return Optional.empty();
        }
    }

    <T> List<T> parsedAll(String attribute, List<String> texts, Function<String, T> parse) {
        List<T> values = new ArrayList<>();
        for (String text : texts) {
            parsed(attribute, text, parse).ifPresent(values::add);
        }
        return values;
    }
}
