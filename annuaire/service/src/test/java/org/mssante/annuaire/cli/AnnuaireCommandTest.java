package org.mssante.annuaire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AnnuaireCommandTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "annuaire",
                "annuaire status",
                "annuaire search",
                "annuaire sync",
                "annuaire report",
                "annuaire generate",
                "mailbox",
                "mailbox list",
                "mailbox show",
                "mailbox history",
                "mailbox create",
                "mailbox change",
                "mailbox suspend",
                "mailbox close",
                "mailbox reopen",
                "mailbox purge",
                "mailbox members",
                "mailbox rights",
                "mailbox password"
            })
    void everyCommandExplainsItselfUnderTheNameItIsTypedWith(String command) {
        StringWriter out = new StringWriter();
        CommandLine line = AnnuaireCommand.commandLine().setOut(new PrintWriter(out));

        int exit = line.execute((command + " --help").split(" ", -1));

        assertThat(exit).isZero();
        assertThat(out.toString()).contains("Usage: mssante " + command);
    }

    @Test
    void aReportOfNoRunIsRefused() {
        assertThat(refusal("annuaire", "report", "--runs", "0")).contains("--runs is 1 or more");
        assertThat(refusal("annuaire", "report", "--runs", "-1")).contains("--runs is 1 or more");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(refusal("annuaire", "generate", file.resolve("below").toString()))
                .contains("The folder " + file.resolve("below") + " cannot be made")
                .doesNotContain("Exception");
    }

    @Test
    void fewerActivitiesMakeLessOfAllElse(@TempDir Path folder) throws IOException {
        int exit = AnnuaireCommand.commandLine()
                .setErr(new PrintWriter(Writer.nullWriter()))
                .execute("annuaire", "generate", "--activities", "2400", folder.toString());

        assertThat(exit).isZero();
        assertThat(lines(folder, "SavoirFaire")).isBetween(430L, 440L);
        assertThat(lines(folder, "MSSante")).isBetween(545L, 555L);
    }

    private static String refusal(String... command) {
        StringWriter err = new StringWriter();
        int exit = AnnuaireCommand.commandLine().setErr(new PrintWriter(err)).execute(command);
        assertThat(exit).isNotZero();
        return err.toString();
    }

    private static long lines(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(one -> one.getFileName().toString().contains(name))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file).lines().skip(1).count();
        }
    }
}
