package org.mssante.launcher.demo;

import java.time.Duration;
import java.util.List;

/** What a step showed and how long it took. */
record StepResult(int number, String title, List<Check> checks, Duration took) {
    StepResult {
        checks = List.copyOf(checks);
    }

    boolean ok() {
        return checks.stream().allMatch(Check::ok);
    }
}
