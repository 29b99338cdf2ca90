package org.mssante.annuaire.index;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One entry of the directory. Immutable; no attribute is without values and no value is empty.
 *
 * @param audience who may see that the entry exists at all
 */
public record DirectoryEntry(EntryKey key, Audience audience, Map<Attribute, List<String>> attributes) {

    public List<String> values(Attribute attribute) {
        return attributes.getOrDefault(attribute, List.of());
    }

    /**
     * This entry with the values of another one of the same key added behind its own. Of a name or a flag there is only
     * one: the first stays.
     */
    public DirectoryEntry with(DirectoryEntry other) {
        Builder merged = new Builder(key, audience);
        attributes.forEach(merged::with);
        other.attributes.forEach((attribute, values) -> {
            if (!attribute.single() || values(attribute).isEmpty()) {
                merged.with(attribute, values);
            }
        });
        return merged.build();
    }

    public static Builder at(EntryKey key, Audience audience) {
        return new Builder(key, audience);
    }

    /** Collects the attributes of an entry. Not thread-safe. */
    public static final class Builder {
        private final EntryKey key;
        private final Audience audience;
        private final Map<Attribute, List<String>> attributes = new EnumMap<>(Attribute.class);

        private Builder(EntryKey key, Audience audience) {
            this.key = key;
            this.audience = audience;
        }

        /** Adds a value; an empty one and one that is already there are left out. */
        public Builder with(Attribute attribute, String value) {
            if (!value.isEmpty()) {
                List<String> values = attributes.computeIfAbsent(attribute, unused -> new ArrayList<>(1));
                if (!values.contains(value)) {
                    values.add(value);
                }
            }
            return this;
        }

        /** Takes values that are known to differ and not to be empty; there are none of that attribute yet. */
        void having(Attribute attribute, List<String> values) {
            attributes.put(attribute, values);
        }

        public Builder with(Attribute attribute, Iterable<String> values) {
            values.forEach(value -> with(attribute, value));
            return this;
        }

        public DirectoryEntry build() {
            return new DirectoryEntry(key, audience, Collections.unmodifiableMap(attributes));
        }
    }
}
