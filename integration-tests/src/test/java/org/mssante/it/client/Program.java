package org.mssante.it.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mssante.core.program.InstalledProgram;

/** Runs a program of the machine to its end. */
public final class Program {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private Program() {}

    /** How it ended; both outputs as text. */
    public record Result(int exitCode, String out, String err) {
        public String all() {
            return out + err;
        }
    }

    /** Skips the test where the program is not installed; {@code .ci/run} installs all, and there it fails. */
    public static void assumeInstalled(String name) {
        InstalledProgram.assume(name);
    }

    public static Result run(List<String> command) {
        return run(command, "");
    }

    public static Result run(List<String> command, String input) {
        return run(new ProcessBuilder(command), input);
    }

    public static Result run(ProcessBuilder builder, String input) {
        return run(builder, input, LIMIT);
    }

    /** A program that runs longer than {@code limit} is ended and fails the test, which tells what it had said until then. */
    public static Result run(ProcessBuilder builder, String input, Duration limit) {
        try {
            Path out = Files.createTempFile("mssante-it", ".out");
            Path err = Files.createTempFile("mssante-it", ".err");
            try {
                Optional<Integer> exitCode =
                        exitCode(builder.redirectOutput(out.toFile()).redirectError(err.toFile()), input, limit);
                return exitCode.map(code -> new Result(code, text(out), text(err)))
                        .orElseThrow(() -> new AssertionError(builder.command() + " did not end within " + limit
                                + ". It had said: " + text(out) + text(err)));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty where it had to be ended; before that it is asked where its threads are, which a Java program says on its output. */
    private static Optional<Integer> exitCode(ProcessBuilder builder, String input, Duration limit) throws IOException {
        Process process = builder.start();
        try {
            write(process, input);
            if (process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                return Optional.of(process.exitValue());
            }
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a program ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void write(Process process, String input) throws IOException {
        if (input.isEmpty()) {
            process.getOutputStream().close();
            return;
        }
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
