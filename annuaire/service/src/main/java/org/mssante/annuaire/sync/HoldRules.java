package org.mssante.annuaire.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mssante.annuaire.rpps.ReadReport;

/**
 * Which edition of the register is too strange to be taken over without a person's word: the national loaders stop where
 * more than 1 % goes or 5 % changes (annuaire.md §6.1). Shares are percents of what stood before.
 *
 * @param removed of the entries of one kind
 * @param changed of the entries of one kind
 * @param removedOfDomain of the mailboxes of one domain
 * @param largeDomain mailboxes from which a domain is looked at by itself
 * @param fewest removals and changes that are never too many
 * @param badRows of the lines of one extract
 */
public record HoldRules(int removed, int changed, int removedOfDomain, int largeDomain, int fewest, int badRows) {
    private static final int WHOLE = 100;

    /** English sentences; none where the edition may be taken over. */
    List<String> objections(RegisterChanges changes, List<ReadReport> reads) {
        List<String> objections = new ArrayList<>(unreadable(reads));
        changes.kinds().forEach((kind, counts) -> {
            if (exceeds(counts.removed(), removed, counts.before())) {
                objections.add(sentence(counts.removed(), counts.before(), kind, "would be removed", removed));
            }
            if (exceeds(counts.changed(), changed, counts.before())) {
                objections.add(sentence(counts.changed(), counts.before(), kind, "would change", changed));
            }
        });
        for (Map.Entry<String, Counts> domain : changes.domains().entrySet()) {
            Counts counts = domain.getValue();
            if (counts.before() >= largeDomain && exceeds(counts.removed(), removedOfDomain, counts.before())) {
                objections.add(sentence(
                        counts.removed(),
                        counts.before(),
                        "mailboxes of " + domain.getKey(),
                        "would be removed",
                        removedOfDomain));
            }
        }
        return objections;
    }

    /** What is wrong with the files themselves. */
    List<String> unreadable(List<ReadReport> reads) {
        List<String> objections = new ArrayList<>();
        for (ReadReport read : reads) {
            long lines = read.rows() + read.quarantined();
            long bad = read.quarantined() + read.malformedBytes();
            if (bad * WHOLE > lines * (long) badRows) {
                objections.add(sentence(bad, lines, "lines of " + read.file(), "cannot be read", badRows));
            }
            if (!read.complete()) {
                objections.add(read.file() + " ends within a line: it may be truncated");
            }
        }
        return objections;
    }

    private boolean exceeds(long count, int percent, long whole) {
        return count > fewest && count * WHOLE > whole * percent;
    }

    private static String sentence(long count, long whole, String what, String fate, int limit) {
        return count + " of " + whole + " " + what + " " + fate + ", more than " + limit + " %";
    }
}
