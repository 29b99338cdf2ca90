package org.mssante.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An exception may quote what it could not read, and with it a patient: no log and no trace copies its words. */
class FailureLogTest {
    private static final Path SOURCES =
            Path.of(System.getProperty("mssante.home", ".."), "server/src/main/java/org/mssante/server");
    /** Where exceptions are about files, ports and lists of the trust space, and never about a message. */
    private static final List<String> OF_NO_MESSAGE = List.of("trust", "cli");

    private static final Pattern RAW =
            Pattern.compile("LOGGER\\s*\\.(error|warn|info|debug)\\([^;]*,\\s*(e|failure|reason|cause)\\)");

    @Test
    void aDefectIsToldByItsClassAndNeverByItsWords() {
        Failure failure = Failure.ofDefect(new IllegalStateException("EXEMPLE", new IOException("Jeanne")));

        assertThat(failure.detail()).isEqualTo("java.lang.IllegalStateException, because of java.io.IOException");
    }

    @Test
    void noRoomThatHandlesMessagesLogsAnExceptionAsItIs() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !OF_NO_MESSAGE.contains(
                                    SOURCES.relativize(file).getName(0).toString()))
                            .filter(file -> RAW.matcher(text(file)).find()))
                    .isEmpty();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
