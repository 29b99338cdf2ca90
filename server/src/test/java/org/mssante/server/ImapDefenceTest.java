package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.PASSWORD;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What James 3.8.1 lets a client do to the server, to its own mailbox, or to other clients. */
class ImapDefenceTest {
    private static final int BEFORE_LOGIN = 8_192;
    private static final int LARGEST = 1_048_576;
    private static final int NESTING = 200;

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(
                runDir,
                Map.of(
                        "imap.literal.max.bytes",
                        "" + LARGEST,
                        "imap.literals.max",
                        "3",
                        "imap.line.max.bytes",
                        "2000"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void takesNoLargeLiteralFromAStranger() throws IOException {
        try (ImapConversation imap = server.imaps()) {
            imap.send("a LOGIN {" + BEFORE_LOGIN + "}");
            assertThat(imap.line()).isEqualTo("+ Ok");
        }
        try (ImapConversation imap = server.imaps()) {
            imap.send("a LOGIN {" + (BEFORE_LOGIN + 1) + "}");
            assertThat(imap.line()).startsWith("* BYE [TOOBIG]");
            assertThat(imap.isClosedByServer()).isTrue();
        }
    }

    @Test
    void addsUpTheLiteralsOfOneCommand() throws IOException {
        try (ImapConversation imap = server.imaps()) {
            imap.send("a LOGIN {" + BEFORE_LOGIN + "+}");
            imap.send("x".repeat(BEFORE_LOGIN) + " {1}");
            assertThat(imap.line()).startsWith("* BYE [TOOBIG]");
        }
    }

    @Test
    void saysNoToAMessageThatIsTooLargeAndGoesOn() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            imap.send("a APPEND INBOX {" + LARGEST + "}");
            assertThat(imap.line()).isEqualTo("+ Ok");
        }
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            imap.send("a APPEND INBOX {" + (LARGEST + 1) + "}");
            assertThat(imap.line()).startsWith("a NO [TOOBIG]");
            assertThat(imap.result("NOOP")).startsWith("OK ");

            imap.send("b APPEND INBOX {" + (LARGEST + 1) + "+}");
            assertThat(imap.line()).startsWith("* BYE [TOOBIG]");
        }
    }

    @Test
    void countsTheLiteralsOfACommand() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            imap.result("SELECT INBOX");
            assertThat(imap.result("SEARCH SUBJECT {1+}\r\na SUBJECT {1+}\r\nb SUBJECT {1+}\r\nc"))
                    .startsWith("OK ");
            imap.send("d SEARCH SUBJECT {1+}\r\na SUBJECT {1+}\r\nb SUBJECT {1+}\r\nc SUBJECT {1}");
            assertThat(imap.line()).startsWith("d NO [LIMIT]");
        }
    }

    @Test
    void leavesNoFileOfALiteralThatNeverEnds() throws IOException {
        List<Path> before = literalFiles();
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            imap.send("a APPEND INBOX {" + LARGEST + "+}");
            imap.send("x".repeat(LARGEST / 2));
            assertThat(literalFiles()).isEqualTo(before);
        }
    }

    @Test
    void storesALargeLiteralOctetByOctet() throws IOException {
        String message = "Subject: grand\r\n\r\n" + "0123456789abcde\r\n".repeat(20_000);
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            imap.result("CREATE Grand");
            assertThat(imap.append("Grand", "", message)).startsWith("OK ");
            imap.result("SELECT Grand");
            assertThat(imap.literal("FETCH 1 BODY.PEEK[]")).contains(message.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void refusesALineThatIsTooLong() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            imap.send("a NOOP " + "x".repeat(3_000));
            assertThat(imap.line()).startsWith("a BAD ");
            assertThat(imap.result("NOOP")).startsWith("OK ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE", "SELECT", "DELETE", "LIST \"\""})
    void refusesAFolderNameThatIsNoModifiedUtf7AndGoesOn(String command) throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            assertThat(imap.result(command + " \"&\"")).matches("(BAD|NO|OK) .*");
            assertThat(imap.result("NOOP")).startsWith("OK ");
        }
    }

    @Test
    void limitsHowDeepASearchIsNested() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            imap.result("SELECT INBOX");
            assertThat(imap.result("SEARCH " + "(".repeat(NESTING) + "ALL" + ")".repeat(NESTING)))
                    .startsWith("OK ");
            assertThat(imap.result("SEARCH " + "(".repeat(NESTING + 1) + "ALL" + ")".repeat(NESTING + 1)))
                    .startsWith("BAD [LIMIT]");
            assertThat(imap.result("SEARCH " + "NOT ".repeat(NESTING) + "ALL")).startsWith("OK ");
            assertThat(imap.result("SEARCH " + "NOT ".repeat(NESTING + 1) + "ALL"))
                    .startsWith("BAD [LIMIT]");
            assertThat(imap.result("SEARCH SUBJECT \"" + "(".repeat(NESTING + 1) + "\""))
                    .startsWith("OK ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OR NOT FLAGGED (", "OR SUBJECT a (", "NOT (OR FLAGGED ", "OR NOT (FLAGGED) (NOT "})
    void answersTheDeepestSearchThatItTakes(String level) throws IOException {
        int cost = (int) level.chars().filter(c -> c == '(').count() + level.split("\\b(OR|NOT)\\b", -1).length - 1;
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            imap.result("CREATE Profond");
            imap.append("Profond", "\\Flagged", "Subject: a\r\n\r\na");
            imap.append("Profond", "", "Subject: b\r\n\r\nb");
            imap.result("SELECT Profond");
            for (int levels : List.of(1, 7, 15, NESTING / cost)) {
                String search = "SEARCH " + level.repeat(levels) + "ALL" + ")".repeat(levels);
                assertThat(imap.result(search)).as("%s levels", levels).startsWith("OK ");
            }
        }
    }

    @Test
    void changesNothingInAnExaminedFolder() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            imap.result("CREATE Vu");
            imap.append("Vu", "\\Deleted", "Subject: a\r\n\r\na");
            assertThat(imap.result("EXAMINE Vu")).startsWith("OK [READ-ONLY]");
            assertThat(imap.result("STORE 1 +FLAGS (\\Seen)")).startsWith("NO [CANNOT] MSS-M31");
            assertThat(imap.result("EXPUNGE")).startsWith("NO [CANNOT] MSS-M31");
            assertThat(imap.result("MOVE 1 INBOX")).startsWith("NO [CANNOT] MSS-M31");
            imap.literal("FETCH 1 BODY[]");
            assertThat(imap.result("CLOSE")).startsWith("OK ");

            assertThat(imap.command("STATUS Vu (MESSAGES UNSEEN)").get(0)).contains("MESSAGES 1", "UNSEEN 1");
            imap.result("SELECT Vu");
            assertThat(imap.result("CLOSE")).startsWith("OK ");
            assertThat(imap.command("STATUS Vu (MESSAGES)").get(0)).contains("MESSAGES 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXAMINE Absent", "SELECT Absent", "EXAMINE #user.autre", "SELECT #user.autre"})
    void aSelectionThatFailsLeavesNoFolderOpen(String selection) throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            imap.result("CREATE Ouvert");
            imap.append("Ouvert", "", "Subject: a\r\n\r\na");
            imap.result("SELECT Ouvert");
            assertThat(imap.result(selection)).startsWith("NO ");

            assertThat(imap.result("STORE 1 +FLAGS (\\Deleted)"))
                    .doesNotStartWith("OK ")
                    .doesNotContain("EXAMINE");
            assertThat(imap.result("CLOSE")).doesNotStartWith("OK ");
            assertThat(imap.command("STATUS Ouvert (MESSAGES)").get(0)).doesNotContain("MESSAGES 0");
            imap.result("SELECT Ouvert");
            assertThat(imap.result("STORE 1 +FLAGS (\\Seen)")).startsWith("OK ");
        }
    }

    @Test
    void namesNoFolderWithALineEnd() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            String injected = "{10+}\r\na\r\n* BYE b";
            assertThat(imap.result("CREATE " + injected)).startsWith("NO [CANNOT] MSS-M32");
            imap.result("CREATE Bon");
            assertThat(imap.result("RENAME Bon " + injected)).startsWith("NO [CANNOT] MSS-M32");
            assertThat(imap.result("SUBSCRIBE " + injected)).startsWith("NO [CANNOT] MSS-M32");
        }
    }

    @Test
    void keepsTheInboxWhereItIs() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            for (String inbox : List.of("INBOX", "inbox", "#private.INBOX")) {
                assertThat(imap.result("DELETE " + inbox)).startsWith("NO [CANNOT] MSS-M32");
                assertThat(imap.result("RENAME " + inbox + " Autre")).startsWith("NO [CANNOT] MSS-M32");
            }
        }
    }

    @Test
    void copiesARangeWithoutEnd() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            imap.result("CREATE Source");
            imap.result("CREATE Cible");
            imap.append("Source", "", "Subject: a\r\n\r\na");
            imap.result("SELECT Source");
            assertThat(imap.result("UID COPY 1:4294967295 Cible")).startsWith("OK ");
            assertThat(imap.command("STATUS Cible (MESSAGES)").get(0)).contains("MESSAGES 1");
        }
    }

    @Test
    void saysGoodbyeAfterThreeFailures() throws IOException {
        try (ImapConversation imap = server.imaps()) {
            imap.result("LOGIN " + DOCTOR + " wrong");
            imap.result("AUTHENTICATE PLAIN " + SmtpConversation.plain("", DOCTOR, "wrong"));
            imap.send("c LOGIN " + DOCTOR + " wrong");
            assertThat(imap.line()).startsWith("* BYE");
            assertThat(imap.isClosedByServer()).isTrue();
        }
    }

    @Test
    void executesNothingThatCameInClearBehindStartTls() throws IOException {
        try (ImapConversation imap = server.imap()) {
            imap.line();
            imap.send("a STARTTLS\r\nb CAPABILITY");
            assertThat(imap.line()).startsWith("a OK");
            assertThatThrownBy(() -> {
                        imap.handshake();
                        imap.line();
                        imap.line();
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void takesCommandsOneAfterTheOther() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            imap.send("a SELECT INBOX\r\nb IDLE\r\nDONE\r\nc NOOP");
            assertThat(resultsUntil(imap, "c ")).containsExactly("a OK", "+ Idlin", "b OK", "c OK");
        }
    }

    @Test
    void waitsForTheRestOfACommandThatComesOctetByOctet() throws IOException {
        try (ImapConversation imap = server.imaps()) {
            for (byte octet : "a CAPABILITY\r\n".getBytes(StandardCharsets.US_ASCII)) {
                imap.sendBytes(new byte[] {octet});
            }
            assertThat(imap.line()).startsWith("* CAPABILITY");
        }
    }

    private static List<String> resultsUntil(ImapConversation imap, String tag) throws IOException {
        List<String> results = new ArrayList<>();
        String line;
        do {
            line = imap.line();
            if (!line.startsWith("* ")) {
                results.add(line.startsWith("+") ? line.substring(0, 7) : line.substring(0, 4));
            }
        } while (!line.startsWith(tag));
        return results;
    }

    private static List<Path> literalFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("imap-literal"))
                    .sorted()
                    .toList();
        }
    }
}
