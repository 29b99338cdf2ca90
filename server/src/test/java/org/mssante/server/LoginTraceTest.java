package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.PASSWORD;
import static org.mssante.server.RunningServer.PRACTICE;
import static org.mssante.server.RunningServer.SUSPENDED;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Field;

/** What the trace says of log-ins, and the client is not told. */
class LoginTraceTest {
    private static final String NOBODY = "personne@demo.mssante.fr";

    @TempDir
    Path runDir;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(runDir);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whyAPasswordOpensNothingIsTracedApartAndToldAlike() throws IOException {
        Set<String> replies = List.of(
                        logIn("", DOCTOR, "faux"),
                        logIn("", NOBODY, "faux"),
                        logIn("", SUSPENDED, PASSWORD),
                        logIn("", PRACTICE, "faux"),
                        logIn(PRACTICE, COLLEAGUE, PASSWORD))
                .stream()
                .collect(Collectors.toSet());

        assertThat(replies).containsExactly("535 5.7.8 MSS-M02 Authentication failed.");
        assertThat(server.trace("AUTHENTICATION_REFUSED"))
                .extracting(line -> line.get(Field.DETAIL).orElse(""))
                .containsExactly(
                        "wrong password, or one that opens no mail client: " + DOCTOR,
                        "there is no mailbox " + NOBODY,
                        "the mailbox " + SUSPENDED + " is SUSPENDED",
                        "a mailbox of type ORG has no password: " + PRACTICE,
                        "MSS-M03, " + COLLEAGUE + " has no right SEND in " + PRACTICE);
        assertThat(server.trace("AUTHENTICATION_REFUSED"))
                .extracting(line -> line.get(Field.ACTOR).orElse(""))
                .containsExactly(DOCTOR, NOBODY, SUSPENDED, PRACTICE, COLLEAGUE);
    }

    @Test
    void aRefusedLogInForAnotherMailboxIsFoundByIt() throws IOException {
        logIn(PRACTICE, COLLEAGUE, "faux");

        assertThat(server.trace("AUTHENTICATION_REFUSED"))
                .extracting(line -> line.get(Field.ON_BEHALF_OF).orElse(""))
                .containsExactly(PRACTICE);
    }

    @Test
    void whatSomebodyLoggedInWithIsTraced() throws IOException {
        logIn("", DOCTOR, PASSWORD);

        assertThat(server.trace("AUTHENTICATED"))
                .extracting(line -> line.get(Field.MEANS).orElse(""))
                .containsExactly("password");
    }

    @Test
    void theAppPasswordOfALogInIsTracedByItsNameAndNotByItsText() throws IOException {
        server.directory().withAppPassword(MailAddress.parse(DOCTOR), "Téléphone", "abcd-efgh-ijkl");

        logIn("", DOCTOR, "abcd-efgh-ijkl");
        logIn("", DOCTOR, PASSWORD);

        assertThat(server.trace("AUTHENTICATED"))
                .extracting(line -> line.get(Field.APP_PASSWORD).orElse("his own"))
                .containsExactly("Téléphone", "his own");
        assertThat(server.trace("AUTHENTICATED").toString()).doesNotContain("abcd-efgh-ijkl");
    }

    private String logIn(String mailbox, String person, String password) throws IOException {
        try (SmtpConversation smtp = server.submission().startTls()) {
            return smtp.command("AUTH PLAIN " + SmtpConversation.plain(mailbox, person, password));
        }
    }
}
