package org.mssante.dmp.bridge.extract;

import java.util.List;
import java.util.Locale;

/** What a mail says by X-MSS-INS (ECO.2.4.2) of the INS in its documents. */
public enum Qualification {
    /** {@code O}: it is qualified. */
    YES,
    /** {@code N}: it is not. */
    NO,
    /** No header, or a value that means neither. */
    UNSTATED;

    static final String HEADER = "X-MSS-INS";

    /** One {@code N} counts, whatever else is said. */
    static Qualification of(List<String> values) {
        List<String> said = values.stream()
                .map(value -> value.strip().toUpperCase(Locale.ROOT))
                .toList();
        if (said.contains("N")) {
            return NO;
        }
        return !said.isEmpty() && said.stream().allMatch("O"::equals) ? YES : UNSTATED;
    }
}
