package org.mssante.launcher.instance;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.mssante.launcher.CommandFailure;

/**
 * {@code run/instance.properties}: what an instance was started with, so that later commands need no more than its run
 * folder.
 */
public final class InstanceFile {
    private static final String PORT_OFFSET = "port.offset";
    private static final String CONF_DIR = "conf.dir";
    private static final int MAX_OFFSET = 50_000;

    private final Path file;

    public InstanceFile(Path runDir) {
        this.file = runDir.toAbsolutePath().normalize().resolve("instance.properties");
    }

    /**
     * The instance as the command line says, else as it was started, else with the defaults.
     *
     * @param home the project's folder; its {@code conf} is the default configuration
     */
    public Instance resolve(Path home, Optional<Path> confDir, OptionalInt portOffset) {
        Properties remembered = read();
        Path conf = confDir.or(() ->
                        Optional.ofNullable(remembered.getProperty(CONF_DIR)).map(Path::of))
                .orElse(home.resolve("conf"));
        int offset = portOffset.orElseGet(() -> offset(remembered.getProperty(PORT_OFFSET, "0")));
        if (offset < 0 || offset > MAX_OFFSET) {
            throw new CommandFailure("The port offset has to be a number from 0 to " + MAX_OFFSET + ".");
        }
        return new Instance(home, file.getParent(), conf, offset);
    }

    public void save(Instance instance) {
        Properties properties = new Properties();
        properties.setProperty(PORT_OFFSET, Integer.toString(instance.portOffset()));
        properties.setProperty(CONF_DIR, instance.confDir().toString());
        try {
            Files.createDirectories(file.getParent());
            try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                properties.store(writer, "what ./mssante up was called with");
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    "The file " + file + " cannot be written (" + e.getMessage()
                            + "): check the rights of the run folder.",
                    e);
        }
    }

    private Properties read() {
        Properties properties = new Properties();
        if (!Files.exists(file)) {
            return properties;
        }
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure("The file " + file + " cannot be read: remove it and run ./mssante up again.", e);
        }
        return properties;
    }

    private int offset(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new CommandFailure(
                    "The file " + file + " holds a port offset that is no number: remove it and run ./mssante up "
                            + "again.",
                    e);
        }
    }
}
