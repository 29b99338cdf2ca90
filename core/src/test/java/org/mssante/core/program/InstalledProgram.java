package org.mssante.core.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs of the machine that tests play with. A test whose program is missing is skipped and says so; where {@code
 * -Dmssante.programs=required} is set, as {@code .ci/run} does, which installs them all, it fails.
 */
public final class InstalledProgram {
    private static final boolean REQUIRED = "required".equals(System.getProperty("mssante.programs"));

    private InstalledProgram() {}

    /** A program on the path. */
    public static void assume(String name) {
        assume(
                Arrays.stream(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))),
                name);
    }

    /** A program that is not on everybody's path. */
    public static void assume(Path program) {
        assume(Files.isExecutable(program), program.toString());
    }

    /** Anything else that has to be installed. */
    public static void assume(boolean installed, String name) {
        if (REQUIRED) {
            Assertions.assertTrue(installed, name + " is not installed");
        }
        Assumptions.assumeTrue(installed, name + " is not installed");
    }
}
