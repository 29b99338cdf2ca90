package org.mssante.launcher.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import org.mssante.launcher.console.Table;

/** Tells the story on a terminal. */
final class Narrator {
    private static final double MILLIS = 1000.0;

    private final PrintWriter out;

    Narrator(PrintWriter out) {
        this.out = out;
    }

    void begin(int number, String title) {
        out.printf("%n%d. %s%n", number, title);
        out.flush();
    }

    /** One thing that happened inside a step. */
    void tell(String line) {
        out.println("   " + line);
        out.flush();
    }

    void end(StepResult result) {
        result.checks().stream()
                .filter(check -> !check.ok())
                .forEach(check -> tell("NOT AS EXPECTED: " + check.expected() + "; seen: " + check.seen()));
        tell(String.format("(%.1f s)", seconds(result.took())));
    }

    void table(List<StepResult> results, Duration whole) {
        out.println();
        Table table = new Table("STEP", "EXPECTED", "SEEN", "OK");
        for (StepResult result : results) {
            for (Check check : result.checks()) {
                table.row(Integer.toString(result.number()), check.expected(), check.seen(), check.ok() ? "yes" : "NO");
            }
        }
        table.print(out);
        boolean all = results.stream().allMatch(StepResult::ok);
        out.printf(
                "%n%s The story took %.1f s.%n",
                all ? "Everything went as it should." : "Something did not go as it should.", seconds(whole));
        out.flush();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS;
    }
}
