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

    private static final String PROFESSIONALS = "professionals";
    private static final String STRUCTURES = "structures";

    private final Map<String, Counts> kinds = new TreeMap<>();
    private final Map<String, Counts> domains = new TreeMap<>();

    void mailbox(DirectoryEntry entry, DirectoryUpdate.Difference difference) {
        countMailbox(entry, one(difference));
    }

    void professional(DirectoryUpdate.Difference difference) {
        kinds.merge(PROFESSIONALS, one(difference), Counts::plus);
    }

    void structure(DirectoryUpdate.Difference difference) {
        kinds.merge(STRUCTURES, one(difference), Counts::plus);
    }

    void removed(DirectoryEntry entry) {
        Branch branch = entry.key().branch().orElseThrow();
        if (branch == Branch.PROFESSIONALS) {
            kinds.merge(PROFESSIONALS, REMOVED, Counts::plus);
        } else if (branch == Branch.STRUCTURES) {
            kinds.merge(STRUCTURES, REMOVED, Counts::plus);
        } else {
            countMailbox(entry, REMOVED);
        }
    }

    /** By {@code professionals}, {@code structures}, {@code mailboxes PER} and so on. */
    Map<String, Counts> kinds() {
        return Map.copyOf(kinds);
    }

    /** Of mailboxes, by domain. */
    Map<String, Counts> domains() {
        return Map.copyOf(domains);
    }

    private void countMailbox(DirectoryEntry entry, Counts one) {
        kinds.merge("mailboxes " + String.join("", entry.values(Attribute.MAILBOX_TYPE)), one, Counts::plus);
        domains.merge(
                MailAddress.parse(entry.values(Attribute.MAIL).get(0)).domain().toString(), one, Counts::plus);
    }

    private static Counts one(DirectoryUpdate.Difference difference) {
        return switch (difference) {
            case NEW -> ADDED;
            case CHANGED -> CHANGED;
            case SAME -> SAME;
        };
    }
}
