package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.ELSEWHERE;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Field;

/** What a peer may not do to the SMTP ports, listed or not: smuggle, hang, guess, flood, or pretend in a header. */
@Timeout(300)
class SmtpHardeningTest {
    private static final int CONNECTIONS = 40;
    private static final int HEADER = 20_000;
    private static final String SMUGGLED = "MAIL FROM:<" + ELSEWHERE + ">\r\nRCPT TO:<" + DOCTOR + ">\r\nDATA\r\nFrom: "
            + ELSEWHERE + "\r\nSubject: smuggled\r\n\r\n.\r\n";

    @TempDir
    private static Path runDir;

    private static final Duration IDLE = Duration.ofSeconds(10);

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(
                runDir,
                Map.of(
                        "smtp.connections.max", String.valueOf(CONNECTIONS),
                        "smtp.connections.per.address.max", String.valueOf(CONNECTIONS + 1),
                        "smtp.errors.max", "5",
                        "smtp.header.max.bytes", String.valueOf(HEADER),
                        "smtp.tls.timeout", "PT20S",
                        "smtp.line.timeout", "PT5S",
                        "auth.failures.address.free", "3",
                        "auth.failures.delay.first", "PT5M"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HELO it.example", "RSET", "HELP", "VRFY a", "EXPN a", "MAIL FROM:<>", "AUTH PLAIN AA==", "DATA"
            })
    void refusesEverythingBeforeTlsButEhloNoopAndQuit(String command) throws IOException {
        try (SmtpConversation smtp = server.mx()) {
            smtp.reply();
            assertThat(smtp.command(command)).startsWith("530 5.7.0 MSS-T01 ");
            assertThat(smtp.command("EHLO it.example")).startsWith("250");
            assertThat(smtp.command("NOOP")).startsWith("250 ");
            assertThat(smtp.command("QUIT")).startsWith("221 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n.\r\n", "\n.\n", "\r.\r\n", "\r\n.\n", "\n\r\n.\r\n", "a\nb\r\n.\r\n", "a\rb\r\n.\r\n"})
    void endsTheConnectionAtABareLineEndAndTakesNeitherThatMessageNorASmuggledOne(String end) throws IOException {
        int before = server.trace("RECEIVED").size();
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            smtp.command("MAIL FROM:<" + ELSEWHERE + ">");
            smtp.command("RCPT TO:<" + DOCTOR + ">");
            assertThat(smtp.command("DATA")).startsWith("354 ");
            smtp.sendBytes(("From: " + ELSEWHERE + "\r\n\r\ntext" + end + SMUGGLED + ".\r\n")
                    .getBytes(StandardCharsets.US_ASCII));

            assertThat(smtp.reply()).startsWith("554 5.5.2 MSS-M40 ");
            assertThat(smtp.isClosedByServer()).isTrue();
        }
        assertThat(server.trace("RECEIVED")).hasSize(before);
    }

    @Test
    void endsTheConnectionAtABareLineEndInACommand() throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            smtp.sendBytes(("NOOP\nMAIL FROM:<" + ELSEWHERE + ">\r\n").getBytes(StandardCharsets.US_ASCII));

            assertThat(smtp.reply()).startsWith("554 5.5.2 MSS-M40 ");
            assertThat(smtp.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SIZE=1000 BODY=8BITMIME RET=HDRS ENVID=x AUTH=<>, 250 2.1.0",
        "size=1000 body=7bit, 250 2.1.0",
        "FOO=1, 501 5.5.4 MSS-M57",
        "SMTPUTF8, 501 5.5.4 MSS-M57",
        "BODY=BINARYMIME, 501 5.5.4 MSS-M57",
        "SIZE=-1, 501 5.5.4 MSS-M57",
        "SIZE=abc, 501 5.5.4 MSS-M57",
        "SIZE, 501 5.5.4 MSS-M57",
        "RET=FULL RET=HDRS, 501 5.5.4 MSS-M57",
        "RET=ALL, 501 5.5.4 MSS-M47",
    })
    void takesTheParametersItOffersAndNoOthers(String parameters, String reply) throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            assertThat(smtp.command("MAIL FROM:<" + ELSEWHERE + "> " + parameters))
                    .startsWith(reply + " ");
        }
    }

    @Test
    void endsTheConnectionAtACommandInClearBehindStartTlsAndSaysSo() throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b")) {
            smtp.reply();
            smtp.command("EHLO it.example");
            smtp.sendBytes("STARTTLS\r\nEHLO smuggled.example\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(smtp.reply()).startsWith("554 5.5.1 MSS-M55 ");
            assertThat(smtp.isClosedByServer()).isTrue();
        }
        assertThat(server.trace("COMMAND_REFUSED"))
                .anySatisfy(line -> assertThat(line.outcome()).contains(Outcome.COMMANDS_BEHIND_STARTTLS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"XOAUTH2", "XOAUTH2 dXNlcj0=", "OAUTHBEARER", "CRAM-MD5"})
    void mechanismThatIsNotOfferedIsNoneWithoutAChallenge(String mechanism) throws IOException {
        try (SmtpConversation smtp = server.submission().startTls()) {
            assertThat(smtp.command("AUTH " + mechanism)).startsWith("504 5.5.4 ");
        }
    }

    @Test
    void takesALineOfTheLongestLengthAndEndsTheConnectionAtALongerOne() throws IOException {
        assertThat(messageWithALineOf(8_190)).startsWith("250 ");
        assertThat(messageWithALineOf(8_191)).startsWith("500 5.5.2 MSS-M41 ");
    }

    private static String messageWithALineOf(int octets) throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            smtp.command("MAIL FROM:<" + ELSEWHERE + ">");
            smtp.command("RCPT TO:<" + DOCTOR + ">");
            return smtp.data(("From: " + ELSEWHERE + "\r\n\r\n" + "a".repeat(octets) + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void takesAHeaderOfTheLongestLengthAndRefusesALongerOneHoweverShortTheBody() throws IOException {
        assertThat(messageWithAHeaderOf(HEADER)).startsWith("250 ");
        assertThat(messageWithAHeaderOf(HEADER + 1)).startsWith("552 5.3.4 MSS-M46 ");
    }

    /** The octets behind the header do not count. */
    private static String messageWithAHeaderOf(int octets) throws IOException {
        String from = "From: " + ELSEWHERE + "\r\n";
        String field = "X-Field: " + "a".repeat(500) + "\r\n";
        int last = octets - from.length() - 20 * field.length() - "X-Last: \r\n\r\n".length();
        String header = from + field.repeat(20) + "X-Last: " + "a".repeat(last / 2) + "\r\n "
                + "a".repeat(last - last / 2 - 3) + "\r\n\r\n";
        assertThat(header).hasSize(octets);
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            smtp.command("MAIL FROM:<" + ELSEWHERE + ">");
            smtp.command("RCPT TO:<" + DOCTOR + ">");
            return smtp.data((header + "body\r\n".repeat(10_000)).getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void endsTheConnectionAfterTooManyErrors() throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            for (int i = 1; i < 5; i++) {
                assertThat(smtp.command("BOGUS")).startsWith("500 ");
            }
            assertThat(smtp.command("BOGUS")).startsWith("421 4.7.0 MSS-M42 ");
            assertThat(smtp.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "From: sortie@chu-exemple.mssante.fr | 250 2.6.0",
                "From: a@chu-exemple.mssante.fr, b@chu-exemple.mssante.fr¶Sender: a@chu-exemple.mssante.fr | 250 2.6.0",
                "Subject: personne | 554 5.6.0 MSS-M44",
                "From: a@chu-exemple.mssante.fr¶From: b@chu-exemple.mssante.fr | 554 5.6.0 MSS-M44",
                "From: a@chu-exemple.mssante.fr, b@chu-exemple.mssante.fr | 554 5.6.0 MSS-M44",
                "From: a@chu-exemple.mssante.fr¶Sender: a@chu-exemple.mssante.fr¶Sender: b@chu-exemple.mssante.fr | 554 5.6.0 MSS-M44",
                "From: dr.test@demo.medecin.mssante.fr | 550 5.7.1 MSS-T08",
                "From: dr.test@demo.medecin.mssante.fr <a@chu-exemple.mssante.fr> | 554 5.6.0 MSS-M44",
                "From: groupe: a@chu-exemple.mssante.fr; | 554 5.6.0 MSS-M44",
                "From: \"dr.test@demo.medecin.mssante.fr\" <a@chu-exemple.mssante.fr> | 550 5.7.1 MSS-T08",
                "From: \"contact@exemple.com\" <a@chu-exemple.mssante.fr> | 250 2.6.0",
                "From: a@example.com | 550 5.7.1 MSS-T07",
                "From: a@chu-exemple.mssante.fr¶Sender: a@demo.mssante.fr | 550 5.7.1 MSS-T08",
            })
    void takesFromAndSenderOfThePeersOwnDomainsOnly(String header, String reply) throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            smtp.command("MAIL FROM:<" + ELSEWHERE + ">");
            smtp.command("RCPT TO:<" + DOCTOR + ">");

            assertThat(smtp.data(
                            (header.replace("¶", "\r\n") + "\r\n\r\nBonjour.\r\n").getBytes(StandardCharsets.US_ASCII)))
                    .startsWith(reply + " ");
        }
    }

    @Test
    void asksForNoMorePasswordsOfAnAddressThatFailedTooOften() throws IOException {
        String wrong = SmtpConversation.plain("", DOCTOR, "faux");
        for (int attempt = 0; attempt < 2; attempt++) {
            try (SmtpConversation smtp = server.submission().startTls()) {
                assertThat(smtp.command("AUTH PLAIN " + wrong)).startsWith("535 ");
                assertThat(smtp.command("AUTH PLAIN " + wrong)).startsWith("535 ");
            }
        }
        try (SmtpConversation smtp = server.submission().startTls()) {
            assertThat(smtp.command("AUTH PLAIN " + SmtpConversation.plain("", DOCTOR, RunningServer.PASSWORD)))
                    .startsWith("454 4.7.0 MSS-M43 ");
        }
    }

    @Test
    void connectionsLeftHangingBeforeTlsKeepNoListedOperatorOut() throws IOException {
        List<Socket> hanging = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * CONNECTIONS; i++) {
                hanging.add(from("127.0.0." + (2 + i % 5)));
            }
            try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
                assertThat(smtp.command("MAIL FROM:<" + ELSEWHERE + ">")).startsWith("250 ");
                assertThat(smtp.command("RCPT TO:<" + DOCTOR + ">")).startsWith("250 ");
            }
            Socket last = hanging.get(hanging.size() - 1);
            await().atMost(Duration.ofMinutes(2)).until(() -> endOf(last));
        } finally {
            for (Socket socket : hanging) {
                socket.close();
            }
        }
    }

    @Test
    void strangersUnderTlsKeepNoListedOperatorOut() throws IOException {
        List<SmtpConversation> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                strangers.add(server.mx().startTls());
            }
            try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
                assertThat(smtp.command("MAIL FROM:<" + ELSEWHERE + ">")).startsWith("250 ");
            }
            assertThat(strangers.get(0).reply()).startsWith("421 4.3.2 MSS-M48 ");
            assertThat(strangers.get(0).isClosedByServer()).isTrue();
            assertThat(server.trace("COMMAND_REFUSED"))
                    .anySatisfy(line -> assertThat(line.outcome()).contains(Outcome.CONNECTIONS_TOO_MANY));
        } finally {
            for (SmtpConversation stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void whoeverIsTurnedAwayAtTheDoorIsToldAndTraced() throws IOException {
        List<SmtpConversation> known = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                SmtpConversation smtp = server.mx("operator-b").startTls();
                known.add(smtp);
                smtp.command("MAIL FROM:<" + ELSEWHERE + ">");
                assertThat(smtp.command("RSET")).startsWith("250 ");
            }
            try (SmtpConversation late = server.mx("operator-b")) {
                assertThat(late.reply()).startsWith("421 4.3.2 MSS-M48 ");
            }
            assertThat(server.trace("COMMAND_REFUSED"))
                    .anySatisfy(line ->
                            assertThat(line.get(Field.DETAIL)).contains("every place is taken by somebody known"));
        } finally {
            for (SmtpConversation smtp : known) {
                smtp.close();
            }
        }
    }

    @Test
    void endsAConnectionThatBeginsALineAndFallsSilent() throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            smtp.sendBytes(new byte[] {'N'});
            assertThat(smtp.reply()).startsWith("421 4.4.2 MSS-M49 ");
            assertThat(smtp.isClosedByServer()).isTrue();
        }
    }

    /** Under TLS and in clear; not before its time, and told why. */
    @Test
    void endsASilentConnectionAfterTheConfiguredTime(@TempDir Path own) throws IOException {
        try (RunningServer impatient = RunningServer.start(own, Map.of("smtp.idle.timeout", IDLE.toString()));
                SmtpConversation clear = impatient.mx();
                SmtpConversation tls = impatient.mx("operator-b").startTls()) {
            clear.reply();
            Instant begin = Instant.now();
            for (SmtpConversation smtp : List.of(tls, clear)) {
                assertThat(smtp.reply()).startsWith("421 4.4.2 MSS-M56 ");
                assertThat(smtp.isClosedByServer()).isTrue();
            }
            assertThat(Duration.between(begin, Instant.now())).isGreaterThan(IDLE.dividedBy(2));
        }
    }

    @Test
    void endsAConnectionThatSendsALineTooSlowly() throws IOException {
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> {
                        try {
                            smtp.sendBytes(new byte[] {'N'});
                            return false;
                        } catch (IOException closed) {
                            return true;
                        }
                    });
        }
    }

    private static Socket from(String address) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port("smtp.mx.port")));
        socket.setSoTimeout(90_000);
        return socket;
    }

    /** Reads what was said and waits for the end. */
    private static boolean endOf(Socket socket) throws IOException {
        return socket.getInputStream().read() < 0;
    }
}
