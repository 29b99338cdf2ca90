package org.mssante.core.service;

import java.nio.file.Path;
import java.util.List;
import org.mssante.core.settings.Settings;
import org.mssante.core.settings.StartupFailure;

/**
 * The command line every service understands: {@code --conf FILE --run-dir DIR [--port-offset N]}.
 *
 * @param conf the service's properties file
 * @param runDir the folder of the instance; the service keeps to {@code runDir/<name>}
 */
public record ServiceArguments(Path conf, Path runDir, int portOffset) {

    /**
     * Reads the words of the command line.
     *
     * @throws StartupFailure with the usage where an option is unknown or has no value
     */
    public static ServiceArguments parse(String... args) {
        Path conf = null;
        Path runDir = null;
        int portOffset = 0;
        List<String> words = List.of(args);
        for (int i = 0; i < words.size(); i += 2) {
            if (i + 1 == words.size()) {
                throw usage("the option " + words.get(i) + " has no value");
            }
            String value = words.get(i + 1);
            switch (words.get(i)) {
                case "--conf" -> conf = Path.of(value).toAbsolutePath();
                case "--run-dir" -> runDir = Path.of(value).toAbsolutePath();
                case "--port-offset" -> portOffset = offset(value);
                default -> throw usage("the option " + words.get(i) + " is unknown");
            }
        }
        if (conf == null || runDir == null) {
            throw usage("--conf and --run-dir are required");
        }
        return new ServiceArguments(conf, runDir, portOffset);
    }

    public Settings settings() {
        return Settings.load(conf, runDir, portOffset);
    }

    private static int offset(String value) {
        try {
            int offset = Integer.parseInt(value);
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            throw usage("the port offset is not a whole number");
        }
        throw usage("the port offset is negative");
    }

    private static StartupFailure usage(String problem) {
        return new StartupFailure(
                "Wrong command line, " + problem + ": start with --conf FILE --run-dir DIR [--port-offset N].");
    }
}
