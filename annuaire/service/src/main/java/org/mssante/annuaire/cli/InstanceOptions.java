package org.mssante.annuaire.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.mssante.core.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which instance a command speaks to: as the command line says, else as {@code ./mssante up} has noted it. */
@Command(mixinStandardHelpOptions = true)
final class InstanceOptions {
    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            defaultValue = "run",
            description = "Folder of the instance (default: ${DEFAULT-VALUE}).")
    private Path runDir;

    @Option(
            names = "--conf-dir",
            paramLabel = "DIR",
            description = "Folder of the configuration (default: the one the instance was started with, else conf).")
    private Optional<Path> confDir;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "Added to every port (default: the one the instance was started with, else 0).")
    private Optional<Integer> portOffset;

    /** The settings of the instance's annuaire. */
    Settings settings() {
        Properties started = started();
        Path conf = confDir.or(() ->
                        Optional.ofNullable(started.getProperty("conf.dir")).map(Path::of))
                .orElse(Path.of(System.getProperty("mssante.home", "")).resolve("conf"));
        int offset = portOffset.orElseGet(() -> number(started.getProperty("port.offset", "0")));
        return Settings.load(conf.toAbsolutePath().normalize().resolve("annuaire/annuaire.properties"), run(), offset);
    }

    private Path run() {
        return runDir.toAbsolutePath().normalize();
    }

    private Properties started() {
        Properties properties = new Properties();
        Path file = run().resolve("instance.properties");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new CommandFailure(
                        "The file " + file + " cannot be read: remove it and run ./mssante up again.", e);
            }
        }
        return properties;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new CommandFailure("The port offset " + text + " is no number: run ./mssante up again.", e);
        }
    }
}
