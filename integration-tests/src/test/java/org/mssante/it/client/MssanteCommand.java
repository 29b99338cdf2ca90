package org.mssante.it.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.cli.Launcher;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServiceKind;
import picocli.CommandLine;

/** {@code ./mssante} as its user types it. */
public final class MssanteCommand {
    private MssanteCommand() {}

    /**
     * The reactor has just built every module, so the launcher must not build again beside the tests; it still does where
     * a source is newer than the oldest of the jars.
     */
    public static void tellWhatIsBuilt() throws IOException {
        Path home = TestInstance.home();
        List<FileTime> built = new ArrayList<>();
        built.add(Files.getLastModifiedTime(home.resolve("launcher/target/mssante-launcher.jar")));
        for (ServiceKind kind : ServiceKind.values()) {
            built.add(Files.getLastModifiedTime(kind.jar(home)));
        }
        Path stamp = Files.createDirectories(home.resolve("target")).resolve("mssante-built");
        Files.writeString(stamp, "", StandardCharsets.UTF_8);
        Files.setLastModifiedTime(
                stamp, built.stream().min(Comparator.naturalOrder()).orElseThrow());
    }

    public static Program.Result run(String... words) {
        List<String> command = new ArrayList<>();
        command.add(script());
        command.addAll(List.of(words));
        return Program.run(command);
    }

    /** The same about one instance. */
    public static Program.Result on(TestInstance instance, String... words) {
        return run(about(instance, words));
    }

    /** Starts the services of an instance with the options they have outside tests. */
    public static Program.Result upAsShipped(TestInstance instance) {
        Instance where = instance.instance();
        List<String> command = new ArrayList<>(
                List.of(script(), "up", "--conf-dir", where.confDir().toString()));
        command.addAll(List.of("--port-offset", Integer.toString(where.portOffset())));
        command.addAll(List.of("--run-dir", where.runDir().toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("MSSANTE_JAVA_OPTIONS");
        return Program.run(builder, "", TestInstance.PATIENCE);
    }

    private static String script() {
        return TestInstance.home().resolve("mssante").toString();
    }

    /** The same, by the command's own code in this process: for many commands, a process for each would only cost time. */
    public static Program.Result within(TestInstance instance, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                Launcher.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Program.Result(line.execute(about(instance, words)), out.toString(), err.toString());
    }

    private static String[] about(TestInstance instance, String... words) {
        return Stream.concat(
                        Arrays.stream(words),
                        Stream.of("--run-dir", instance.instance().runDir().toString()))
                .toArray(String[]::new);
    }
}
