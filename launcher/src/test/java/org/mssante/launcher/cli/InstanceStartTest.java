package org.mssante.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.InstanceFile;

class InstanceStartTest {
    @TempDir
    private Path folder;

    @Test
    void refusesOnePolicyOfLogInForTheMailServerAndAnotherForTheAnnuaire() throws IOException {
        say("server", "false");
        say("annuaire", "true");
        Instance instance = new Instance(folder, folder.resolve("run"), folder.resolve("conf"), 0);
        InstanceFile file = new InstanceFile(instance.runDir());

        assertThatThrownBy(() ->
                        new InstanceStart(file, instance, Clock.systemUTC(), new PrintWriter(new StringWriter())).run())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("login.passwords");
        assertThat(instance.runDir()).as("nothing was started").doesNotExist();
    }

    private void say(String service, String passwords) throws IOException {
        Path file = folder.resolve("conf").resolve(service).resolve(service + ".properties");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "login.passwords = " + passwords + "\n");
    }
}
