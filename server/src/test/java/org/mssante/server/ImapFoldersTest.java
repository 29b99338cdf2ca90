package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.PASSWORD;
import static org.mssante.server.RunningServer.PRACTICE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Field;

/** The folders a mailbox begins with, and what the trace says of what is done in them. */
class ImapFoldersTest {
    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(runDir);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void beginsWithFrenchFoldersThatClientsKnowByTheirUse() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            assertThat(imap.command("CAPABILITY").get(0)).contains("SPECIAL-USE", "CONDSTORE", "QRESYNC");
            assertThat(imap.command("LIST (SPECIAL-USE) \"\" \"*\""))
                    .contains(
                            "* LIST (\\HasNoChildren \\Drafts) \".\" \"Brouillons\"",
                            "* LIST (\\HasNoChildren \\Sent) \".\" \"Envoy&AOk-s\"",
                            "* LIST (\\HasNoChildren \\Junk) \".\" \"Ind&AOk-sirables\"",
                            "* LIST (\\HasNoChildren \\Trash) \".\" \"Corbeille\"",
                            "* LIST (\\HasNoChildren \\Archive) \".\" \"Archives\"")
                    .noneMatch(line -> line.contains("INBOX"));
            assertThat(imap.command("LSUB \"\" \"*\"")).hasSize(7);
            assertThat(imap.command("NAMESPACE").get(0)).isEqualTo("* NAMESPACE ((\"\" \".\")) NIL NIL");
        }
    }

    @Test
    void namesTheFoldersInTheLanguageOfTheMailboxAndNeverAgain() throws IOException {
        server.withLanguage(COLLEAGUE, "en");
        List<String> english = List.of(
                "* LIST (\\HasNoChildren) \".\" \"INBOX\"",
                "* LIST (\\HasNoChildren \\Drafts) \".\" \"Drafts\"",
                "* LIST (\\HasNoChildren \\Sent) \".\" \"Sent\"",
                "* LIST (\\HasNoChildren \\Junk) \".\" \"Junk\"",
                "* LIST (\\HasNoChildren \\Trash) \".\" \"Trash\"",
                "* LIST (\\HasNoChildren \\Archive) \".\" \"Archive\"");
        assertThat(folders(COLLEAGUE)).containsExactlyInAnyOrderElementsOf(english);

        server.withLanguage(COLLEAGUE, "fr");
        assertThat(folders(COLLEAGUE)).containsExactlyInAnyOrderElementsOf(english);
    }

    @Test
    void aSharedMailboxHasTheFoldersOfItsOwnLanguageWhoeverOpensItFirst() throws IOException {
        server.directory()
                .with(new Mailbox(
                        MailAddress.parse("clinic@demo.mssante.fr"),
                        MailboxType.ORG,
                        MailboxState.ACTIVE,
                        "Clinic",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new Member(MailAddress.parse(DOCTOR), Set.of(MemberRight.READ))),
                        Optional.empty(),
                        SigningPolicy.NONE,
                        DmpFiling.OFF));
        server.withLanguage("clinic@demo.mssante.fr", "en");

        assertThat(folders("clinic@demo.mssante.fr*" + DOCTOR))
                .anyMatch(line -> line.endsWith("\\Trash) \".\" \"Trash\""))
                .noneMatch(line -> line.contains("Corbeille"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \"#user\"",
                "SELECT \"#user.x\"",
                "EXAMINE \"#shared.x\"",
                "STATUS \"#user.a.INBOX\" (MESSAGES)",
                "CREATE \"#user.x.y\"",
                "DELETE \"#user.x\"",
                "RENAME \"#user.x\" Ici",
                "RENAME Corbeille \"#user.x\"",
                "SUBSCRIBE \"#user.x\"",
                "UNSUBSCRIBE \"#user.x\"",
                "COPY 1 \"#user.a.INBOX\"",
                "UID MOVE 1 \"#user.a.INBOX\"",
                "APPEND \"#user.a.INBOX\" {1+}\r\nx",
                "GETACL \"#user.x\"",
                "MYRIGHTS \"#user.x\"",
                "LISTRIGHTS \"#user.x\" dr.test@demo.medecin.mssante.fr",
                "GETQUOTAROOT \"#user.x\"",
                "GETMETADATA \"#user.x\" /private/comment",
                "SETMETADATA \"#user.x\" (/private/comment \"x\")"
            })
    void aNameOfAnotherNamespaceIsRefusedAndTheSessionGoesOn(String command) throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            imap.append("INBOX", "", "Subject: un\r\n\r\nun");
            imap.result("SELECT INBOX");
            assertThat(imap.command(command))
                    .singleElement()
                    .asString()
                    .matches("NO (\\[CANNOT] MSS-M32 That cannot be done|(CREATE|RENAME) You can not access) .*");
            assertThat(imap.result("STATUS INBOX (MESSAGES)")).startsWith("OK ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LIST \"#user.\" \"*\"",
                "LIST \"\" \"#user.*\"",
                "LSUB \"#user.\" \"*\"",
                "LIST \"#shared\" \"%\""
            })
    void noFolderIsListedInAnotherNamespace(String command) throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            assertThat(imap.command(command)).hasSize(1).first().asString().startsWith("OK ");
            assertThat(imap.result("NOOP")).startsWith("OK ");
        }
    }

    @Test
    void aLanguageThatHasNoNamesGetsThoseOfTheFirst() throws IOException {
        String breton = "breton@demo.mssante.fr";
        server.directory()
                .with(new Mailbox(
                        MailAddress.parse(breton),
                        MailboxType.PER,
                        MailboxState.ACTIVE,
                        "Breton",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        SigningPolicy.NONE,
                        DmpFiling.OFF))
                .withPassword(MailAddress.parse(breton), PASSWORD);
        server.withLanguage(breton, "br");

        assertThat(folders(breton)).hasSize(6).anyMatch(line -> line.endsWith("\\Trash) \".\" \"Corbeille\""));
    }

    private static List<String> folders(String user) throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(user, PASSWORD)) {
            return imap.command("LIST \"\" \"*\" RETURN (SPECIAL-USE)").stream()
                    .filter(line -> line.startsWith("* LIST "))
                    .toList();
        }
    }

    @Test
    void doesNotBringBackAFolderThatWasDeleted() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(PRACTICE + "*" + DOCTOR, PASSWORD)) {
            assertThat(imap.result("DELETE Archives")).startsWith("OK ");
        }
        try (ImapConversation imap = server.imaps().loggedIn(PRACTICE + "*" + DOCTOR, PASSWORD)) {
            assertThat(imap.command("LIST \"\" \"Archives\"")).hasSize(1);
        }
    }

    @Test
    void tellsWhichMessageBecameWhichByUidAndNothingWhereNoneDid() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            imap.result("CREATE Source");
            imap.result("CREATE Cible");
            for (int i = 0; i < 4; i++) {
                imap.append("Source", "", "Subject: x\r\n\r\ny");
            }
            imap.result("SELECT Source");
            imap.result("STORE 1 +FLAGS (\\Deleted)");
            imap.result("EXPUNGE");

            assertThat(imap.result("COPY 1:2 Cible")).matches("OK \\[COPYUID \\d+ 2:3 1:2\\] .*");
            assertThat(imap.result("UID COPY 4,2 Cible")).matches("OK \\[COPYUID \\d+ 2,4 3:4\\] .*");
            assertThat(imap.result("UID COPY 1 Cible")).startsWith("OK ").doesNotContain("COPYUID");
            assertThat(imap.command("UID MOVE 1:3 Cible"))
                    .anySatisfy(line -> assertThat(line).matches(".* \\[COPYUID \\d+ 2:3 5:6\\] .*"));
            assertThat(imap.result("COPY 1 Nulle")).startsWith("NO [TRYCREATE] ");
        }
    }

    @Test
    void tracesWhoReadDeletedMovedAndExpunged() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(PRACTICE + "*" + DOCTOR, PASSWORD)) {
            imap.append("INBOX", "", "Subject: secret\r\n\r\nsecret");
            imap.append("INBOX", "", "Subject: secret\r\n\r\nsecret");
            imap.result("SELECT INBOX");
            imap.literal("FETCH 1 BODY[]");
            imap.result("STORE 2 +FLAGS (\\Deleted)");
            imap.result("UID MOVE 1 Corbeille");
            imap.result("EXPUNGE");
        }
        assertTraced("MESSAGE_ADDED", "APPEND INBOX");
        assertTraced("MESSAGES_READ", "FETCH UID 1 in INBOX");
        assertTraced("MESSAGES_DELETED", "STORE UID 2 ADD (\\Deleted) in INBOX");
        assertTraced("MESSAGES_MOVED", "MOVE UID 1 in INBOX to Corbeille");
        assertTraced("MESSAGES_EXPUNGED", "EXPUNGE ALL in INBOX");
        assertThat(server.trace("MESSAGES_EXPUNGED"))
                .last()
                .satisfies(line -> assertThat(line.get(Field.COUNT)).contains("1"));
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT, UID FETCH 2:3 (FLAGS BODY.PEEK[]), 2:3, 2",
        "SELECT, UID FETCH 3:* BODY.PEEK[], 3:*, 1",
        "SELECT, FETCH 1:* BODY.PEEK[TEXT]<0.3>, 2:3, 2",
        "SELECT, FETCH 2 (UID BODY.PEEK[1]), 3, 1",
        "EXAMINE, FETCH 1:2 RFC822, 2:3, 2"
    })
    void tracesWhoTakesContentOutOfASharedMailboxInOneLineACommandByUids(
            String open, String fetch, String uids, int count) throws IOException {
        int before = server.trace("MESSAGES_DOWNLOADED").size();
        try (ImapConversation imap = server.imaps().loggedIn(PRACTICE + "*" + DOCTOR, PASSWORD)) {
            imap.result("DELETE Emporte");
            imap.result("CREATE Emporte");
            imap.append("Emporte", "\\Deleted", "Subject: secret\r\n\r\nsecret");
            imap.append("Emporte", "", "Subject: secret\r\n\r\nsecret");
            imap.append("Emporte", "", "Subject: secret\r\n\r\nsecret");
            imap.result("SELECT Emporte");
            imap.result("EXPUNGE");
            imap.result(open + " Emporte");
            assertThat(imap.literal(fetch)).isPresent();
        }
        assertTraced("MESSAGES_DOWNLOADED", "FETCH UID " + uids + " in Emporte");
        assertThat(server.trace("MESSAGES_DOWNLOADED"))
                .hasSize(before + 1)
                .last()
                .satisfies(line -> assertThat(line.get(Field.COUNT)).contains("" + count));
    }

    @Test
    void tracesNeitherListsOfMessagesNorWhatAPersonTakesOutOfHisOwnMailbox() throws IOException {
        int before = server.trace("MESSAGES_DOWNLOADED").size();
        try (ImapConversation imap = server.imaps().loggedIn(PRACTICE + "*" + DOCTOR, PASSWORD);
                ImapConversation own = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            for (ImapConversation each : List.of(imap, own)) {
                each.append("INBOX", "", "Subject: un\r\n\r\nun");
                each.result("SELECT INBOX");
            }
            assertThat(imap.result("FETCH 1:* (FLAGS ENVELOPE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (SUBJECT)])"))
                    .startsWith("OK ");
            assertThat(own.literal("FETCH 1 BODY.PEEK[]")).isPresent();
        }
        assertThat(server.trace("MESSAGES_DOWNLOADED")).hasSize(before);
    }

    @Test
    void tracesWhoAnnotatesAFolderAndNotWhatHeWrites() throws IOException {
        try (ImapConversation imap = server.imaps().loggedIn(PRACTICE + "*" + DOCTOR, PASSWORD)) {
            assertThat(imap.result("SETMETADATA INBOX (/private/comment \"secret\" /shared/comment NIL)"))
                    .startsWith("OK ");
        }
        assertTraced("FOLDER_ANNOTATED", "SETMETADATA INBOX /private/comment /shared/comment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEARCH EMAILID x", "SEARCH THREADID Tabc-1", "SEARCH EMAILID M123456789"})
    void anIdThatIsNoneOfOursFindsNothingAndTheConnectionGoesOn(String search) throws IOException {
        try (ImapConversation imap = server.imaps()) {
            imap.loggedIn(DOCTOR, PASSWORD);
            imap.append("INBOX", "", "Subject: un\r\n\r\nun");
            imap.result("SELECT INBOX");
            assertThat(imap.command(search)).contains("* SEARCH");
            assertThat(imap.result("NOOP")).startsWith("OK ");
        }
    }

    @Test
    void anAnswerIsOfTheThreadOfWhatItAnswers() throws IOException {
        try (ImapConversation imap = server.imaps()) {
            imap.loggedIn(DOCTOR, PASSWORD);
            imap.result("CREATE Fil");
            imap.append("Fil", "", "Message-ID: <question@x>\r\nSubject: q\r\n\r\nq");
            imap.append("Fil", "", "Message-ID: <other@x>\r\nSubject: q\r\n\r\nq");
            imap.append("Fil", "", "Message-ID: <answer@x>\r\nIn-Reply-To: <question@x>\r\n\r\na");
            imap.append("Fil", "", "Message-ID: <last@x>\r\nReferences: <question@x>\r\n <answer@x>\r\n\r\nl");
            imap.result("SELECT Fil");
            List<String> threads = imap.command("FETCH 1:4 (THREADID)").stream()
                    .filter(line -> line.contains("THREADID"))
                    .map(line -> line.replaceAll("(?s).*THREADID \\(([^)]*)\\).*", "$1"))
                    .toList();
            assertThat(threads).hasSize(4);
            assertThat(threads.get(2)).isEqualTo(threads.get(0)).isEqualTo(threads.get(3));
            assertThat(threads.get(1)).isNotEqualTo(threads.get(0));
            assertThat(imap.command("SEARCH THREADID " + threads.get(0))).contains("* SEARCH 1 3 4");
        }
    }

    private static void assertTraced(String event, String request) throws IOException {
        assertThat(server.trace(event))
                .anySatisfy(line -> {
                    assertThat(line.get(Field.ACTOR)).contains(DOCTOR);
                    assertThat(line.get(Field.ON_BEHALF_OF)).contains(PRACTICE);
                    assertThat(line.get(Field.DETAIL)).contains(request);
                    assertThat(line.get(Field.REPLY).orElse("")).startsWith("OK");
                    assertThat(line.get(Field.PEER)).contains("127.0.0.1");
                })
                .noneMatch(line -> line.toString().contains("secret"));
    }
}
