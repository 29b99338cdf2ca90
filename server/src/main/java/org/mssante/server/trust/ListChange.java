package org.mssante.server.trust;

import java.util.List;
import java.util.Set;
import org.mssante.core.id.MailDomain;

/**
 * What a list takes away from the one before. Pairs of domain and certificate name are counted: {@code DateMAJ}
 * says nothing (mssante §2.5).
 *
 * @param before pairs of the list before
 * @param gone of them missing in the new list
 * @param examples some of the domains that are not listed at all any more, in alphabetical order
 */
record ListChange(int before, int gone, List<String> examples) {
    private static final int PERCENT = 100;
    private static final int EXAMPLES = 20;

    static ListChange between(TrustList before, TrustList after) {
        int gone = 0;
        for (MailDomain domain : before.domains()) {
            Set<DistinguishedName> present = after.operatorsOf(domain).orElse(Set.of());
            for (DistinguishedName name : before.operatorsOf(domain).orElseThrow()) {
                gone += present.contains(name) ? 0 : 1;
            }
        }
        List<String> examples = before.domains().stream()
                .filter(domain -> after.operatorsOf(domain).isEmpty())
                .map(MailDomain::name)
                .sorted()
                .limit(EXAMPLES)
                .toList();
        return new ListChange(before.rowCount(), gone, examples);
    }

    /** Exactly the allowed share still passes. */
    boolean dropsMoreThan(int percent) {
        return (long) gone * PERCENT > (long) before * percent;
    }

    /** Rounded up, so that what is above a limit never reads as the limit. */
    int percentGone() {
        return before == 0 ? 0 : (int) (((long) gone * PERCENT + before - 1) / before);
    }
}
