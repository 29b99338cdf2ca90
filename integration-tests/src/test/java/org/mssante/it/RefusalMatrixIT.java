package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;
import org.mssante.it.client.Letters;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.MssanteCommand;
import org.mssante.it.client.OpenSslPeer;
import org.mssante.it.client.Program;
import org.mssante.it.client.SmtpDialogue;
import org.mssante.it.instance.AuditSpace;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.instance.Traces;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServicePort;
import org.mssante.launcher.mail.ReceivedMail;

/**
 * Every way to be refused that the trust space knows, with OpenSSL on the other side: servers that come to us and servers we
 * come to (mssante.md §2.8). A refusal has its code, its words and its line in the trace, and leaves nothing in a queue.
 */
@Timeout(300)
class RefusalMatrixIT {
    private static final List<String> PEERS = List.of(
            "cert-valide-audit",
            "tests-operateur",
            "cert-expire-audit",
            "cert-revoque-audit",
            "cert-non-igc-audit",
            "cert-cn-diff-dn-audit",
            "cert-no-match-audit",
            "sans-tls-audit",
            "cert-usage",
            "crl-expired",
            "ocsp-good",
            "cert-swapped",
            "cert-revoked-later");

    private static final Map<String, OpenSslPeer> SERVERS = new HashMap<>();

    @TempDir
    private static Path folder;

    private static TestInstance instance;
    private static AuditSpace space;
    private static int responder;

    /** Nobody else sends from it: whatever the trace tells of it, this test did. */
    private final String local = "it-" + UUID.randomUUID();

    private Traces traces;

    @BeforeAll
    static void start() throws IOException {
        Program.assumeInstalled("openssl");
        instance = TestInstance.prepare("refusals").withCertificates();
        space = new AuditSpace(instance);
        for (String name : PEERS) {
            SERVERS.put(name, new OpenSslPeer(instance.anchorBundle()));
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            responder = free.getLocalPort();
        }
        instance.set(
                        ServiceKind.SERVER,
                        "delivery.routes",
                        SERVERS.entrySet().stream()
                                .map(peer -> AuditSpace.domain(peer.getKey()) + "="
                                        + peer.getValue().endpoint())
                                .collect(Collectors.joining(",")))
                .set(ServiceKind.SERVER, "delivery.distrusted.attempts", "1")
                .set(ServiceKind.SERVER, "delivery.backoff", String.join(",", Collections.nCopies(120, "PT1S")))
                .set(ServiceKind.SERVER, "delivery.hold", "PT1S")
                .set(ServiceKind.SERVER, "trust.refresh", "PT1S")
                .set(ServiceKind.SERVER, "trust.fetch.backoff", "PT1S")
                .set(ServiceKind.SERVER, "trust.ocsp.responder", "http://127.0.0.1:" + responder)
                .up(ServiceKind.ANNUAIRE, ServiceKind.SERVER);
    }

    @AfterAll
    static void stop() {
        if (instance != null) {
            instance.close();
        }
        SERVERS.values().forEach(OpenSslPeer::close);
    }

    @BeforeEach
    void lookFromNowOn() {
        traces = instance.tracesFromNow();
    }

    // --- servers that come to us

    @ParameterizedTest
    @ValueSource(strings = {"cert-valide-audit", "tests-operateur"})
    void takesAMessageOfAListedServer(String name) {
        String id = local + "@" + AuditSpace.domain(name);
        try (SmtpDialogue smtp = between(name)) {
            assertThat(smtp.say(mailFrom(name))).startsWith("250 ");
            assertThat(smtp.say("RCPT TO:<" + Mailboxes.PRACTITIONER + ">")).startsWith("250 ");
            assertThat(smtp.say("DATA")).startsWith("354 ");
            assertThat(smtp.say(String.join(
                            "\r\n", "From: " + id, "Message-ID: <" + id + ">", "Subject: Audit", "", "Bonjour.", ".")))
                    .startsWith("250 ");
        }
        TraceLine line = traces.await("reception", Traces.about(id).and(Traces.is(Event.RECEIVED)));
        assertThat(line.get(Field.CERTIFICATE_SUBJECT)).hasValue(subject(name));
        traces.await("delivery", Traces.about(id).and(Traces.is(Event.DELIVERED)));
    }

    @ParameterizedTest
    @CsvSource({
        "cert-expire-audit, cert-expire-audit, 554 5.7.5, CERTIFICATE_EXPIRED",
        "cert-revoque-audit, cert-revoque-audit, 554 5.7.5, CERTIFICATE_REVOKED",
        "cert-non-igc-audit, cert-non-igc-audit, 554 5.7.5, CERTIFICATE_NOT_TRUSTED",
        "cert-cn-diff-dn-audit, cert-cn-diff-dn-audit, 550 5.7.1, CERTIFICATE_NOT_LISTED_FOR_DOMAIN",
        "cert-no-match-audit, cert-valide-audit, 550 5.7.1, CERTIFICATE_NOT_LISTED_FOR_DOMAIN",
        "sans-tls-audit, cert-valide-audit, 550 5.7.1, CERTIFICATE_NOT_LISTED_FOR_DOMAIN",
        "cert-usage, cert-usage, 554 5.7.5, CERTIFICATE_UNSUITABLE",
        "not-listed, cert-valide-audit, 550 5.7.1, SENDER_DOMAIN_NOT_LISTED",
    })
    void refusesAServerThatIsNotTheListedOne(String domain, String certificate, String code, Outcome outcome) {
        try (SmtpDialogue smtp = between(certificate)) {
            assertRefused(smtp, domain, code, outcome);
        }
        assertTraced(outcome, subject(certificate));
    }

    @Test
    void refusesASelfSignedCertificateThatCopiesNamesAndIdentifiersOfAListedOne() {
        Path copy = copyOf("cert-valide-audit");
        try (SmtpDialogue smtp = session(copy.toString())) {
            assertRefused(smtp, "cert-valide-audit", "554 5.7.5", Outcome.CERTIFICATE_NOT_TRUSTED);
        }
        assertTraced(Outcome.CERTIFICATE_NOT_TRUSTED, subject("cert-valide-audit"));
    }

    @Test
    void refusesAServerWithoutCertificate() {
        try (SmtpDialogue smtp = SmtpDialogue.startTls(instance, ServicePort.SMTP_MX, Optional.empty())) {
            assertThat(smtp.say("EHLO it.example")).startsWith("250");
            assertRefused(smtp, "cert-valide-audit", "554 5.7.1", Outcome.CLIENT_CERTIFICATE_MISSING);
        }
        assertTraced(Outcome.CLIENT_CERTIFICATE_MISSING);
    }

    /** Whoever stands between took STARTTLS out of what we offer, and the server goes on in clear. */
    @Test
    void refusesAServerThatGoesOnInClear() {
        try (SmtpDialogue smtp = SmtpDialogue.plain(instance.endpoint(ServicePort.SMTP_MX))) {
            assertThat(smtp.say("EHLO it.example")).contains("STARTTLS");
            String refusal = words("530 5.7.0", Outcome.TLS_REQUIRED);
            assertThat(smtp.say(mailFrom("sans-tls-audit"))).isEqualTo(refusal);
            assertThat(smtp.say("RCPT TO:<" + Mailboxes.PRACTITIONER + ">")).isEqualTo(refusal);
            assertThat(smtp.say("DATA")).isEqualTo(refusal);
        }
        traces.await(Event.COMMAND_REFUSED, Outcome.TLS_REQUIRED);
        assertNothingQueued();
    }

    @Test
    void speaksNoTls11WithAServer() {
        Program.Result handshake = Program.run(
                List.of(
                        "openssl",
                        "s_client",
                        "-connect",
                        instance.endpoint(ServicePort.SMTP_MX).toString(),
                        "-starttls",
                        "smtp",
                        "-tls1_1",
                        "-cipher",
                        "DEFAULT@SECLEVEL=0",
                        "-cert",
                        space.home("cert-valide-audit").resolve("cert.pem").toString(),
                        "-key",
                        space.home("cert-valide-audit").resolve("key.pem").toString()),
                "Q\n");
        assertThat(handshake.exitCode()).isNotZero();
        assertThat(handshake.all()).contains("alert protocol version");
        TraceLine line = traces.await("the failed handshake", Traces.is(Event.TLS_FAILED));
        assertThat(line.get(Field.DETAIL))
                .hasValueSatisfying(detail -> assertThat(detail).contains("protocol"));
        assertNothingQueued();
    }

    @Test
    void asksAServerToComeAgainWhileItsRevocationListHasExpired() {
        try (SmtpDialogue smtp = between("crl-expired")) {
            assertRefused(smtp, "crl-expired", "451 4.7.5", Outcome.REVOCATION_UNKNOWN);
        }
        assertTraced(Outcome.REVOCATION_UNKNOWN, subject("crl-expired"));
        OpenSslPeer peer = SERVERS.get("crl-expired").presenting(space.home("crl-expired"));
        String id = submit("crl-expired");
        TraceLine delayed = traces.await("delay", Traces.about(id).and(Traces.is(Event.RELAY_DELAYED)));
        assertThat(delayed.outcome()).contains(Outcome.REVOCATION_UNKNOWN);
        assertThat(peer.underTls()).isEmpty();

        space.renewExpiredList();

        traces.await("departure", Traces.about(id).and(Traces.is(Event.RELAYED)));
        try (SmtpDialogue smtp = between("crl-expired")) {
            assertThat(smtp.say(mailFrom("crl-expired"))).startsWith("250 ");
        }
    }

    @Test
    void asksAServerToComeAgainWhileTheOcspResponderIsDownAndBelievesItOnceItAnswers() throws IOException {
        for (String name : List.of("ocsp-good", "ocsp-revoked")) {
            try (SmtpDialogue smtp = between(name)) {
                assertRefused(smtp, name, "451 4.7.5", Outcome.REVOCATION_UNKNOWN);
            }
            assertTraced(Outcome.REVOCATION_UNKNOWN, subject(name));
        }
        OpenSslPeer peer = SERVERS.get("ocsp-good").presenting(space.home("ocsp-good"));
        String id = submit("ocsp-good");
        TraceLine delayed = traces.await("delay", Traces.about(id).and(Traces.is(Event.RELAY_DELAYED)));
        assertThat(delayed.outcome()).contains(Outcome.REVOCATION_UNKNOWN);
        assertThat(peer.underTls()).isEmpty();

        Process answering = startResponder();
        try {
            traces.await("departure", Traces.about(id).and(Traces.is(Event.RELAYED)));
            awaitReply("ocsp-good", "250 ");
            awaitReply("ocsp-revoked", words("554 5.7.5", Outcome.CERTIFICATE_REVOKED));
        } finally {
            answering.destroy();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsv1.2", "tlsv1.3"})
    void aResumedSessionIsNoWayAroundARevocationOrTheList(String version) throws IOException {
        String name = "cert-resumed-" + version;
        String option = "-tls1_" + version.charAt(version.length() - 1);
        String saved = folder.resolve(version).toString();
        try (SmtpDialogue smtp = session(space.home(name).toString(), "-quiet", option, "-sess_out", saved)) {
            assertThat(smtp.say(mailFrom(name))).startsWith("250 ");
            assertThat(smtp.say("QUIT")).startsWith("221 ");
            Awaitility.await("the session is saved").until(() -> Files.exists(Path.of(saved)));
        }
        boolean revoked = version.equals("tlsv1.2");
        if (revoked) {
            space.revoke(name);
        } else {
            space.strikeOff(name);
        }
        try (SmtpDialogue smtp = session(space.home(name).toString(), "-nocommands", option, "-sess_in", saved)) {
            assertThat(smtp.aside()).anyMatch(line -> line.startsWith("Reused, TLSv1"));
            if (revoked) {
                assertRefused(smtp, name, "554 5.7.5", Outcome.CERTIFICATE_REVOKED);
            } else {
                assertRefused(smtp, name, "550 5.7.1", Outcome.CERTIFICATE_NOT_LISTED_FOR_DOMAIN);
            }
        }
        assertTraced(revoked ? Outcome.CERTIFICATE_REVOKED : Outcome.CERTIFICATE_NOT_LISTED_FOR_DOMAIN, subject(name));
    }

    @Test
    void aListThatChangesDuringASessionCountsForItsNextMessage() {
        try (SmtpDialogue smtp = between("cert-delisted");
                SmtpDialogue client = laboratory()) {
            assertThat(smtp.say(mailFrom("cert-delisted"))).startsWith("250 ");
            assertThat(smtp.say("RSET")).startsWith("250 ");
            assertThat(client.say("MAIL FROM:<" + Mailboxes.LABORATORY + ">")).startsWith("250 ");
            String recipient = "RCPT TO:<" + local + "@" + AuditSpace.domain("cert-delisted") + ">";
            assertThat(client.say(recipient)).startsWith("250 ");

            space.strikeOffAll("cert-delisted");

            assertRefused(smtp, "cert-delisted", "550 5.7.1", Outcome.SENDER_DOMAIN_NOT_LISTED);
            assertThat(client.say(recipient)).isEqualTo(words("550 5.7.1", Outcome.RECIPIENT_OUTSIDE_TRUST_SPACE));
        }
        traces.await(Event.COMMAND_REFUSED, Outcome.SENDER_DOMAIN_NOT_LISTED);
        traces.await(Event.COMMAND_REFUSED, Outcome.RECIPIENT_OUTSIDE_TRUST_SPACE);
        assertNothingQueued();
    }

    // --- servers we come to

    @ParameterizedTest
    @ValueSource(strings = {"cert-valide-audit", "tests-operateur"})
    void handsAMessageToAListedServer(String name) {
        OpenSslPeer peer = SERVERS.get(name).presenting(space.home(name));
        String id = submit(name);
        TraceLine line = traces.await("departure", Traces.about(id).and(Traces.is(Event.RELAYED)));
        assertThat(line.get(Field.CERTIFICATE_SUBJECT)).hasValue(subject(name));
        assertThat(line.get(Field.REPLY)).hasValue("250 2.0.0 Taken");
        assertThat(peer.inClear()).isEmpty();
        assertThat(peer.underTls()).anyMatch(told -> told.startsWith("MAIL FROM:<" + Mailboxes.PRACTITIONER + ">"));
    }

    @ParameterizedTest
    @CsvSource({
        "cert-expire-audit, cert-expire-audit, CERTIFICATE_EXPIRED",
        "cert-revoque-audit, cert-revoque-audit, CERTIFICATE_REVOKED",
        "cert-non-igc-audit, cert-non-igc-audit, CERTIFICATE_NOT_TRUSTED",
        "cert-cn-diff-dn-audit, cert-cn-diff-dn-audit, PEER_NOT_TRUSTED",
        "cert-no-match-audit, cert-valide-audit, PEER_NOT_TRUSTED",
        "cert-usage, cert-usage, CERTIFICATE_UNSUITABLE",
    })
    void tellsNothingToAServerThatIsNotTheListedOneAndReturnsTheMessage(
            String domain, String certificate, Outcome outcome) throws IOException, MessagingException {
        OpenSslPeer peer = SERVERS.get(domain).presenting(space.home(certificate));
        TraceLine line = assertReturned(domain, outcome);
        assertThat(line.get(Field.CERTIFICATE_SUBJECT)).hasValue(subject(certificate));
        assertToldNothing(peer);
    }

    @Test
    void tellsNothingToASelfSignedServerThatCopiesNamesAndIdentifiersOfTheListedOne()
            throws IOException, MessagingException {
        OpenSslPeer peer = SERVERS.get("tests-operateur");
        int before = peer.underTls().size();
        peer.presenting(copyOf("tests-operateur"));
        assertReturned("tests-operateur", Outcome.CERTIFICATE_NOT_TRUSTED);
        assertThat(peer.underTls()).hasSize(before);
        assertThat(peer.inClear()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tellsNothingInClear(boolean startTlsOffered) throws IOException, MessagingException {
        OpenSslPeer peer = SERVERS.get("sans-tls-audit");
        if (startTlsOffered) {
            peer.refusingStartTls();
        }
        assertReturned("sans-tls-audit", Outcome.PEER_WITHOUT_TLS);
        assertToldNothing(peer);
    }

    @Test
    void aCertificateRevokedAndARowStruckOffCountForTheNextMessageToTheSameServer()
            throws IOException, MessagingException {
        for (String name : List.of("cert-revoked-later", "cert-swapped")) {
            OpenSslPeer peer = SERVERS.get(name).presenting(space.home(name));
            String first = submit(name);
            traces.await("departure", Traces.about(first).and(Traces.is(Event.RELAYED)));
            int told = peer.underTls().size();
            if (name.equals("cert-swapped")) {
                space.strikeOff(name);
                assertReturned(name, Outcome.PEER_NOT_TRUSTED);
            } else {
                space.revoke(name);
                assertReturned(name, Outcome.CERTIFICATE_REVOKED);
            }
            assertThat(peer.underTls()).hasSize(told);
        }
    }

    @Test
    void speaksNoTls11ToAServer() {
        OpenSslPeer peer = SERVERS.get("cert-valide-audit");
        int before = peer.underTls().size();
        peer.presenting(
                space.home("cert-valide-audit"), "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0", "-sigalgs", "ECDSA+SHA1");
        String id = submit("cert-valide-audit");
        TraceLine delayed = traces.await("delay", Traces.about(id).and(Traces.is(Event.RELAY_DELAYED)));
        assertThat(delayed.outcome()).contains(Outcome.PEER_UNREACHABLE);
        assertThat(delayed.get(Field.DETAIL))
                .hasValueSatisfying(detail -> assertThat(detail).contains("SSLHandshakeException"));
        assertThat(peer.underTls()).hasSize(before);
        assertThat(peer.inClear()).isEmpty();
        peer.presenting(space.home("cert-valide-audit"));
        traces.await("departure", Traces.about(id).and(Traces.is(Event.RELAYED)));
    }

    // --- what both have in common

    private SmtpDialogue between(String certificate) {
        return session(space.home(certificate).toString(), "-quiet");
    }

    private static SmtpDialogue session(String identity) {
        return session(identity, "-quiet");
    }

    private static SmtpDialogue session(String identity, String... options) {
        SmtpDialogue smtp = SmtpDialogue.startTls(instance, ServicePort.SMTP_MX, Optional.of(identity), options);
        assertThat(smtp.say("EHLO it.example")).startsWith("250");
        return smtp;
    }

    private static SmtpDialogue laboratory() {
        SmtpDialogue smtp = SmtpDialogue.startTls(
                instance, ServicePort.SMTP_SUBMISSION, Optional.of("clients/" + Mailboxes.LABORATORY));
        assertThat(smtp.say("EHLO it.example")).contains("EXTERNAL");
        assertThat(smtp.say("AUTH EXTERNAL "
                        + Base64.getEncoder()
                                .encodeToString(Mailboxes.LABORATORY.toString().getBytes(StandardCharsets.UTF_8))))
                .startsWith("235 ");
        return smtp;
    }

    private String mailFrom(String domain) {
        return "MAIL FROM:<" + local + "@" + AuditSpace.domain(domain) + ">";
    }

    /** At MAIL FROM, in these words, and nothing else is possible then. */
    private void assertRefused(SmtpDialogue smtp, String domain, String code, Outcome outcome) {
        assertThat(smtp.say(mailFrom(domain))).isEqualTo(words(code, outcome));
        assertThat(smtp.say("RCPT TO:<" + Mailboxes.PRACTITIONER + ">")).startsWith("503 ");
        assertThat(smtp.say("DATA")).startsWith("503 ");
    }

    private static String words(String code, Outcome outcome) {
        return code + " " + outcome.code() + " " + outcome.english();
    }

    private void assertTraced(Outcome outcome) {
        assertTraced(outcome, line -> true);
    }

    private void assertTraced(Outcome outcome, String subject) {
        assertTraced(outcome, Traces.has(Field.CERTIFICATE_SUBJECT, subject));
    }

    private void assertTraced(Outcome outcome, Predicate<TraceLine> more) {
        TraceLine line = traces.await(
                outcome.code() + " about " + local,
                Traces.is(Event.COMMAND_REFUSED)
                        .and(Traces.is(outcome))
                        .and(ours())
                        .and(more));
        assertThat(line.get(Field.PEER)).isPresent();
        assertThat(line.get(Field.LIST_DATE)).isPresent();
        assertThat(line.get(Field.REPLY))
                .hasValueSatisfying(reply -> assertThat(reply).contains(outcome.code()));
        assertNothingQueued();
    }

    private void assertNothingQueued() {
        assertThat(traces.find(ours().and(Traces.is(Event.COMMAND_REFUSED).negate())))
                .isEmpty();
        for (String queue : List.of("spool", "outgoing", "bridge")) {
            Program.Result listed = MssanteCommand.within(instance, "queue", "list", "--queue", queue, "--json");
            assertThat(listed.exitCode()).as(listed.all()).isZero();
            assertThat(listed.out()).doesNotContain(local);
        }
    }

    private Predicate<TraceLine> ours() {
        return line -> line.values().values().stream().anyMatch(value -> value.contains(local));
    }

    private String submit(String domain) {
        return new Letters(instance)
                .submit(Mailboxes.PRACTITIONER, MailAddress.parse(local + "@" + AuditSpace.domain(domain)), "Audit");
    }

    /** A message for the domain comes back with the reason, and is in no queue any more. */
    private TraceLine assertReturned(String domain, Outcome why) throws IOException, MessagingException {
        String id = submit(domain);
        TraceLine line = traces.await("return", Traces.about(id).and(Traces.is(Event.BOUNCED)));
        assertThat(line.outcome()).contains(why);
        assertThat(line.get(Field.PEER)).isPresent();
        ReceivedMail report = new Mailboxes(instance)
                .awaitReplyTo(instance.login(Mailboxes.PRACTITIONER, Mailboxes.PRACTITIONER), id);
        assertThat(report.parts().stream()
                        .map(part -> new String(part.content(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("\n")))
                .contains(
                        why.french(),
                        why.english(),
                        why.code(),
                        "Action: failed",
                        "Status: " + why.enhancedStatus().orElseThrow(),
                        "Final-Recipient: rfc822; " + local + "@" + AuditSpace.domain(domain));
        assertThat(traces.find(Traces.about(id).and(Traces.is(Event.RELAYED)))).isEmpty();
        assertThat(MssanteCommand.within(instance, "queue", "list", "--queue", "outgoing", "--json")
                        .out())
                .doesNotContain(local);
        return line;
    }

    private static void assertToldNothing(OpenSslPeer peer) {
        assertThat(peer.inClear()).isEmpty();
        assertThat(peer.underTls()).isEmpty();
    }

    private String subject(String certificate) {
        return space.leaf(certificate).getSubjectX500Principal().getName(X500Principal.RFC2253);
    }

    /** All of a certificate but its issuer's word: another key, the same subject, serial number and identifiers. */
    private Path copyOf(String name) {
        Path copy = folder.resolve("copy-of-" + name);
        Path key = copy.resolve("key.pem");
        Path certificate = copy.resolve("cert.pem");
        run("mkdir", "-p", copy.toString());
        run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key.toString());
        run(
                "openssl",
                "x509",
                "-in",
                space.home(name).resolve("cert.pem").toString(),
                "-signkey",
                key.toString(),
                "-out",
                certificate.toString());
        String serial = run("openssl", "x509", "-in", certificate.toString(), "-noout", "-serial");
        assertThat(serial)
                .containsIgnoringCase(space.leaf(name).getSerialNumber().toString(16));
        return copy;
    }

    private static String run(String... command) {
        Program.Result result = Program.run(List.of(command));
        assertThat(result.exitCode()).as(result.all()).isZero();
        return result.out();
    }

    private void awaitReply(String domain, String beginning) {
        Awaitility.await("the answer about " + domain)
                .atMost(TestInstance.PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    try (SmtpDialogue smtp = between(domain)) {
                        assertThat(smtp.say(mailFrom(domain))).startsWith(beginning);
                    }
                });
    }

    /** {@code openssl ocsp} with the index of an authority (see {@code openssl-ca}). */
    private static Process startResponder() throws IOException {
        List<String> index = new ArrayList<>();
        String serial = space.leaf("ocsp-good").getSerialNumber().toString(16);
        index.add(String.join("\t", "V", "400101000000Z", "", even(serial), "unknown", "/CN=good"));
        String revoked = space.leaf("ocsp-revoked").getSerialNumber().toString(16);
        index.add(String.join("\t", "R", "400101000000Z", "250101000000Z", even(revoked), "unknown", "/CN=revoked"));
        Path file = Files.write(folder.resolve("index.txt"), index, StandardCharsets.US_ASCII);
        Path authority = space.home("responder");
        return new ProcessBuilder(
                        "openssl",
                        "ocsp",
                        "-index",
                        file.toString(),
                        "-port",
                        Integer.toString(responder),
                        "-CA",
                        authority.resolve("cert.pem").toString(),
                        "-rsigner",
                        authority.resolve("cert.pem").toString(),
                        "-rkey",
                        authority.resolve("key.pem").toString(),
                        "-ndays",
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("responder.log").toFile())
                .start();
    }

    /** Serial numbers of an index have whole octets, in capitals. */
    private static String even(String hexadecimal) {
        String digits = hexadecimal.length() % 2 == 0 ? hexadecimal : "0" + hexadecimal;
        return digits.toUpperCase(Locale.ROOT);
    }
}
