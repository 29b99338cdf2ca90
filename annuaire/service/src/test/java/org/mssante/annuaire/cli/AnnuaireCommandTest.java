package org.mssante.annuaire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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
}
