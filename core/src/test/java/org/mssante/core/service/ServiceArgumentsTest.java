package org.mssante.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.settings.StartupFailure;

class ServiceArgumentsTest {

    @Test
    void readsTheThreeOptions() {
        ServiceArguments arguments =
                ServiceArguments.parse("--conf", "/c/s.properties", "--run-dir", "/r", "--port-offset", "7");
        assertThat(arguments).isEqualTo(new ServiceArguments(Path.of("/c/s.properties"), Path.of("/r"), 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--conf /c",
                "--run-dir /r",
                "--conf /c --run-dir",
                "--conf /c --run-dir /r --port-offset x",
                "--conf /c --run-dir /r --port-offset -1",
                "--conf /c --run-dir /r --verbose 1"
            })
    void answersAWrongCommandLineWithTheUsage(String line) {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ", -1);
        assertThatThrownBy(() -> ServiceArguments.parse(words))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("--conf FILE --run-dir DIR");
    }
}
