package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.PASSWORD;
import static org.mssante.server.RunningServer.PRACTICE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

/** A shared mailbox: what each member may do there is decided command by command, and he is cut off when he may no more. */
class ImapRightsTest {
    private static final AtomicInteger PRACTICES = new AtomicInteger();
    private static RunningServer server;

    private String practice;

    @BeforeAll
    static void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(runDir, Map.of("sessions.rights.check", "PT0.2S"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The doctor may do everything, the colleague may read. */
    @BeforeEach
    void open() throws IOException {
        practice = "cabinet." + PRACTICES.incrementAndGet() + "@demo.mssante.fr";
        members(EnumSet.allOf(MemberRight.class), EnumSet.of(MemberRight.READ));
        try (ImapConversation imap = doctor()) {
            imap.append("INBOX", "", "Subject: un\r\n\r\nun");
            imap.append("INBOX", "\\Deleted", "Subject: deux\r\n\r\ndeux");
            imap.result("CREATE Classeur");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STORE 1 +FLAGS (\\Deleted)",
                "STORE 1 +FLAGS (\\Seen \\Flagged)",
                "STORE 1 FLAGS (\\Seen)",
                "STORE 1 +FLAGS (urgent)",
                "UID STORE 1 -FLAGS (\\Flagged)",
                "EXPUNGE",
                "UID EXPUNGE 2",
                "MOVE 1 Classeur",
                "UID MOVE 1 Classeur",
                "COPY 1 Classeur",
                "APPEND INBOX {1+}\r\nx",
                "CREATE Nouveau",
                "DELETE Classeur",
                "RENAME Classeur Autre",
                "SUBSCRIBE Classeur",
                "UNSUBSCRIBE Classeur",
                "SETMETADATA INBOX (/shared/comment \"x\")",
                "SETMETADATA INBOX (/private/comment \"x\" /shared/comment \"x\")"
            })
    void refusesAReaderWhateverChangesTheMailbox(String command) throws IOException {
        try (ImapConversation imap = colleague()) {
            imap.result("SELECT INBOX");
            assertThat(imap.result(command))
                    .isEqualTo("NO [NOPERM] MSS-M30 Your rights in this mailbox do not allow that.");
            assertThat(imap.command("STATUS INBOX (MESSAGES)").get(0)).contains("MESSAGES 2");
        }
        assertThat(server.trace("COMMAND_REFUSED")).anySatisfy(line -> {
            assertThat(line.get(Field.ACTOR)).contains(COLLEAGUE);
            assertThat(line.get(Field.ON_BEHALF_OF)).contains(practice);
            assertThat(line.get(Field.DETAIL).orElse("")).contains(command.replaceAll("(?s)UID |[ ({].*", ""));
        });
    }

    @Test
    void whatAMemberNotesForHimselfIsHisOwnAndNeedsNoRightToWrite() throws IOException {
        try (ImapConversation doctor = doctor();
                ImapConversation colleague = colleague()) {
            doctor.result("SETMETADATA INBOX (/private/comment \"du docteur\" /shared/comment \"du cabinet\")");
            assertThat(notes(colleague))
                    .contains("/shared/comment", "du cabinet")
                    .doesNotContain("/private", "du docteur");

            assertThat(colleague.result("SETMETADATA INBOX (/private/comment \"de la collegue\")"))
                    .startsWith("OK ");
            assertThat(notes(colleague)).contains("de la collegue").doesNotContain("du docteur");
            assertThat(notes(doctor)).contains("du docteur").doesNotContain("de la collegue");

            assertThat(colleague.result("SETMETADATA INBOX (/private/comment NIL)"))
                    .startsWith("OK ");
            assertThat(notes(colleague)).doesNotContain("/private");
            assertThat(notes(doctor)).contains("du docteur");
        }
    }

    @Test
    void whoIsTheMailboxItselfHasNotesOfItsOwn() throws IOException {
        try (ImapConversation own = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            own.result("SETMETADATA INBOX (/private/comment \"a moi\")");
            assertThat(notes(own)).contains("a moi");
        }
        try (ImapConversation own = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            assertThat(notes(own)).contains("a moi");
        }
    }

    private static String notes(ImapConversation imap) throws IOException {
        return String.join("\n", imap.command("GETMETADATA INBOX (/private/comment /shared/comment)"));
    }

    @Test
    void myRightsAreThoseOfAMemberNotThoseOfTheMailbox() throws IOException {
        members(EnumSet.of(MemberRight.READ, MemberRight.WRITE, MemberRight.SEND), EnumSet.of(MemberRight.READ));
        try (ImapConversation imap = doctor()) {
            assertThat(imap.command("MYRIGHTS INBOX").get(0)).contains(" \"eiklprstwx\"");
        }
        try (ImapConversation imap = colleague()) {
            assertThat(imap.command("MYRIGHTS INBOX").get(0)).contains(" \"lrs\"");
        }
    }

    @Test
    void nobodyIsSaidToAdministerListsThatNobodyMaySet() throws IOException {
        members(EnumSet.allOf(MemberRight.class), EnumSet.of(MemberRight.READ, MemberRight.MANAGE));
        try (ImapConversation manager = doctor();
                ImapConversation reader = colleague();
                ImapConversation own = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            assertThat(manager.command("MYRIGHTS INBOX").get(0)).endsWith(" \"eiklprstwx\"");
            assertThat(reader.command("MYRIGHTS INBOX").get(0)).endsWith(" \"lrs\"");
            assertThat(own.command("MYRIGHTS INBOX").get(0)).endsWith(" \"eiklprstwx\"");
            assertThat(manager.command("GETACL INBOX").get(0)).isEqualTo("* ACL \"INBOX\" \"owner\" \"eiklprstwx\"");
            assertThat(own.command("LISTRIGHTS INBOX " + DOCTOR).get(0))
                    .isEqualTo("* LISTRIGHTS \"INBOX\" \"" + DOCTOR + "\" \"eiklprstwx\"");
            assertThat(own.command("LISTRIGHTS INBOX " + COLLEAGUE).get(0))
                    .isEqualTo("* LISTRIGHTS \"INBOX\" \"" + COLLEAGUE + "\" \"\"");
        }
    }

    @Test
    void opensForReadingOnlyWhereAMemberMayOnlyRead() throws IOException {
        try (ImapConversation imap = colleague()) {
            List<String> selected = imap.command("SELECT INBOX");
            assertThat(selected.get(selected.size() - 1)).isEqualTo("OK [READ-ONLY] SELECT completed.");
            assertThat(selected.stream().filter(line -> line.contains("PERMANENTFLAGS")))
                    .singleElement()
                    .asString()
                    .startsWith("* OK [PERMANENTFLAGS (\\Seen)] ");
            assertThat(imap.literal("FETCH 1 BODY[]")).isPresent();
            assertThat(imap.result("STORE 1 +FLAGS (\\Seen)")).startsWith("OK ");
            assertThat(imap.result("STORE 1 -FLAGS.SILENT (\\Seen)")).startsWith("OK ");
            assertThat(imap.result("CLOSE")).startsWith("OK ");
            assertThat(imap.command("STATUS INBOX (MESSAGES)").get(0)).contains("MESSAGES 2");
        }
        try (ImapConversation imap = doctor()) {
            assertThat(imap.command("SELECT INBOX"))
                    .anyMatch(line -> line.startsWith("OK [READ-WRITE]"))
                    .anyMatch(line -> line.contains("PERMANENTFLAGS (\\Answered \\Deleted"));
        }
    }

    @Test
    void letsAWriterOrganiseAndNotWhoMayOnlyManage() throws IOException {
        members(EnumSet.of(MemberRight.READ, MemberRight.WRITE), EnumSet.of(MemberRight.READ, MemberRight.MANAGE));
        try (ImapConversation imap = doctor()) {
            imap.result("SELECT INBOX");
            assertThat(imap.result("MOVE 1 Classeur")).startsWith("OK ");
            assertThat(imap.result("EXPUNGE")).startsWith("OK ");
        }
        try (ImapConversation imap = colleague()) {
            assertThat(imap.result("CREATE Nouveau")).startsWith("NO [NOPERM]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SETACL INBOX dr.martin@demo.medecin.mssante.fr lrswipkxtecda",
                "DELETEACL INBOX dr.martin@demo.medecin.mssante.fr"
            })
    void tellsNobodyThatAListOfAFolderGivesAccess(String command) throws IOException {
        try (ImapConversation manager = doctor();
                ImapConversation own = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
            for (ImapConversation imap : List.of(manager, own)) {
                assertThat(imap.result(command))
                        .isEqualTo("NO [CANNOT] MSS-M64 Access is given to members of the mailbox in the directory, "
                                + "not by lists of its folders.");
                assertThat(imap.command("GETACL INBOX").get(0)).doesNotContain("dr.martin");
            }
        }
        assertThat(server.trace("COMMAND_REFUSED"))
                .anySatisfy(
                        line -> assertThat(line.get(Field.DETAIL).orElse("")).contains(command));
    }

    @Test
    void countsARightThatIsTakenAwayAtOnce() throws IOException {
        try (ImapConversation imap = doctor()) {
            imap.result("SELECT INBOX");
            members(EnumSet.of(MemberRight.READ), EnumSet.of(MemberRight.READ));
            assertThat(imap.result("EXPUNGE")).startsWith("NO [NOPERM]");
            assertThat(imap.result("CLOSE")).startsWith("OK ");
            assertThat(imap.command("STATUS INBOX (MESSAGES)").get(0)).contains("MESSAGES 2");
        }
    }

    @Test
    void goesByWhatItRemembersWhileTheDirectoryIsSilent() throws IOException {
        try (ImapConversation imap = doctor()) {
            imap.result("SELECT INBOX");
            server.directory().fail("maintenance");
            assertThat(imap.result("STORE 1 +FLAGS (\\Flagged)")).startsWith("OK ");
        } finally {
            server.directory().recover();
        }
    }

    @Test
    void saysToTryAgainOnceItMayRememberNoLonger(@TempDir Path folder) throws IOException {
        try (RunningServer forgetful = RunningServer.start(folder, Map.of("directory.cache.stale", "PT0S"));
                ImapConversation imap = forgetful.imaps().loggedIn(PRACTICE + "*" + DOCTOR, PASSWORD)) {
            imap.append("INBOX", "", "Subject: un\r\n\r\nun");
            imap.result("SELECT INBOX");
            forgetful.directory().fail("maintenance");

            assertThat(imap.result("STORE 1 +FLAGS (\\Flagged)"))
                    .isEqualTo("NO [UNAVAILABLE] MSS-M07 The directory does not answer at the moment.");

            forgetful.directory().recover();
            assertThat(imap.result("FETCH 1 FLAGS")).startsWith("OK ");
            assertThat(imap.result("STORE 1 +FLAGS (\\Flagged)")).startsWith("OK ");
        }
    }

    @Test
    void cutsAMemberWhoIsTakenOffWhileHeIdles() throws IOException {
        try (ImapConversation imap = colleague();
                ImapConversation other = doctor()) {
            imap.result("SELECT INBOX");
            imap.send("a IDLE");
            assertThat(imap.line()).startsWith("+");
            members(EnumSet.allOf(MemberRight.class), Set.of());

            assertThat(imap.line()).isEqualTo("* BYE MSS-M30 Your rights in this mailbox do not allow that.");
            assertThat(imap.isClosedByServer()).isTrue();
            assertThat(other.result("NOOP")).startsWith("OK ");
        }
        assertThat(server.trace("SESSION_ENDED")).anySatisfy(line -> {
            assertThat(line.get(Field.ACTOR)).contains(COLLEAGUE);
            assertThat(line.get(Field.ON_BEHALF_OF)).contains(practice);
        });
    }

    @Test
    void cutsEverybodyWhenTheMailboxIsSuspended() throws IOException {
        try (ImapConversation one = colleague();
                ImapConversation other = doctor()) {
            server.directory()
                    .with(practice(
                            MailboxState.SUSPENDED,
                            Stream.of(DOCTOR, COLLEAGUE)
                                    .map(MailAddress::parse)
                                    .map(member -> new Member(member, EnumSet.allOf(MemberRight.class)))
                                    .toList()));
            for (ImapConversation imap : List.of(one, other)) {
                assertThat(imap.line()).isEqualTo("* BYE MSS-M05 The mailbox is suspended or closed.");
            }
        }
    }

    @Test
    void leavesEverybodyWhileTheDirectoryIsSilent() throws IOException {
        try (ImapConversation imap = colleague()) {
            server.directory().fail("maintenance");
            Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> imap.result("NOOP").startsWith("OK "));
        } finally {
            server.directory().recover();
        }
    }

    private ImapConversation doctor() throws IOException {
        return server.imaps().loggedIn(practice + "*" + DOCTOR, PASSWORD);
    }

    private ImapConversation colleague() throws IOException {
        return server.imaps().loggedIn(practice + "*" + COLLEAGUE, PASSWORD);
    }

    private void members(Set<MemberRight> doctor, Set<MemberRight> colleague) {
        server.directory()
                .with(practice(
                        MailboxState.ACTIVE,
                        Stream.of(
                                        new Member(MailAddress.parse(DOCTOR), doctor),
                                        new Member(MailAddress.parse(COLLEAGUE), colleague))
                                .filter(member -> !member.rights().isEmpty())
                                .toList()));
    }

    private Mailbox practice(MailboxState state, List<Member> members) {
        return new Mailbox(
                MailAddress.parse(practice),
                MailboxType.CAB,
                state,
                practice,
                Optional.empty(),
                Optional.empty(),
                members,
                Optional.empty(),
                SigningPolicy.NONE,
                DmpFiling.OFF);
    }
}
