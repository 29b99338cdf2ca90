package org.mssante.core.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What an instance was started with, noted in {@code runDir/instance.properties}, so that later commands need no more
 * than its run folder.
 *
 * @param confDir one folder a service with its properties file
 * @param portOffset added to every port, from 0 to {@value #MAX_OFFSET}
 */
public record InstanceNote(Path confDir, int portOffset) {
    private static final String FILE = "instance.properties";
    private static final String CONF_DIR = "conf.dir";
    private static final String PORT_OFFSET = "port.offset";
    private static final int MAX_OFFSET = 50_000;

    /** @throws StartupFailure where the offset leaves no ports */
    public InstanceNote {
        confDir = confDir.toAbsolutePath().normalize();
        if (portOffset < 0 || portOffset > MAX_OFFSET) {
            throw new StartupFailure(
                    "The port offset " + portOffset + " is not from 0 to " + MAX_OFFSET + ": choose another one.");
        }
    }

    /**
     * What was noted; for an instance that was never started the configuration that the project comes with.
     *
     * @param home the project's folder
     * @throws StartupFailure where the note is damaged
     */
    public static InstanceNote of(Path runDir, Path home) {
        return read(runDir, new InstanceNote(home.resolve("conf"), 0));
    }

    /**
     * What was noted, or {@code otherwise} for an instance that was never started.
     *
     * @throws StartupFailure where the note is damaged
     */
    static InstanceNote read(Path runDir, InstanceNote otherwise) {
        Path file = runDir.resolve(FILE);
        if (!Files.exists(file)) {
            return otherwise;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            String offset = properties.getProperty(PORT_OFFSET, Integer.toString(otherwise.portOffset()));
            String conf = properties.getProperty(CONF_DIR, otherwise.confDir().toString());
            return new InstanceNote(Path.of(conf), Integer.parseInt(offset));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartupFailure("The file " + file + " cannot be read: remove it and run ./mssante up again.", e);
        }
    }

    public void write(Path runDir) {
        Properties properties = new Properties();
        properties.setProperty(CONF_DIR, confDir.toString());
        properties.setProperty(PORT_OFFSET, Integer.toString(portOffset));
        Path file = runDir.resolve(FILE);
        try {
            Files.createDirectories(runDir);
            try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                properties.store(writer, "what ./mssante up was called with");
            }
        } catch (IOException e) {
            throw new StartupFailure(
                    "The file " + file + " cannot be written (" + e.getMessage()
                            + "): check the rights of the run folder.",
                    e);
        }
    }

    /** A service's own configuration, read as the service reads it. */
    public Settings settings(String service, Path runDir) {
        return Settings.load(confDir.resolve(service).resolve(service + ".properties"), runDir, portOffset);
    }
}
