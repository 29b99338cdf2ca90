package org.mssante.launcher.bench;

import java.time.Duration;
import java.util.Locale;

/** How reports write what was measured. */
final class Figures {
    private Figures() {}

    /** For a table. */
    static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** For JSON. */
    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
