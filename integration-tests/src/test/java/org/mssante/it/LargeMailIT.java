package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.Program;
import org.mssante.it.client.SmtpDialogue;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServicePort;
import org.mssante.launcher.mail.MailLogin;

/** Mails of 50 MB, several at once, through the heap the services ship with, which is smaller than that of 512 MB. */
@Timeout(900)
class LargeMailIT {
    /** {@code -Dmssante.large.mails=20} takes its time and a gigabyte of disk. */
    private static final int MAILS = Integer.getInteger("mssante.large.mails", 6);

    private static final int OCTETS = 50_000_000;
    private static final int LINE = 57;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    @Test
    void mailsOf50MegabytesSentAtOnceArriveOctetForOctet() throws Exception {
        Program.assumeInstalled("curl");
        TestInstance prepared = TestInstance.prepare("large")
                .set(ServiceKind.SERVER, "smtp.message.max.bytes", Integer.toString(OCTETS * 2))
                .set(ServiceKind.BRIDGE, "intake.max-message-bytes", Integer.toString(OCTETS * 3));
        try (TestInstance instance = prepared.up()) {
            Set<String> sent = new HashSet<>();
            List<Future<String>> submissions = new ArrayList<>();
            ExecutorService clients = Executors.newFixedThreadPool(MAILS);
            for (int i = 0; i < MAILS; i++) {
                Path mail = folder.resolve("mail-" + i);
                sent.add(write(mail, i));
                submissions.add(clients.submit(() -> submit(instance, mail)));
            }
            for (Future<String> submission : submissions) {
                assertThat(submission.get()).startsWith("250 ");
            }
            clients.shutdown();

            MailLogin.ByPassword reader = (MailLogin.ByPassword) instance.login(Mailboxes.COLLEAGUE);
            Awaitility.await("all are there")
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> new Mailboxes(instance).messageIds(reader).size() == MAILS);
            Set<String> received = new HashSet<>();
            for (int number = 1; number <= MAILS; number++) {
                received.add(bodyOf(instance, reader, number));
            }
            assertThat(received).isEqualTo(sent);
        }
    }

    /** Writes a mail with a body of its own; returns the body's SHA-256. */
    private static String write(Path mail, int number) throws IOException {
        MessageDigest digest = sha256();
        byte[] octets = new byte[LINE];
        Random random = new Random(number);
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(mail))) {
            file.write(("From: " + Mailboxes.PRACTITIONER + "\r\nTo: " + Mailboxes.COLLEAGUE + "\r\nSubject: grand "
                            + number + "\r\nMessage-ID: <grand-" + number + "@demo.medecin.mssante.fr>\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            OutputStream body = new DigestOutputStream(file, digest);
            for (int written = 0; written < OCTETS; written += LINE * 4 / 3 + 2) {
                random.nextBytes(octets);
                body.write(Base64.getEncoder().encode(octets));
                body.write('\r');
                body.write('\n');
            }
            body.flush();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String submit(TestInstance instance, Path mail) {
        MailLogin.ByPassword sender = (MailLogin.ByPassword) instance.login(Mailboxes.PRACTITIONER);
        String secret = "\0" + sender.combinedName() + "\0" + sender.password();
        try (SmtpDialogue smtp = SmtpDialogue.startTls(instance, ServicePort.SMTP_SUBMISSION, Optional.empty())) {
            smtp.say("EHLO poste.exemple.fr");
            smtp.say("AUTH PLAIN " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
            smtp.say("MAIL FROM:<" + Mailboxes.PRACTITIONER + ">");
            smtp.say("RCPT TO:<" + Mailboxes.COLLEAGUE + ">");
            smtp.say("DATA");
            return smtp.send(mail);
        }
    }

    /** The SHA-256 of a message's body as IMAP shows it. */
    private String bodyOf(TestInstance instance, MailLogin.ByPassword reader, int number) throws IOException {
        Path message = folder.resolve("received");
        Program.Result fetched = curl(
                instance,
                reader,
                List.of(
                        "imaps://" + instance.endpoint(ServicePort.IMAPS) + "/INBOX;MAILINDEX=" + number
                                + ";SECTION=TEXT",
                        "--output",
                        message.toString()));
        assertThat(fetched.exitCode()).as(fetched.err()).isZero();
        MessageDigest digest = sha256();
        try (InputStream body = new DigestInputStream(Files.newInputStream(message), digest)) {
            body.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The password goes over standard input: a command line is for everybody to see. */
    private static Program.Result curl(TestInstance instance, MailLogin.ByPassword login, List<String> request) {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--config",
                "-",
                "--cacert",
                instance.anchorBundle().toString()));
        command.addAll(request);
        return Program.run(
                new ProcessBuilder(command),
                "user = \"" + login.combinedName() + ":" + login.password() + "\"\n",
                LIMIT);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
