package org.mssante.annuaire.index;

import java.util.List;
import java.util.function.Predicate;

/** An entry as one kind of reader sees it: a condition on what he may not read is neither true nor false. */
record ReadableEntry(DirectoryEntry entry, Audience reader) {

    Truth any(Attribute attribute, Predicate<String> test) {
        if (!reader.mayRead(attribute.audience())) {
            return Truth.UNDEFINED;
        }
        List<String> values = attribute == Attribute.COMMON_NAME ? CommonNames.of(entry) : entry.values(attribute);
        for (String value : values) {
            if (test.test(attribute.matching().normal(value))) {
                return Truth.TRUE;
            }
        }
        return Truth.FALSE;
    }
}
