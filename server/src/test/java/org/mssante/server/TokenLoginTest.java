package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.LABO;
import static org.mssante.server.RunningServer.PASSWORD;
import static org.mssante.server.RunningServer.PRACTICE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.certs.SharedPki;
import org.mssante.core.fetch.TestWebServer;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.trace.Field;
import org.mssante.server.auth.token.Issuer;

/** Log-in by access token over SMTP and IMAP (RFC 7628, mssante.md §6.2 and §6.3). */
class TokenLoginTest {
    private static final String KEYS = "/certs";
    private static final Issuer ISSUER = new Issuer();
    private static final String XOAUTH2_REFUSAL = "{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"mail\"}";

    @TempDir
    static Path runDir;

    private static TestWebServer web;
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        web = TestWebServer.https(KeyMaterial.load(SharedPki.folder().resolve("operator")));
        web.put(KEYS, ISSUER.keys());
        server = RunningServer.start(runDir, settings(Map.of("login.passwords", "false")));
    }

    @AfterAll
    static void stop() {
        server.close();
        web.close();
    }

    @Test
    void theMechanismsAreOfferedUnderTlsAndPasswordsAreNotWhereTheyAreSwitchedOff() throws IOException {
        try (SmtpConversation smtp = server.submission()) {
            smtp.reply();
            assertThat(smtp.command("EHLO client.example.fr")).doesNotContain("AUTH");
            smtp.command("STARTTLS");
            smtp.handshake();
            assertThat(smtp.command("EHLO client.example.fr"))
                    .contains("AUTH XOAUTH2 OAUTHBEARER")
                    .doesNotContain("PLAIN");
            assertThat(smtp.command("AUTH PLAIN " + SmtpConversation.plain("", DOCTOR, PASSWORD)))
                    .startsWith("535 5.7.8 MSS-M02 ");
        }
        try (ImapConversation imap = server.imaps()) {
            assertThat(imap.command("CAPABILITY").get(0))
                    .contains("AUTH=XOAUTH2", "AUTH=OAUTHBEARER", "LOGINDISABLED")
                    .doesNotContain("AUTH=PLAIN");
            assertThat(imap.result("AUTHENTICATE PLAIN " + SmtpConversation.plain("", DOCTOR, PASSWORD)))
                    .startsWith("NO [CANNOT] ");
        }
    }

    @Test
    void aProfessionalSendsAndReadsByHisToken() throws IOException {
        try (SmtpConversation smtp = server.submission().startTls()) {
            assertThat(smtp.command("AUTH XOAUTH2 " + xoauth2(DOCTOR, token()))).startsWith("235 ");
            assertThat(smtp.command("MAIL FROM:<" + DOCTOR + ">")).startsWith("250 ");
        }
        try (ImapConversation imap = server.imaps()) {
            assertThat(imap.result("AUTHENTICATE OAUTHBEARER " + oauthbearer(DOCTOR, token())))
                    .startsWith("OK ");
            assertThat(imap.result("SELECT INBOX")).startsWith("OK ");
        }
    }

    @Test
    void theResponseMayComeAfterTheCommand() throws IOException {
        try (SmtpConversation smtp = server.submission().startTls()) {
            assertThat(smtp.command("AUTH OAUTHBEARER")).startsWith("334");
            assertThat(smtp.command(oauthbearer(DOCTOR, token()))).startsWith("235 ");
        }
        try (ImapConversation imap = server.imaps()) {
            imap.send("a AUTHENTICATE XOAUTH2");
            assertThat(imap.line()).startsWith("+");
            imap.send(xoauth2(DOCTOR, token()));
            assertThat(imap.line()).startsWith("a OK ");
        }
    }

    /** The client's answer may be there before the thread that asked has done with what it said. */
    @RepeatedTest(100)
    void whoeverAnswersAtOnceGetsTheLastWord() throws IOException {
        try (ImapConversation imap = server.imaps()) {
            imap.send("a AUTHENTICATE XOAUTH2 " + xoauth2(PRACTICE + "*" + COLLEAGUE, token()));
            assertThat(imap.line()).startsWith("+ ");
            imap.send("");
            assertThat(imap.line()).startsWith("a NO ");
        }
    }

    @Test
    void aMemberActsInThePracticesInboxUnderHisOwnName() throws IOException {
        try (ImapConversation imap = server.imaps()) {
            assertThat(imap.result("AUTHENTICATE XOAUTH2 " + xoauth2(PRACTICE, token())))
                    .startsWith("OK ");
        }
        assertThat(server.trace("AUTHENTICATED")).anySatisfy(line -> {
            assertThat(line.get(Field.ACTOR)).contains(DOCTOR);
            assertThat(line.get(Field.ON_BEHALF_OF)).contains(PRACTICE);
            assertThat(line.get(Field.MEANS)).contains("token");
            assertThat(line.get(Field.RPPS)).contains(Issuer.PROFESSIONAL.substring(1));
            assertThat(line.get(Field.CLIENT)).contains(Issuer.CLIENT);
        });
    }

    @Test
    void theUserNameMayNameTheMemberWithThePractice() throws IOException {
        try (ImapConversation imap = server.imaps();
                SmtpConversation smtp = server.submission().startTls()) {
            assertThat(imap.result("AUTHENTICATE OAUTHBEARER " + oauthbearer(PRACTICE + "*" + DOCTOR, token())))
                    .startsWith("OK ");
            assertThat(smtp.command("AUTH XOAUTH2 " + xoauth2(PRACTICE + "*" + COLLEAGUE, token())))
                    .startsWith("334 ");
            assertThat(smtp.command("")).startsWith("535 5.7.8 MSS-M02 ");
            assertThat(smtp.command("AUTH XOAUTH2 " + xoauth2(PRACTICE + "*" + DOCTOR, token())))
                    .startsWith("235 ");
        }
    }

    @Test
    void aRefusedTokenIsToldInTheFormOfTheMechanismBeforeTheLastWord() throws IOException {
        String expired = ISSUER.token(Instant.now().minusSeconds(600));
        try (SmtpConversation smtp = server.submission().startTls()) {
            assertThat(smtp.command("AUTH XOAUTH2 " + xoauth2(DOCTOR, expired)))
                    .isEqualTo("334 " + base64(XOAUTH2_REFUSAL));
            assertThat(smtp.command("")).startsWith("535 5.7.8 MSS-M02 ");
        }
        try (ImapConversation imap = server.imaps()) {
            imap.send("a AUTHENTICATE OAUTHBEARER " + oauthbearer(DOCTOR, expired));
            assertThat(new String(Base64.getDecoder().decode(imap.line().substring(2)), StandardCharsets.UTF_8))
                    .contains("\"status\":\"invalid_token\"");
            imap.send("AQ==");
            assertThat(imap.line()).startsWith("a NO [AUTHENTICATIONFAILED] MSS-M02 ");
        }
        assertThat(server.trace("AUTHENTICATION_REFUSED"))
                .anySatisfy(
                        line -> assertThat(line.get(Field.DETAIL).orElse("")).contains("Expired"));
    }

    @Test
    void anothersMailboxIsNotOpenedWhateverTheToken() throws IOException {
        try (SmtpConversation smtp = server.submission().startTls()) {
            assertThat(smtp.command("AUTH XOAUTH2 " + xoauth2(COLLEAGUE, token())))
                    .startsWith("334 ");
            assertThat(smtp.command("")).startsWith("535 5.7.8 MSS-M02 ");
            assertThat(smtp.command("AUTH XOAUTH2 " + xoauth2("nobody@demo.mssante.fr", token())))
                    .startsWith("334 ");
            assertThat(smtp.command("")).startsWith("535 5.7.8 MSS-M02 ");
        }
    }

    @Test
    void tokensAndCertificatesThatOpenAMailboxHereAreNoFailedProofsWhateverElseTheyAskFor(@TempDir Path own)
            throws IOException {
        Map<String, String> strict = settings(Map.of(
                "auth.failures.proof.free", "2",
                "auth.failures.proof.forgotten", "PT1H",
                "auth.failures.delay.first", "PT1H",
                "auth.failures.delay.longest", "PT1H",
                "smtp.auth.failures.max", "100"));
        try (RunningServer behindOneAddress = RunningServer.start(own, strict);
                SmtpConversation person = behindOneAddress.submission().startTls();
                SmtpConversation software =
                        behindOneAddress.submissions("clients/" + LABO).tlsAtOnce()) {
            behindOneAddress.withHolder(DOCTOR, Issuer.PROFESSIONAL);
            for (int i = 0; i < 5; i++) {
                assertThat(software.command("AUTH EXTERNAL " + base64(DOCTOR))).startsWith("535 ");
                assertThat(byToken(person, COLLEAGUE, Instant.now())).startsWith("535 ");
            }
            behindOneAddress.withHolder(COLLEAGUE, Issuer.PROFESSIONAL);
            for (int i = 0; i < 5; i++) {
                assertThat(byToken(person, "", Instant.now()))
                        .as("of two mailboxes, and none is asked for")
                        .startsWith("535 ");
            }
            for (int i = 0; i < 3; i++) {
                assertThat(byToken(person, DOCTOR, Instant.now().minusSeconds(600)))
                        .as("expired")
                        .startsWith("535 ");
            }
            assertThat(software.command("AUTH EXTERNAL =")).startsWith("454 4.7.0 MSS-M43 ");
        }
    }

    private static String byToken(SmtpConversation smtp, String mailbox, Instant issued) throws IOException {
        assertThat(smtp.command("AUTH XOAUTH2 " + xoauth2(mailbox, ISSUER.token(issued))))
                .startsWith("334 ");
        return smtp.command("");
    }

    @Test
    void aLogInByTokenEndsAfterItsTimeOverSmtpAndImap(@TempDir Path own) throws IOException {
        Map<String, String> shortSessions =
                settings(Map.of("connect.session.max", "PT1S", "sessions.rights.check", "PT1S"));
        try (RunningServer brief = RunningServer.start(own, shortSessions);
                SmtpConversation smtp = brief.submission().startTls();
                ImapConversation imap = brief.imaps()) {
            brief.withHolder(DOCTOR, Issuer.PROFESSIONAL);
            assertThat(smtp.command("AUTH XOAUTH2 " + xoauth2(DOCTOR, ISSUER.token(Instant.now()))))
                    .startsWith("235 ");
            assertThat(imap.result("AUTHENTICATE XOAUTH2 " + xoauth2(DOCTOR, ISSUER.token(Instant.now()))))
                    .startsWith("OK ");
            assertThat(imap.line()).startsWith("* BYE MSS-M53 ");
            assertThat(smtp.reply()).startsWith("421 4.7.0 MSS-M53 ");
        }
    }

    private static String token() {
        server.withHolder(DOCTOR, Issuer.PROFESSIONAL);
        return ISSUER.token(Instant.now());
    }

    private static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("connect.issuer", Issuer.NAME);
        settings.put("connect.keys.url", web.address(KEYS).toString());
        settings.put("connect.clients", Issuer.CLIENT);
        return settings;
    }

    private static String xoauth2(String user, String token) {
        return base64("user=" + user + "\1auth=Bearer " + token + "\1\1");
    }

    private static String oauthbearer(String user, String token) {
        return base64("n,a=" + user + ",\1host=localhost\1port=143\1auth=Bearer " + token + "\1\1");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
