package org.mssante.annuaire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.mssante.annuaire.cli.AnnuaireCommand;

/** The annuaire's commands as an operator gives them to an instance, and what the last one printed. */
public final class OperatorCommands {
    private final Path run;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** @param run folder of the instance */
    public OperatorCommands(Path run) {
        this.run = run;
    }

    /** @return the exit code */
    public int run(String... words) {
        return runAlone(Stream.concat(Stream.of(words), Stream.of("--run-dir", run.toString()))
                .toArray(String[]::new));
    }

    /** What a command that succeeds prints. */
    public String output(String... words) {
        int exit = run(words);
        assertThat(exit).as(err()).isZero();
        return out();
    }

    /** A command that speaks with no instance. @return the exit code */
    public int runAlone(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return AnnuaireCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }
}
