package org.mssante.annuaire.ldap;

import com.unboundid.ldap.sdk.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.DirectoryEntry;

/** Entries as a client asked for them: the attributes he named among those he may read. */
final class EntryWriter {
    private static final String ALL = "*";
    /** RFC 4511 §4.5.1.8. */
    private static final String NONE = "1.1";

    /** How many entries stand below a branch: given to services that ask for it by name. */
    static final String SUBORDINATES = "numSubordinates";

    private final Audience reader;
    private final boolean all;
    private final Set<String> names = new HashSet<>();
    private final boolean typesOnly;

    EntryWriter(Audience reader, List<String> requested, boolean typesOnly) {
        this.reader = reader;
        this.typesOnly = typesOnly;
        this.all = requested.isEmpty() || requested.contains(ALL);
        requested.stream()
                .filter(name -> !name.equals(NONE))
                .map(name ->
                        AttributeTypes.described(name).map(Attribute::ldapName).orElse(name))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .forEach(names::add);
    }

    /** Operational attributes are given by name or for {@code +} (RFC 3673). */
    private boolean isNamed(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT)) || names.contains("+");
    }

    boolean countsSubordinates() {
        return reader == Audience.SERVICES && names.contains(SUBORDINATES.toLowerCase(Locale.ROOT));
    }

    Entry write(DirectoryEntry entry) {
        Entry written = new Entry(Tree.dn(entry.key()));
        Shown.attributes(entry).stream()
                .filter(attribute -> isWanted(attribute.ldapName()) && reader.mayRead(attribute.audience()))
                .forEach(attribute -> add(written, attribute.ldapName(), Shown.values(entry, attribute)));
        if (isNamed(DirectorySchema.SUBENTRY)) {
            add(written, DirectorySchema.SUBENTRY, List.of(DirectorySchema.DN));
        }
        return written;
    }

    /** Root DSE and schema: what is not a user attribute is given only by name or for {@code +} (RFC 3673). */
    Entry write(Entry entry, Set<String> operational) {
        Entry written = new Entry(entry.getDN());
        for (com.unboundid.ldap.sdk.Attribute attribute : entry.getAttributes()) {
            boolean wanted = operational.contains(attribute.getName())
                    ? isNamed(attribute.getName())
                    : isWanted(attribute.getName());
            if (wanted) {
                written.addAttribute(typesOnly ? new com.unboundid.ldap.sdk.Attribute(attribute.getName()) : attribute);
            }
        }
        return written;
    }

    private void add(Entry written, String attribute, List<String> values) {
        if (typesOnly) {
            written.addAttribute(new com.unboundid.ldap.sdk.Attribute(attribute));
        } else {
            written.addAttribute(attribute, values);
        }
    }

    private boolean isWanted(String name) {
        return all || names.contains(name.toLowerCase(Locale.ROOT));
    }
}
