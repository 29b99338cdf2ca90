package org.mssante.server.trust;

import java.time.Instant;

/**
 * Why the source has nothing that may come into force. The list in force stays meanwhile.
 *
 * @param since when it was first found
 * @param code a {@link TrustListVerdict.Reason} for a list that was refused; {@code SOURCE_UNAVAILABLE} where none could be
 *     had, {@code NOT_KEPT} where one could not be written
 * @param detail what exactly was found, in English
 */
public record ListProblem(Instant since, String code, String detail) {
    static final String SOURCE_UNAVAILABLE = "SOURCE_UNAVAILABLE";
    static final String NOT_KEPT = "NOT_KEPT";

    boolean isRefusal() {
        return !code.equals(SOURCE_UNAVAILABLE) && !code.equals(NOT_KEPT);
    }

    /** True where only the time differs. */
    boolean isSameAs(ListProblem other) {
        return code.equals(other.code) && detail.equals(other.detail);
    }
}
