package org.mssante.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.id.MailAddress;
import org.mssante.launcher.CommandFailure;

class AccountTest {
    @TempDir
    private Path folder;

    @Test
    void accountsAreLinesOfAddressAndPassword() throws Exception {
        Path file =
                Files.writeString(folder.resolve("accounts"), "# two\nanne@example.org:a:b\n\nbruno@example.org:c\n");

        assertThat(Account.read(file))
                .containsExactly(
                        new Account(MailAddress.parse("anne@example.org"), "a:b"),
                        new Account(MailAddress.parse("bruno@example.org"), "c"));
    }

    @Test
    void aLineWithoutAPasswordIsNamedAsWrong() throws Exception {
        Path file = Files.writeString(folder.resolve("accounts"), "anne@example.org\n");

        assertThatThrownBy(() -> Account.read(file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("address:password");
    }

    @Test
    void printsNoPassword() {
        assertThat(new Account(MailAddress.parse("anne@example.org"), "secret")).hasToString("anne@example.org");
    }
}
