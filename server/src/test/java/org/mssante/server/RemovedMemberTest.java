package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.PASSWORD;
import static org.mssante.server.RunningServer.PRACTICE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Field;

/** Who is taken off the members of a mailbox while he is in the middle of something is cut off within seconds all the same. */
@Timeout(240)
class RemovedMemberTest {
    private static final Duration SECONDS = Duration.ofSeconds(10);
    private static final int MESSAGES = 8;
    private static final String LARGE = "Subject: gros\r\n\r\n" + ("0123456789".repeat(7) + "\r\n").repeat(70_000);
    /** What the two systems may hold between the programs. */
    private static final int ON_THE_WAY = 3_000_000;

    private static final int PIECE = 65_536;
    private static final int LAST_LINE = 100;

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(runDir, Map.of("sessions.rights.check", "PT0.2S"));
        member(true);
        try (ImapConversation imap = server.imaps().loggedIn(PRACTICE + "*" + DOCTOR, PASSWORD)) {
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(imap.append("INBOX", "", LARGE)).startsWith("OK ");
            }
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void isAMember() {
        member(true);
    }

    @Test
    void whoReadsNothingOfHisDownloadIsCutOffAndGetsNoMoreOfIt() throws IOException {
        int before = server.trace("SESSION_ENDED").size();
        try (Socket download = download()) {
            assertThat(download.getInputStream().readNBytes(PIECE)).hasSize(PIECE);
            member(false);

            await().atMost(SECONDS).until(() -> hasHungUp(download));
            assertThat(rest(download).size()).isLessThan(ON_THE_WAY);
        }
        assertThat(server.trace("SESSION_ENDED")).hasSize(before + 1);
    }

    @Test
    void whoReadsSteadilyIsToldAndGetsNoMoreOfHisDownload() throws Exception {
        int before = server.trace("SESSION_ENDED").size();
        try (Socket download = download()) {
            InputStream in = download.getInputStream();
            long octets = in.readNBytes(PIECE).length;
            member(false);
            String end = "";
            for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                octets += piece.length;
                String text = end + new String(piece, StandardCharsets.US_ASCII);
                end = text.substring(Math.max(0, text.length() - LAST_LINE));
                Thread.sleep(10);
            }
            assertThat(octets).isLessThan((long) MESSAGES * LARGE.length() / 2);
            assertThat(end).endsWith("* BYE MSS-M30 Your rights in this mailbox do not allow that.\r\n");
        }
        assertThat(server.trace("SESSION_ENDED")).hasSize(before + 1);
    }

    @Test
    void hisSmtpSessionIsToldAndEnds() throws IOException {
        int before = server.trace("SESSION_ENDED").size();
        try (SmtpConversation smtp = loggedIn(server)) {
            member(false);

            assertThat(smtp.reply()).isEqualTo("421 4.7.0 MSS-M30 Your rights in this mailbox do not allow that.");
            assertThat(smtp.isClosedByServer()).isTrue();
        }
        assertThat(server.trace("SESSION_ENDED")).hasSize(before + 1).last().satisfies(line -> {
            assertThat(line.get(Field.PROTOCOL).orElse("")).startsWith("SMTP ");
            assertThat(line.get(Field.ACTOR)).contains(DOCTOR);
            assertThat(line.get(Field.ON_BEHALF_OF)).contains(PRACTICE);
            assertThat(line.outcome()).contains(Outcome.RIGHT_MISSING);
        });
    }

    @Test
    void theSmtpSessionOfASuspendedMailboxEnds() throws IOException {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR)) {
            assertThat(smtp.command("NOOP")).startsWith("250 ");
            server.withState(DOCTOR, MailboxState.SUSPENDED);

            assertThat(smtp.reply()).isEqualTo("421 4.7.0 MSS-M05 The mailbox is suspended or closed.");
            assertThat(smtp.isClosedByServer()).isTrue();
        } finally {
            server.withState(DOCTOR, MailboxState.ACTIVE);
        }
    }

    @Test
    void whoMayStillSendStaysWhileOthersAreTakenOff() throws IOException {
        try (SmtpConversation smtp = server.loggedIn(DOCTOR);
                SmtpConversation other = loggedIn(server)) {
            member(false);
            assertThat(other.reply()).startsWith("421 ");
            assertThat(smtp.command("NOOP")).startsWith("250 ");
        }
    }

    @Test
    void aMessageThatIsUnderWayIsNotTaken() throws IOException {
        int before = server.trace("SUBMITTED").size();
        try (SmtpConversation smtp = loggedIn(server)) {
            beginMessage(smtp);
            member(false);

            assertThat(smtp.reply()).startsWith("421 4.7.0 MSS-M30 ");
            assertThat(smtp.isClosedByServer()).isTrue();
        }
        assertThat(server.trace("SUBMITTED")).hasSize(before);
    }

    @Test
    void aMessageThatEndsBeforeAnybodyHasLookedIsNotTakenEither(@TempDir Path folder) throws IOException {
        try (RunningServer unwatched = RunningServer.start(folder, Map.of("sessions.rights.check", "PT1H"));
                SmtpConversation smtp = loggedIn(unwatched)) {
            beginMessage(smtp);
            unwatched.directory().with(practice(false));

            smtp.send(".");
            assertThat(smtp.reply()).startsWith("550 ");
            assertThat(unwatched.trace("SUBMITTED")).isEmpty();
        }
    }

    private static SmtpConversation loggedIn(RunningServer where) throws IOException {
        SmtpConversation smtp = where.submission().startTls();
        assertThat(smtp.command("AUTH PLAIN " + SmtpConversation.plain(PRACTICE, DOCTOR, PASSWORD)))
                .startsWith("235 ");
        return smtp;
    }

    /** As himself, which he may go on doing: it is the session that is not his any more. */
    private static void beginMessage(SmtpConversation smtp) throws IOException {
        smtp.command("MAIL FROM:<" + DOCTOR + ">");
        assertThat(smtp.command("RCPT TO:<" + COLLEAGUE + ">")).startsWith("250 ");
        assertThat(smtp.command("DATA")).startsWith("354 ");
        smtp.send("From: " + DOCTOR + "\r\n\r\ntexte");
    }

    private static Socket download() throws IOException {
        Socket socket = server.imapsSocket();
        String commands = "a LOGIN \"" + PRACTICE + "*" + DOCTOR + "\" {"
                + PASSWORD.getBytes(StandardCharsets.UTF_8).length + "+}\r\n" + PASSWORD
                + "\r\nb SELECT INBOX\r\nc FETCH 1:"
                + MESSAGES + " BODY.PEEK[]\r\n";
        socket.getOutputStream().write(commands.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static boolean hasHungUp(Socket socket) {
        try {
            socket.getOutputStream().write("d NOOP\r\n".getBytes(StandardCharsets.US_ASCII));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** What had come before the server hung up. */
    private static ByteArrayOutputStream rest(Socket socket) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(rest);
        } catch (IOException e) {
            assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
        }
        return rest;
    }

    private static void member(boolean isMember) {
        server.directory().with(practice(isMember));
    }

    private static Mailbox practice(boolean isHisToo) {
        return new Mailbox(
                MailAddress.parse(PRACTICE),
                MailboxType.CAB,
                MailboxState.ACTIVE,
                PRACTICE,
                Optional.empty(),
                Optional.empty(),
                isHisToo ? List.of(new Member(MailAddress.parse(DOCTOR), EnumSet.allOf(MemberRight.class))) : List.of(),
                Optional.empty(),
                SigningPolicy.NONE,
                DmpFiling.OFF);
    }
}
