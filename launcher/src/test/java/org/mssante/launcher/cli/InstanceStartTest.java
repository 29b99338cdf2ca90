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
        say("server", "login.passwords = false");
        say("annuaire", "login.passwords = true");

        assertRefused("login.passwords");
    }

    @Test
    void refusesMailDomainsOfTheAnnuaireThatAreNotThoseOfTheMailServer() throws IOException {
        say("server", "login.passwords = true\nmail.domains = un.mssante.fr, deux.mssante.fr");
        say("annuaire", "login.passwords = true\nmail.domains = un.mssante.fr");

        assertRefused("mail.domains");
    }

    private void assertRefused(String setting) {
        Instance instance = new Instance(folder, folder.resolve("run"), folder.resolve("conf"), 0);
        InstanceFile file = new InstanceFile(instance.runDir());

        assertThatThrownBy(() ->
                        new InstanceStart(file, instance, Clock.systemUTC(), new PrintWriter(new StringWriter())).run())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(setting);
        assertThat(instance.runDir()).as("nothing was started").doesNotExist();
    }

    private void say(String service, String settings) throws IOException {
        Path file = folder.resolve("conf").resolve(service).resolve(service + ".properties");
        Files.createDirectories(file.getParent());
        Files.writeString(file, settings + "\n");
    }
}
