package org.mssante.annuaire.sync;

import java.util.Map;
import java.util.TreeMap;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.DirectoryUpdate;
import org.mssante.core.id.MailAddress;

/**
 * Counts what an edition of the register changes: professionals, structures, mailboxes by type, and mailboxes by domain,
 * because one operator who leaves takes thousands of mailboxes and no visible share of the whole. Not thread-safe.
 */
final class RegisterChanges {
    private static final Counts ADDED = new Counts(1, 0, 0, 0);
    private static final Counts CHANGED = new Counts(0, 1, 0, 0);
    private static final Counts REMOVED = new Counts(0, 0, 1, 0);
    private static final Counts SAME = new Counts(0, 0, 0, 1);

    private final Map<String, Counts> kinds = new TreeMap<>();
    private final Map<String, Counts> domains = new TreeMap<>();

    void offered(DirectoryEntry entry, DirectoryUpdate.Difference difference) {
        count(
                entry,
                switch (difference) {
                    case NEW -> ADDED;
                    case CHANGED -> CHANGED;
                    case SAME -> SAME;
                });
    }

    void removed(DirectoryEntry entry) {
        count(entry, REMOVED);
    }

    /** By {@code professionals}, {@code structures}, {@code mailboxes PER} and so on. */
    Map<String, Counts> kinds() {
        return Map.copyOf(kinds);
    }

    /** Of mailboxes, by domain. */
    Map<String, Counts> domains() {
        return Map.copyOf(domains);
    }

    private void count(DirectoryEntry entry, Counts one) {
        Branch branch = entry.key().branch().orElseThrow();
        if (branch == Branch.PROFESSIONALS) {
            kinds.merge("professionals", one, Counts::plus);
        } else if (branch == Branch.STRUCTURES) {
            kinds.merge("structures", one, Counts::plus);
        } else {
            kinds.merge("mailboxes " + String.join("", entry.values(Attribute.MAILBOX_TYPE)), one, Counts::plus);
            domains.merge(
                    MailAddress.parse(entry.values(Attribute.MAIL).get(0))
                            .domain()
                            .toString(),
                    one,
                    Counts::plus);
        }
    }
}
