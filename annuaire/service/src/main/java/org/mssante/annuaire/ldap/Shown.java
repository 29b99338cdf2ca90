package org.mssante.annuaire.ldap;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.CommonNames;
import org.mssante.annuaire.index.DirectoryEntry;

/**
 * What clients are shown of an entry beyond what it keeps: address books show a person's {@code title} (RFC 4519 §2.38), which
 * is his profession here, and behind it the title that the register gives him; and his names in either order.
 */
final class Shown {
    private static final List<Attribute> OF_TITLE = List.of(Attribute.PROFESSION_LABEL, Attribute.TITLE);

    private Shown() {}

    /** The attributes whose values an attribute shows. */
    static List<Attribute> parts(Attribute attribute) {
        return attribute == Attribute.TITLE ? OF_TITLE : List.of(attribute);
    }

    static List<String> values(DirectoryEntry entry, Attribute attribute) {
        return switch (attribute) {
            case TITLE ->
                OF_TITLE.stream()
                        .flatMap(part -> entry.values(part).stream())
                        .distinct()
                        .toList();
            case COMMON_NAME -> CommonNames.of(entry);
            default -> entry.values(attribute);
        };
    }

    /** The attributes that an entry has something to show of. */
    static Set<Attribute> attributes(DirectoryEntry entry) {
        Set<Attribute> kept = entry.attributes().keySet();
        if (kept.contains(Attribute.TITLE) || !kept.contains(Attribute.PROFESSION_LABEL)) {
            return kept;
        }
        Set<Attribute> shown = EnumSet.copyOf(kept);
        shown.add(Attribute.TITLE);
        return shown;
    }
}
