package org.mssante.core.settings;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One service's configuration: a properties file in UTF-8. {@code ${run}} in a value is the instance's run folder, so
 * that two instances can run side by side, {@code ${conf}} the folder of the file itself. Each key is read exactly by name; {@link #refuseUnknownKeys()} then names
 * any key nobody asked for, so that a typing error never goes unnoticed. Not thread-safe: read it once, at start.
 */
public final class Settings {
    private static final String RUN = "${run}";
    private static final String CONF = "${conf}";

    private final Path file;
    private final Path runDir;
    private final int portOffset;
    private final Properties properties;
    private final Set<String> asked = new TreeSet<>();

    private Settings(Path file, Path runDir, int portOffset, Properties properties) {
        this.file = file;
        this.runDir = runDir;
        this.portOffset = portOffset;
        this.properties = properties;
    }

    /**
     * @param portOffset added to every port, so that several instances can run on one machine
     * @throws StartupFailure where the file is missing, unreadable or malformed
     */
    public static Settings load(Path file, Path runDir, int portOffset) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new StartupFailure(
                    "The configuration file " + file + " does not exist: copy it from the conf folder of the project.",
                    e);
        } catch (CharacterCodingException e) {
            throw new StartupFailure("The configuration file " + file + " is not UTF-8 text: save it as UTF-8.", e);
        } catch (IllegalArgumentException e) {
            throw new StartupFailure(
                    "The configuration file " + file + " is malformed (" + e.getMessage() + "): correct that line.", e);
        } catch (IOException e) {
            throw new StartupFailure(
                    "The configuration file " + file + " cannot be read (" + e.getMessage() + "): check its rights.",
                    e);
        }
        return new Settings(file, runDir, portOffset, properties);
    }

    /** The folder the configuration file stands in: {@code ${conf}} in a value. */
    private Path confDir() {
        return file.toAbsolutePath().getParent();
    }

    /** The folder that holds everything an instance writes. */
    public Path runDir() {
        return runDir;
    }

    public String text(String key) {
        return optionalText(key).orElseThrow(() -> wrong(key, "is missing"));
    }

    public Optional<String> optionalText(String key) {
        asked.add(key);
        return Optional.ofNullable(properties.getProperty(key))
                .map(value -> value.replace(RUN, runDir.toString())
                        .replace(CONF, confDir().toString())
                        .strip())
                .filter(value -> !value.isEmpty());
    }

    /** Comma-separated values, blanks around them dropped; an absent or empty key is an empty list. */
    public List<String> list(String key) {
        return optionalText(key)
                .map(value -> Arrays.stream(value.split(",", -1))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /** A value of the domain, e.g. {@code settings.value("mail.from", MailAddress::parse)}. */
    public <T> T value(String key, Function<String, T> parse) {
        return parsed(key, text(key), parse);
    }

    public <T> Optional<T> optionalValue(String key, Function<String, T> parse) {
        return optionalText(key).map(text -> parsed(key, text, parse));
    }

    /** An address that is asked under TLS alone, e.g. {@code https://host/path}. */
    public URI https(String key) {
        return value(key, Settings::toHttps);
    }

    public Optional<URI> optionalHttps(String key) {
        return optionalValue(key, Settings::toHttps);
    }

    private static URI toHttps(String text) {
        URI address = URI.create(text);
        if (!"https".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("it must begin with https:// and a host");
        }
        return address;
    }

    public boolean flag(String key) {
        return switch (text(key)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(key, "must be true or false");
        };
    }

    public int number(String key, int min, int max) {
        int number;
        try {
            number = Integer.parseInt(text(key));
        } catch (NumberFormatException e) {
            throw wrong(key, "must be a whole number");
        }
        if (number < min || number > max) {
            throw wrong(key, "must be a whole number from " + min + " to " + max);
        }
        return number;
    }

    /** A TCP port with the instance's offset added. */
    public int port(String key) {
        int port = number(key, 1, 65_535) + portOffset;
        if (port > 65_535) {
            throw wrong(key, "is above 65535 once the port offset " + portOffset + " is added");
        }
        return port;
    }

    /** An ISO 8601 duration, e.g. {@code PT30S}. */
    public Duration duration(String key) {
        try {
            return Duration.parse(text(key));
        } catch (DateTimeParseException e) {
            throw wrong(key, "must be an ISO 8601 duration such as PT30S");
        }
    }

    /** The same where it has to be longer than nothing. */
    public Duration positiveDuration(String key) {
        Duration duration = duration(key);
        if (duration.isNegative() || duration.isZero()) {
            throw wrong(key, "must be longer than nothing");
        }
        return duration;
    }

    public Path path(String key) {
        return Path.of(text(key));
    }

    /** A file that has to be there. */
    public Path existingFile(String key) {
        Path path = path(key);
        if (!Files.isReadable(path)) {
            throw wrong(key, "names " + path + ", which does not exist or cannot be read");
        }
        return path;
    }

    /** Call once every key has been read. */
    public void refuseUnknownKeys() {
        Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
        unknown.removeAll(asked);
        if (!unknown.isEmpty()) {
            throw new StartupFailure("The configuration file " + file + " holds keys nobody knows " + unknown
                    + ": correct or remove them.");
        }
    }

    /** The failure to throw for a value that only its reader can judge. */
    public StartupFailure wrong(String key, String why) {
        return new StartupFailure("The setting " + key + " in " + file + " " + why + ": correct it and start again.");
    }

    private <T> T parsed(String key, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            StartupFailure failure = wrong(key, "is not valid (" + e.getMessage() + ")");
            failure.initCause(e);
            throw failure;
        }
    }
}
