package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.SubjectTerm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.certs.AlternativeNames;
import org.mssante.certs.Profile;
import org.mssante.certs.Subject;
import org.mssante.certs.TestAuthority;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;
import org.mssante.it.client.ImapDialogue;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.MssanteCommand;
import org.mssante.it.client.Program;
import org.mssante.it.client.SmtpDialogue;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.instance.Traces;
import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServicePort;
import org.mssante.launcher.mail.MailLogin;

/** Mailboxes as people and machines use them: programs everybody has, a practice of two, a laboratory's server. */
@Timeout(600)
class ClientProgramsIT {
    private static final int REPORTS = 1_000;
    private static final Duration FOUR_YEARS = Duration.ofDays(4 * 366);
    private static final MailAddress SUSPENDED = MailAddress.parse("dr.suspendu@demo.medecin.mssante.fr");
    private static final MailAddress OUTSIDER = MailAddress.parse("noe.dupuits@demo.mssante.fr");

    private static TestInstance instance;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        MssanteCommand.tellWhatIsBuilt();
        instance = TestInstance.prepare("clients").withCertificates();
        issueBadCertificates();
        instance.up(ServiceKind.ANNUAIRE, ServiceKind.SERVER);
    }

    /** Each as good as the laboratory's own, but for what its name says. */
    private static void issueBadCertificates() {
        Path pki = instance.instance().certificates();
        Instant now = Instant.now();
        TestAuthority organisations = TestAuthority.organisations(pki);
        ofLaboratory(organisations, "expired", now.minus(FOUR_YEARS));
        ofLaboratory(organisations.namesake(), "unknown", now);
        organisations.publish(pki.resolve("crl/organisations.crl"), now, ofLaboratory(organisations, "revoked", now));
    }

    private static X509Certificate ofLaboratory(TestAuthority authority, String name, Instant at) {
        return authority.issue(
                instance.instance().certificates().resolve("bad").resolve(name),
                Profile.ORG_AUTH_CLI,
                new Subject("Paris (75)", "LABORATOIRE TEST", StructureId.siret("99900002900010"), "SIL-LABO-TEST"),
                AlternativeNames.none(),
                at);
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @Test
    void msmtpSendsWhatMbsyncFetches() throws IOException {
        Program.assumeInstalled("msmtp");
        Program.assumeInstalled("mbsync");
        String subject = "par msmtp " + UUID.randomUUID();
        Program.Result sent = Program.run(
                List.of(
                        "msmtp",
                        "--file=" + msmtp(Mailboxes.COLLEAGUE),
                        "--from=" + Mailboxes.COLLEAGUE,
                        Mailboxes.PRACTITIONER.toString()),
                letter(Mailboxes.COLLEAGUE.toString(), subject));
        assertThat(sent.exitCode()).as(sent.all()).isZero();

        Path maildir = Files.createDirectory(folder.resolve("maildir"));
        Path configuration = mbsync(Mailboxes.PRACTITIONER.toString(), Mailboxes.PRACTITIONER, maildir);
        fetches(configuration, maildir, subject);
    }

    @Test
    void mbsyncFetchesThePracticesMailUnderTheNameOfAMember() throws Exception {
        Program.assumeInstalled("mbsync");
        String subject = "pour mbsync " + UUID.randomUUID();
        laboratorySends(1, Mailboxes.PRACTICE, subject);

        Path maildir = Files.createDirectory(folder.resolve("maildir"));
        fetches(
                mbsync(Mailboxes.PRACTICE + "*" + Mailboxes.PRACTITIONER, Mailboxes.PRACTITIONER, maildir),
                maildir,
                subject);
    }

    @Test
    void twoMembersReadAndAnswerInThePracticesInboxAtOnceEachUnderHisOwnName() throws Exception {
        String subject = "pour le cabinet " + UUID.randomUUID();
        laboratorySends(1, Mailboxes.PRACTICE, subject);
        MailLogin.ByPassword first = instance.login(Mailboxes.PRACTICE, Mailboxes.PRACTITIONER);
        MailLogin.ByPassword second = instance.login(Mailboxes.PRACTICE, Mailboxes.COLLEAGUE);
        try (Store one = imap(first);
                Store other = imap(second)) {
            Message ofOne = found(one, subject);
            Message ofOther = found(other, subject);
            ofOne.setFlag(Flags.Flag.SEEN, true);
            ofOne.getFolder().close(false);
            ofOther.getFolder().close(false);
            assertThat(found(one, subject).isSet(Flags.Flag.SEEN)).isTrue();
            assertThat(found(other, subject).isSet(Flags.Flag.SEEN)).isFalse();
        }
        for (MailLogin.ByPassword member : List.of(first, second)) {
            Traces traces = instance.tracesFromNow();
            try (SmtpDialogue smtp = SmtpDialogue.startTls(instance, ServicePort.SMTP_SUBMISSION, Optional.empty())) {
                smtp.say("EHLO poste.example");
                assertThat(smtp.say("AUTH PLAIN "
                                + base64(member.mailbox() + "\0" + member.person() + "\0" + member.password())))
                        .startsWith("235 ");
                assertThat(send(smtp, Mailboxes.PRACTICE, Mailboxes.LABORATORY, "Re: " + subject))
                        .startsWith("250 ");
            }
            traces.await(
                    "the answer of " + member.person(),
                    Traces.is(Event.SUBMITTED)
                            .and(line -> line.get(Field.ACTOR)
                                    .orElse("")
                                    .equals(member.person().toString())));
        }
    }

    @Test
    void aLaboratorysServerSendsAThousandReportsInOneConnectionByItsCertificate() {
        String subject = "compte rendu " + UUID.randomUUID();
        laboratorySends(REPORTS, Mailboxes.COLLEAGUE, subject);
        Awaitility.await("all reports in the inbox")
                .atMost(TestInstance.PATIENCE)
                .until(() -> new Mailboxes(instance).search(instance.login(Mailboxes.COLLEAGUE), subject) == REPORTS);
    }

    @Test
    void whatAStrangerIsToldIsTheSameWhateverIsWrongAndTheTraceTellsItApart() {
        List<String> logIns = List.of(
                plain("", Mailboxes.PRACTITIONER.toString(), "faux"),
                plain("", "personne@demo.mssante.fr", "faux"),
                plain("", SUSPENDED.toString(), password(SUSPENDED)),
                plain("", Mailboxes.PRACTICE.toString(), "faux"),
                plain(Mailboxes.PRACTICE.toString(), OUTSIDER.toString(), password(OUTSIDER)));
        Traces traces = instance.tracesFromNow();
        List<String> replies = new ArrayList<>();
        for (String logIn : logIns) {
            try (SmtpDialogue smtp = SmtpDialogue.startTls(instance, ServicePort.SMTP_SUBMISSION, Optional.empty())) {
                smtp.say("EHLO poste.example");
                replies.add(smtp.say("AUTH PLAIN " + logIn));
            }
        }
        assertThat(replies).containsOnly("535 5.7.8 MSS-M02 Authentication failed.");
        List<TraceLine> lines = traces.find(Traces.is(Event.AUTHENTICATION_REFUSED));
        assertThat(lines).hasSize(logIns.size());
        assertThat(lines)
                .extracting(line -> line.get(Field.DETAIL).orElse(""))
                .containsExactly(
                        "wrong password, or one that opens no mail client: " + Mailboxes.PRACTITIONER,
                        "there is no mailbox personne@demo.mssante.fr",
                        "the mailbox " + SUSPENDED + " is SUSPENDED",
                        "a mailbox of type ORG has no password: " + Mailboxes.PRACTICE,
                        "MSS-M03, " + OUTSIDER + " has no right SEND in " + Mailboxes.PRACTICE);
        assertThat(traces.find(Traces.is(Event.DIRECTORY_BIND_REFUSED)))
                .extracting(line -> line.get(Field.DETAIL).orElse(""))
                .as("why the directory refused the other four")
                .containsExactly(
                        "wrong password",
                        "there is no such mailbox",
                        "the mailbox is SUSPENDED",
                        "a mailbox of type ORG has no password");
    }

    /** Over 587, 465, 143 and 993 through {@code openssl s_client}, which presents the certificate. */
    @ParameterizedTest
    @CsvSource({
        "clients/labo.test@demo.mssante.fr, '', GRANTED",
        "clients/labo.test@demo.mssante.fr, labo.test@demo.mssante.fr, GRANTED",
        "clients/dmp@demo.mssante.fr, labo.test@demo.mssante.fr, MSS-M54",
        "bad/expired, labo.test@demo.mssante.fr, MSS-T04",
        "bad/revoked, labo.test@demo.mssante.fr, MSS-T05",
        "bad/unknown, labo.test@demo.mssante.fr, MSS-T03",
    })
    void aCertificateOpensItsOwnMailboxAndAnyOtherIsToldWhyNot(String certificate, String mailbox, String answer) {
        boolean granted = answer.equals("GRANTED");
        String identity = mailbox.isEmpty() ? "=" : base64(mailbox);
        try (SmtpDialogue starting =
                        SmtpDialogue.startTls(instance, ServicePort.SMTP_SUBMISSION, Optional.of(certificate));
                SmtpDialogue atOnce =
                        SmtpDialogue.tlsAtOnce(instance, ServicePort.SMTP_SUBMISSIONS, Optional.of(certificate))) {
            for (SmtpDialogue smtp : List.of(starting, atOnce)) {
                assertThat(smtp.say("EHLO sil.example")).contains("EXTERNAL");
                assertThat(smtp.say("AUTH EXTERNAL " + identity))
                        .startsWith(granted ? "235 2.7.0 " : "535 5.7.8 " + answer + " ");
            }
        }
        for (ServicePort port : List.of(ServicePort.IMAP, ServicePort.IMAPS)) {
            try (ImapDialogue imap = ImapDialogue.open(instance, port, certificate)) {
                assertThat(imap.say("AUTHENTICATE EXTERNAL " + identity))
                        .startsWith(granted ? "OK " : "NO [AUTHENTICATIONFAILED] " + answer + " ");
                assertThat(imap.say("SELECT INBOX")).startsWith(granted ? "OK " : "NO ");
            }
        }
    }

    private static void laboratorySends(int letters, MailAddress recipient, String subject) {
        try (SmtpDialogue smtp = SmtpDialogue.startTls(
                instance, ServicePort.SMTP_SUBMISSION, Optional.of("clients/" + Mailboxes.LABORATORY))) {
            smtp.say("EHLO sil.example");
            assertThat(smtp.say("AUTH EXTERNAL =")).startsWith("235 ");
            for (int i = 0; i < letters; i++) {
                assertThat(send(smtp, Mailboxes.LABORATORY, recipient, subject)).startsWith("250 ");
            }
        }
    }

    private static String send(SmtpDialogue smtp, MailAddress from, MailAddress to, String subject) {
        assertThat(smtp.say("MAIL FROM:<" + from + ">")).startsWith("250 ");
        assertThat(smtp.say("RCPT TO:<" + to + ">")).startsWith("250 ");
        assertThat(smtp.say("DATA")).startsWith("354 ");
        return smtp.say(letter(from.toString(), subject).replace("\n", "\r\n") + ".");
    }

    private static String letter(String from, String subject) {
        return "From: " + from + "\nSubject: " + subject + "\nMessage-ID: <" + UUID.randomUUID()
                + "@sil.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n\nBonjour.\n";
    }

    private Path msmtp(MailAddress person) throws IOException {
        Endpoint smtp = instance.endpoint(ServicePort.SMTP_SUBMISSION);
        return ownFile(
                "msmtprc",
                String.join(
                        "\n",
                        "account default",
                        "host localhost",
                        "port " + smtp.port(),
                        "tls on",
                        "tls_starttls on",
                        "tls_trust_file " + instance.anchorBundle(),
                        "auth plain",
                        "user " + person,
                        "password " + password(person),
                        ""));
    }

    private static void fetches(Path configuration, Path maildir, String subject) {
        Awaitility.await("the message in the Maildir")
                .atMost(TestInstance.PATIENCE)
                .untilAsserted(() -> {
                    Program.Result fetched =
                            Program.run(List.of("mbsync", "--config=" + configuration, "--pull", "inbox"));
                    assertThat(fetched.exitCode()).as(fetched.all()).isZero();
                    assertThat(files(maildir))
                            .anySatisfy(text -> assertThat(text).contains("Subject: " + subject));
                });
    }

    /** The program's own choice of a mechanism: PLAIN, with the user name as authorization identity, too. */
    private Path mbsync(String user, MailAddress person, Path maildir) throws IOException {
        Endpoint imap = instance.endpoint(ServicePort.IMAPS);
        return ownFile(
                "mbsyncrc",
                String.join(
                        "\n",
                        "IMAPStore far",
                        "Host localhost",
                        "Port " + imap.port(),
                        "SSLType IMAPS",
                        "CertificateFile " + instance.anchorBundle(),
                        "SystemCertificates no",
                        "User " + user,
                        "Pass \"" + password(person) + "\"",
                        "",
                        "MaildirStore near",
                        "Path " + maildir + "/",
                        "Inbox " + maildir + "/INBOX",
                        "",
                        "Channel inbox",
                        "Far :far:INBOX",
                        "Near :near:INBOX",
                        "Create Near",
                        "SyncState *",
                        ""));
    }

    /** With the rights these programs ask of a file that holds a password. */
    private Path ownFile(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
        assertThat(file.toFile().setReadable(false, false) && file.toFile().setReadable(true, true))
                .isTrue();
        return file;
    }

    private static List<String> files(Path maildir) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(maildir.resolve("INBOX"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return texts;
    }

    private static String password(MailAddress person) {
        return instance.login(person, person).password();
    }

    private static Store imap(MailLogin.ByPassword login) throws MessagingException {
        Endpoint endpoint = instance.endpoint(ServicePort.IMAPS);
        Properties properties = new Properties();
        properties.put(
                "mail.imaps.ssl.socketFactory",
                TlsContexts.trusting(instance.instance().anchors()).getSocketFactory());
        Store store = Session.getInstance(properties).getStore("imaps");
        store.connect(endpoint.host(), endpoint.port(), login.combinedName(), login.password());
        return store;
    }

    private static Message found(Store store, String subject) {
        return Awaitility.await("the message " + subject)
                .atMost(TestInstance.PATIENCE)
                .until(() -> search(store, subject), found -> found.length == 1)[0];
    }

    private static Message[] search(Store store, String subject) throws MessagingException {
        Folder inbox = store.getFolder("INBOX");
        inbox.open(Folder.READ_WRITE);
        return inbox.search(new SubjectTerm(subject));
    }

    private static String plain(String authorization, String person, String password) {
        return base64(authorization + "\0" + person + "\0" + password);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
