package org.mssante.dmp.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.certs.SharedPki;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.bridge.ledger.LedgerDatabase;
import org.mssante.dmp.bridge.ledger.MessageLedger;
import org.mssante.dmp.bridge.ledger.StoredMessage;
import org.mssante.dmp.bridge.ledger.Worker;

class IntakeTest {
    private static final int LIMIT = 100_000;

    private static final Path CERTS = SharedPki.folder();

    @TempDir
    Path folder = Path.of("");

    private final List<TraceEntry> traced = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger accepted = new AtomicInteger();
    private Optional<LedgerDatabase> database = Optional.empty();
    private Optional<Intake> intake = Optional.empty();

    @BeforeEach
    void start() {
        database = Optional.of(LedgerDatabase.embedded(folder, 4));
        IntakeSettings settings = new IntakeSettings(
                InetAddress.getLoopbackAddress(),
                0,
                "dmp.test",
                context("bridge"),
                PemFiles.certificates(CERTS.resolve("operator/cert.pem")).get(0).getSubjectX500Principal(),
                LIMIT,
                10,
                10,
                Duration.ofSeconds(30));
        intake = Optional.of(Intake.start(settings, ledger(), traced::add, accepted::incrementAndGet));
    }

    @AfterEach
    void stop() {
        intake.ifPresent(Intake::close);
        database.ifPresent(LedgerDatabase::close);
    }

    @Test
    void recordsAMailOfTheMailServerByteForByte() throws Exception {
        send("operator", true, Samples.mailWithPackage());

        StoredMessage stored =
                ledger().message(ledger().nextReceived().orElseThrow().id());
        assertThat(new String(stored.content(), StandardCharsets.UTF_8).strip())
                .isEqualTo(new String(Samples.mailWithPackage(), StandardCharsets.UTF_8).strip());
        assertThat(stored.sender()).isEqualTo("labo.test@demo.mssante.fr");
        assertThat(stored.recipients()).containsExactly("dr.test@demo.medecin.mssante.fr");
        assertThat(accepted).hasValue(1);
        assertThat(traced).extracting(TraceEntry::event).containsExactly(Event.INTAKE);
    }

    @Test
    void recordsTheSameMailOnce() throws Exception {
        send("operator", true, Samples.mailWithPackage());
        send("operator", true, Samples.mailWithPackage());

        assertThat(ledger().nextReceived()).isPresent();
        assertThat(ledger().nextReceived()).isEmpty();
        assertThat(accepted).hasValue(1);
    }

    @Test
    void refusesAnyOtherCertificateOfTheTrustSpace() {
        assertThatThrownBy(() -> send("operator-b", true, Samples.mailWithPackage()))
                .isInstanceOfAny(SMTPSendFailedException.class, SMTPSenderFailedException.class)
                .hasMessageContaining("550")
                .hasMessageContaining("MSS-T09");
        assertThat(ledger().nextReceived()).isEmpty();
    }

    @Test
    void refusesMailWithoutTls() {
        assertThatThrownBy(() -> send("operator", false, Samples.mailWithPackage()))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("530");
    }

    @Test
    void refusesAMailAboveTheLimitAndKeepsNothing() {
        byte[] large = Samples.mail("Content-Type: text/plain\r\n\r\n" + "0123456789abcdef\r\n".repeat(10_000));

        assertThatThrownBy(() -> send("operator", true, large))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("552");
        assertThat(ledger().nextReceived()).isEmpty();
    }

    @Test
    void whatIsLeftOfARefusedMailIsNoCommand() throws IOException {
        try (SSLSocket socket = secured()) {
            Dialogue in = new Dialogue(socket);
            for (int mail = 0; mail < 2; mail++) {
                assertThat(in.ask("MAIL FROM:<labo.test@demo.mssante.fr>")).startsWith("250");
                assertThat(in.ask("RCPT TO:<dr.test@demo.medecin.mssante.fr>")).startsWith("250");
                assertThat(in.ask("DATA")).startsWith("354");
                assertThat(in.ask("Message-ID: <large@test>\r\n\r\n" + "QUIT\r\n".repeat(50_000) + "."))
                        .startsWith("552");
            }
            assertThat(in.ask("NOOP")).startsWith("250");
        }
        assertThat(ledger().nextReceived()).isEmpty();
    }

    /** A connection after STARTTLS and EHLO, as the mail server. */
    private SSLSocket secured() throws IOException {
        Socket plain = new Socket(
                InetAddress.getLoopbackAddress(), intake.orElseThrow().port());
        plain.setSoTimeout(30_000);
        Dialogue in = new Dialogue(plain);
        in.reply();
        in.ask("EHLO test");
        assertThat(in.ask("STARTTLS")).startsWith("220");
        SSLSocket socket = (SSLSocket)
                context("operator").getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        socket.startHandshake();
        new Dialogue(socket).ask("EHLO test");
        return socket;
    }

    /** Speaks SMTP line by line. */
    private record Dialogue(BufferedReader in, OutputStream out) {
        Dialogue(Socket socket) throws IOException {
            this(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)),
                    socket.getOutputStream());
        }

        String ask(String text) throws IOException {
            out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return reply();
        }

        String reply() throws IOException {
            String line = in.readLine();
            while (line != null && line.length() > 3 && line.charAt(3) == '-') {
                line = in.readLine();
            }
            return String.valueOf(line);
        }
    }

    private MessageLedger ledger() {
        return new MessageLedger(database.orElseThrow(), new Worker("test", Duration.ofMinutes(10), Clock.systemUTC()));
    }

    private void send(String certificate, boolean tls, byte[] mail) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(tls));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(tls));
        properties.put("mail.smtp.ssl.socketFactory", context(certificate).getSocketFactory());
        properties.setProperty("mail.smtp.from", "labo.test@demo.mssante.fr");
        properties.setProperty("mail.smtp.timeout", "30000");
        Session session = Session.getInstance(properties);
        MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(mail));
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect("localhost", intake.orElseThrow().port(), "", "");
            transport.sendMessage(message, new Address[] {new InternetAddress("dr.test@demo.medecin.mssante.fr")});
        }
    }

    private static SSLContext context(String certificate) {
        return TlsContexts.mutual(
                KeyMaterial.load(CERTS.resolve(certificate)), PemFiles.certificatesOfFolder(CERTS.resolve("anchors")));
    }
}
