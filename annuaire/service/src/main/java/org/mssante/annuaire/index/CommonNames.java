package org.mssante.annuaire.index;

import java.util.ArrayList;
import java.util.List;

/**
 * The common names of an entry. People are looked for by either name first, so a person is also called by his family name and the
 * given one behind it. That is made where it is asked for and not kept: what is kept is what the register says.
 */
public final class CommonNames {
    private CommonNames() {}

    /** Those that are kept, and the one that is made. */
    public static List<String> of(DirectoryEntry entry) {
        List<String> kept = entry.values(Attribute.COMMON_NAME);
        List<String> family = entry.values(Attribute.FAMILY_NAME);
        List<String> given = entry.values(Attribute.GIVEN_NAME);
        if (kept.isEmpty() || family.isEmpty() || given.isEmpty()) {
            return kept;
        }
        String made = family.get(0) + " " + given.get(0);
        if (kept.contains(made)) {
            return kept;
        }
        List<String> all = new ArrayList<>(kept);
        all.add(made);
        return all;
    }
}
