package org.mssante.server.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.apache.james.core.MaybeSender;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.core.id.MailDomain;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.queue.JdbcMailQueue;
import org.mssante.server.trust.CertificateVerifier;
import org.mssante.server.trust.DistinguishedName;
import org.mssante.server.trust.ListedTrustSpace;
import org.mssante.server.trust.RecordedTrace;
import org.mssante.server.trust.TestPki;
import org.mssante.server.trust.TrustList;
import org.mssante.server.trust.TrustSpace;

/** Real sockets, real TLS, real certificates, a real queue; only time and disk are left out. */
class OutboundDeliveryTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final MailDomain CHU = new MailDomain("chu.mssante.fr");
    private static final MailDomain CLINIC = new MailDomain("clinique.mssante.fr");
    private static final Clock CLOCK = Clock.fixed(TestPki.NOW, ZoneOffset.UTC);
    private static final List<Duration> DELAYS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15));
    private static final Duration DATA_END = Duration.ofMinutes(2);
    private static final String CONTENT = String.join(
            "\r\n",
            "From: dr@demo.mssante.fr",
            "Subject: Compte rendu",
            "Message-ID: <m1@demo.mssante.fr>",
            "",
            "Bonjour",
            ".point",
            "..",
            "");

    private final TestPki pki = new TestPki();
    private KeyMaterial ours = pki.issue(pki.server(TestPki.dn("smtp.demo.mssante.fr")));
    private final KeyMaterial theirs = pki.issue(pki.server(TestPki.dn("smtp.chu.mssante.fr")));
    private final List<X509Certificate> anchors = pki.authorities().all();
    private final AtomicReference<List<X509CRL>> revocations = new AtomicReference<>(pki.revoking());
    private final CertificateVerifier certificates = new CertificateVerifier(pki.authorities(), revocations::get);
    private final Map<MailDomain, Set<DistinguishedName>> listed = new HashMap<>();
    private final Map<MailDomain, List<HostPort>> routes = new HashMap<>();
    private final RecordedTrace trace = new RecordedTrace();
    private final TestQueues queues = new TestQueues(DATABASE, trace);
    private final JdbcMailQueue outgoing = queues.outgoing();
    private final JdbcMailQueue spool = queues.spool();
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void closeAll() throws Exception {
        over.countDown();
        for (AutoCloseable one : opened) {
            one.close();
        }
        watchdog.shutdownNow();
    }

    @Test
    void handsAMessageToTheListedServerUnderMutualTlsOctetForOctet() throws Exception {
        ScriptedSmtpServer chu = peer(CHU, theirs);
        send("dr@demo.mssante.fr", "a@chu.mssante.fr", "b@chu.mssante.fr");

        awaitSettled();
        assertThat(chu.messages()).containsExactly(CONTENT);
        assertThat(chu.clients()).singleElement().asString().contains("smtp.demo.mssante.fr");
        assertThat(chu.commands())
                .containsExactly(
                        "EHLO smtp.demo.mssante.fr",
                        "STARTTLS",
                        "EHLO smtp.demo.mssante.fr",
                        "MAIL FROM:<dr@demo.mssante.fr> SIZE=" + CONTENT.length() + " BODY=8BITMIME",
                        "RCPT TO:<a@chu.mssante.fr>",
                        "RCPT TO:<b@chu.mssante.fr>",
                        "DATA",
                        "QUIT");
        assertThat(trace.of(Event.RELAYED))
                .singleElement()
                .satisfies(line -> assertThat(line.fields())
                        .containsEntry(Field.MESSAGE_ID, "m1@demo.mssante.fr")
                        .containsEntry(Field.TO, "a@chu.mssante.fr b@chu.mssante.fr")
                        .containsEntry(Field.ATTEMPT, "1")
                        .containsEntry(Field.REPLY, "250 2.0.0 taken")
                        .containsEntry(
                                Field.CERTIFICATE_SERIAL,
                                theirs.leaf().getSerialNumber().toString(16))
                        .containsEntry(Field.LIST_DATE, TestPki.NOW.toString()));
    }

    @Test
    void presentsARenewedCertificateToTheNextServer() throws Exception {
        ScriptedSmtpServer chu = peer(CHU, theirs);
        send("dr@demo.mssante.fr", "a@chu.mssante.fr");
        awaitSettled();
        ours = pki.issue(pki.server(TestPki.dn("smtp2.demo.mssante.fr")));
        put(mail("dr@demo.mssante.fr", "b@chu.mssante.fr"));

        await().untilAsserted(() -> assertThat(chu.clients()).hasSize(2));
        assertThat(chu.clients().get(0)).contains("smtp.demo.mssante.fr");
        assertThat(chu.clients().get(1)).contains("smtp2.demo.mssante.fr");
    }

    @Test
    void tellsNothingToAServerWithoutTls() throws Exception {
        ScriptedSmtpServer chu = new ScriptedSmtpServer(Optional.empty(), anchors);
        route(CHU, theirs, chu);
        send("dr@demo.mssante.fr", "a@chu.mssante.fr");

        awaitSettled();
        assertThat(chu.commands()).isSubsetOf("EHLO smtp.demo.mssante.fr", "QUIT");
        assertThat(chu.messages()).isEmpty();
        await().untilAsserted(
                        () -> assertThat(trace.outcomesOf(Event.BOUNCED)).containsExactly(Outcome.PEER_WITHOUT_TLS));
        assertThat(waits()).containsExactly(DELAYS.get(0));
    }

    @Test
    void tellsNothingToAServerWhoseStartTlsIsStripped() throws Exception {
        ScriptedSmtpServer chu = peer(CHU, theirs);
        chu.answer(command -> command.equals("STARTTLS") ? Optional.of("454 not now") : Optional.empty());
        send("dr@demo.mssante.fr", "a@chu.mssante.fr");

        awaitSettled();
        assertThat(chu.commands()).isSubsetOf("EHLO smtp.demo.mssante.fr", "STARTTLS", "(connection lost)");
        await().untilAsserted(
                        () -> assertThat(trace.outcomesOf(Event.BOUNCED)).containsExactly(Outcome.PEER_WITHOUT_TLS));
    }

    @Test
    void tellsNothingToAServerThatIsNotTheListedOne() throws Exception {
        KeyMaterial expired = pki.issue(pki.server(TestPki.dn("smtp.chu.mssante.fr"))
                .inForce(TestPki.NOW.minusSeconds(9_999), TestPki.NOW.minusSeconds(99)));
        KeyMaterial revoked = pki.issue(pki.server(TestPki.dn("smtp.chu.mssante.fr")));
        revocations.set(pki.revoking(revoked.leaf()));
        Map<Outcome, KeyMaterial> peers = Map.of(
                Outcome.PEER_NOT_TRUSTED,
                pki.issue(pki.server(TestPki.dn("smtp.autre.mssante.fr"))),
                Outcome.CERTIFICATE_NOT_TRUSTED,
                pki.selfSigned(TestPki.dn("smtp.chu.mssante.fr")),
                Outcome.CERTIFICATE_EXPIRED,
                expired,
                Outcome.CERTIFICATE_REVOKED,
                revoked);
        Map<Outcome, ScriptedSmtpServer> servers = new HashMap<>();
        peers.forEach((outcome, key) -> {
            MailDomain domain = new MailDomain(outcome.code() + ".mssante.fr");
            ScriptedSmtpServer server = new ScriptedSmtpServer(Optional.of(key), anchors);
            route(domain, theirs, server);
            servers.put(outcome, server);
        });
        start();
        for (Outcome outcome : peers.keySet()) {
            put(mail("dr@demo.mssante.fr", "a@" + outcome.code() + ".mssante.fr"));
        }

        awaitSettled();
        await().untilAsserted(() ->
                assertThat(trace.outcomesOf(Event.BOUNCED)).containsExactlyInAnyOrderElementsOf(peers.keySet()));
        servers.values().forEach(server -> {
            assertThat(server.commands()).isSubsetOf("EHLO smtp.demo.mssante.fr", "STARTTLS", "(connection lost)");
            assertThat(server.messages()).isEmpty();
        });
        assertThat(trace.of(Event.RELAYED)).isEmpty();
    }

    @Test
    void waitsWhereTheRevocationStatusIsUnknownAndDeliversOnceItIsKnown() throws Exception {
        ScriptedSmtpServer chu = peer(CHU, theirs);
        revocations.set(List.of());
        AtomicInteger lookups = new AtomicInteger();
        chu.answer(command -> {
            if (command.equals("GREETING") && lookups.incrementAndGet() == 2) {
                revocations.set(pki.revoking());
            }
            return Optional.empty();
        });
        send("dr@demo.mssante.fr", "a@chu.mssante.fr");

        awaitSettled();
        assertThat(trace.outcomesOf(Event.RELAY_DELAYED)).contains(Outcome.REVOCATION_UNKNOWN);
        assertThat(chu.messages()).hasSize(1);
    }

    @Test
    void returnsAMessageForADomainOutsideTheTrustSpaceAtOnce() throws Exception {
        send("dr@demo.mssante.fr", "a@ailleurs.fr");

        awaitSettled();
        await().untilAsserted(() ->
                assertThat(trace.outcomesOf(Event.BOUNCED)).containsExactly(Outcome.RECIPIENT_OUTSIDE_TRUST_SPACE));
        assertThat(waits()).isEmpty();
        assertThat(report()).contains("MSS-T10", "Status: 5.7.1", "Final-Recipient: rfc822; a@ailleurs.fr");
    }

    @Test
    void tellsTheSenderInBothLanguagesWhatThePeerRefused() throws Exception {
        ScriptedSmtpServer chu = peer(CHU, theirs);
        chu.answer(command ->
                command.startsWith("RCPT TO:<inconnu") ? Optional.of("550 5.1.1 no such box") : Optional.empty());
        send("dr@demo.mssante.fr", "inconnu@chu.mssante.fr", "connu@chu.mssante.fr");

        awaitSettled();
        assertThat(chu.messages()).hasSize(1);
        assertThat(trace.valuesOf(Event.RELAYED, Field.TO)).containsExactly("connu@chu.mssante.fr");
        await().untilAsserted(() ->
                assertThat(trace.valuesOf(Event.BOUNCED, Field.TO)).containsExactly("inconnu@chu.mssante.fr"));
        Mail bounce = spool.look(1).get(0).mail();
        assertThat(bounce.getMaybeSender().isNullSender()).isTrue();
        assertThat(bounce.getRecipients()).extracting(Object::toString).containsExactly("dr@demo.mssante.fr");
        assertThat(bounce.getMessage().getContentType())
                .startsWith("multipart/report")
                .contains("report-type=delivery-status");
        assertThat(bounce.getMessage().getHeader("Auto-Submitted")).containsExactly("auto-replied");
        assertThat(bounce.getMessage().getHeader("In-Reply-To")).containsExactly("<m1@demo.mssante.fr>");
        assertThat(bounce.getMessage().getSubject()).isEqualTo("Message non distribué / Undelivered message");
        assertThat(report())
                .contains(
                        "Reporting-MTA: dns; smtp.demo.mssante.fr",
                        "Action: failed",
                        "Status: 5.1.1",
                        "Remote-MTA: dns; 127.0.0.1",
                        "Diagnostic-Code: smtp; 550 5.1.1 no such box",
                        "Subject: Compte rendu")
                .contains("could not be delivered")
                .doesNotContain("connu@chu.mssante.fr\r\nAction: failed\r\nStatus: 5.1.1\r\nRemote-MTA: connu")
                .doesNotContain("Bonjour");
        assertThat(((MimeMultipart) bounce.getMessage().getContent())
                        .getBodyPart(0)
                        .getContent()
                        .toString())
                .contains("n'a pas pu être remis", Outcome.REFUSED_BY_PEER.french(), Outcome.REFUSED_BY_PEER.english());
    }

    @Test
    void triesAgainAsTheBackOffSaysThenGivesUp() throws Exception {
        ScriptedSmtpServer chu = peer(CHU, theirs);
        chu.answer(command -> command.startsWith("RCPT") ? Optional.of("451 4.3.0 later") : Optional.empty());
        send("dr@demo.mssante.fr", "a@chu.mssante.fr");

        awaitSettled();
        assertThat(waits()).containsExactlyElementsOf(DELAYS);
        assertThat(trace.valuesOf(Event.RELAY_DELAYED, Field.ATTEMPT)).containsExactly("1", "2", "3");
        assertThat(trace.outcomesOf(Event.RELAY_DELAYED)).containsOnly(Outcome.DEFERRED_BY_PEER);
        await().untilAsserted(
                        () -> assertThat(trace.outcomesOf(Event.BOUNCED)).containsExactly(Outcome.DELIVERY_EXPIRED));
        assertThat(report()).contains("Status: 4.4.7", "Diagnostic-Code: smtp; 451 4.3.0 later");
    }

    @Test
    void a8BitMessageIsReturnedWhereThePeerDoesNotOffer8BitMime() throws Exception {
        ScriptedSmtpServer chu = withoutExtensions();
        put(mailOf(CONTENT + "Opéré\r\n", "dr@demo.mssante.fr", "a@chu.mssante.fr"));
        start();

        awaitSettled();
        assertThat(chu.messages()).isEmpty();
        await().untilAsserted(() ->
                assertThat(trace.outcomesOf(Event.BOUNCED)).containsExactly(Outcome.PEER_WITHOUT_8BITMIME));
        assertThat(report()).contains("Status: 5.6.3");
    }

    @Test
    void aMessageInAsciiGoesToAPeerWithoutExtensions() throws Exception {
        ScriptedSmtpServer chu = withoutExtensions();
        send("dr@demo.mssante.fr", "a@chu.mssante.fr");

        awaitSettled();
        assertThat(chu.messages()).containsExactly(CONTENT);
        assertThat(chu.commands()).contains("MAIL FROM:<dr@demo.mssante.fr>");
    }

    @Test
    void aSenderWhoAskedHearsThatAServerWithoutDsnHasTakenTheMessage() throws Exception {
        ScriptedSmtpServer chu = peer(CHU, theirs);
        put(asking("dr@demo.mssante.fr", "a@chu.mssante.fr"));
        start();

        awaitSettled();
        assertThat(chu.commands()).contains("RCPT TO:<a@chu.mssante.fr>");
        assertThat(report())
                .contains(
                        "Action: relayed",
                        "Status: 2.0.0",
                        "Original-Envelope-Id: lot-7",
                        "Original-Recipient: rfc822; alias@chu.mssante.fr",
                        "Remote-MTA: dns; 127.0.0.1",
                        "Diagnostic-Code: smtp; 250 2.0.0 taken");
        assertThat(trace.valuesOf(Event.ARRIVAL_REPORTED, Field.TO)).containsExactly("a@chu.mssante.fr");
    }

    @Test
    void aServerWithDsnTakesOverWhatTheSenderAskedFor() throws Exception {
        ScriptedSmtpServer chu = peer(CHU, theirs);
        chu.answer(command -> command.startsWith("EHLO")
                ? Optional.of("250-test\r\n250-STARTTLS\r\n250-DSN\r\n250 8BITMIME")
                : Optional.empty());
        put(asking("dr@demo.mssante.fr", "a@chu.mssante.fr"));
        start();

        awaitSettled();
        assertThat(chu.commands())
                .contains(
                        "MAIL FROM:<dr@demo.mssante.fr> BODY=8BITMIME RET=HDRS ENVID=lot-7",
                        "RCPT TO:<a@chu.mssante.fr> NOTIFY=FAILURE,SUCCESS ORCPT=rfc822;alias@chu.mssante.fr");
        assertThat(spool.getSize()).as("reports").isZero();
    }

    private static MailImpl asking(String from, String to) throws Exception {
        MailImpl mail = mail(from, to);
        mail.setDsnParameters(DsnParameters.builder()
                .envId(DsnParameters.EnvId.of("lot-7"))
                .ret(DsnParameters.Ret.HDRS)
                .addRcptParameter(
                        new org.apache.james.core.MailAddress(to),
                        DsnParameters.RecipientDsnParameters.of(
                                java.util.EnumSet.of(DsnParameters.Notify.SUCCESS, DsnParameters.Notify.FAILURE),
                                new org.apache.james.core.MailAddress("alias@chu.mssante.fr")))
                .build()
                .orElseThrow());
        return mail;
    }

    private ScriptedSmtpServer withoutExtensions() {
        ScriptedSmtpServer server = peer(CHU, theirs);
        AtomicBoolean underTls = new AtomicBoolean();
        server.answer(command -> {
            if (command.equals("STARTTLS")) {
                underTls.set(true);
            }
            return command.startsWith("EHLO")
                    ? Optional.of(underTls.get() ? "250 test" : "250-test\r\n250 STARTTLS")
                    : Optional.empty();
        });
        return server;
    }

    @Test
    void attemptsThatFailedOtherwiseDoNotCountAsThoseAtAPeerThatIsNotTheListedOne() throws Exception {
        ScriptedSmtpServer chu = peer(CHU, theirs);
        AtomicInteger connections = new AtomicInteger();
        chu.answer(command -> {
            if (command.equals("GREETING") && connections.incrementAndGet() <= 2) {
                return Optional.of("421 4.3.2 not now");
            }
            return command.equals("STARTTLS") && connections.get() == 3 ? Optional.of("454 no") : Optional.empty();
        });
        send("dr@demo.mssante.fr", "a@chu.mssante.fr");

        awaitSettled();
        assertThat(trace.outcomesOf(Event.RELAY_DELAYED))
                .containsExactly(Outcome.PEER_UNREACHABLE, Outcome.PEER_UNREACHABLE, Outcome.PEER_WITHOUT_TLS);
        assertThat(chu.messages()).hasSize(1);
    }

    @Test
    void whatAPeerHasTakenIsSettledThoughItDoesNotAnswerToQuit() throws Exception {
        ScriptedSmtpServer chu = peer(CHU, theirs);
        chu.answer(command -> {
            if (command.equals("QUIT")) {
                hang();
            }
            return Optional.empty();
        });
        send("dr@demo.mssante.fr", "a@chu.mssante.fr");

        awaitSettled();
        assertThat(trace.valuesOf(Event.RELAYED, Field.TO)).containsExactly("a@chu.mssante.fr");
    }

    @Test
    void theAnswerToAWholeMessageIsWaitedForWithinALimitOfItsOwn() throws Exception {
        ScriptedSmtpServer chu = peer(CHU, theirs);
        AtomicBoolean hangs = new AtomicBoolean(true);
        chu.answer(command -> {
            if (command.equals("CONTENT") && hangs.getAndSet(false)) {
                hang();
            }
            return Optional.empty();
        });
        put(mail("dr@demo.mssante.fr", "a@chu.mssante.fr"));
        start(Duration.ofSeconds(3));

        awaitSettled();
        assertThat(trace.outcomesOf(Event.RELAY_DELAYED)).contains(Outcome.PEER_UNREACHABLE);
        assertThat(trace.valuesOf(Event.RELAYED, Field.TO)).containsExactly("a@chu.mssante.fr");
    }

    @Test
    void takesTheNextServerWhereTheFirstIsDown() throws Exception {
        ScriptedSmtpServer down = new ScriptedSmtpServer(Optional.of(theirs), anchors);
        down.close();
        ScriptedSmtpServer chu = peer(CHU, theirs);
        routes.put(CHU, List.of(down.address(), chu.address()));
        send("dr@demo.mssante.fr", "a@chu.mssante.fr");

        awaitSettled();
        assertThat(chu.messages()).hasSize(1);
    }

    @Test
    void aMessageThatAServerMayHaveTakenIsNotGivenToTheNextOne() throws Exception {
        ScriptedSmtpServer first = peer(CHU, theirs);
        AtomicBoolean hangsUp = new AtomicBoolean(true);
        first.answer(command -> command.equals("CONTENT") && hangsUp.getAndSet(false)
                ? Optional.of(ScriptedSmtpServer.HANG_UP)
                : Optional.empty());
        ScriptedSmtpServer next = new ScriptedSmtpServer(Optional.of(theirs), anchors);
        opened.add(next);
        routes.put(CHU, List.of(first.address(), next.address()));
        send("dr@demo.mssante.fr", "a@chu.mssante.fr");

        awaitSettled();
        assertThat(first.messages()).hasSize(2);
        assertThat(next.messages()).isEmpty();
        assertThat(trace.outcomesOf(Event.RELAY_DELAYED)).containsExactly(Outcome.PEER_UNREACHABLE);
        assertThat(trace.valuesOf(Event.RELAYED, Field.TO)).containsExactly("a@chu.mssante.fr");
    }

    @Test
    void aMessageThatCannotBeReadIsNoFaultOfThePeersAndIsKeptForTheOperator() throws Exception {
        ScriptedSmtpServer first = peer(CHU, theirs);
        ScriptedSmtpServer next = new ScriptedSmtpServer(Optional.of(theirs), anchors);
        opened.add(next);
        routes.put(CHU, List.of(first.address(), next.address()));
        put(mail("dr@demo.mssante.fr", "a@chu.mssante.fr"));
        DATABASE.database().transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("DELETE FROM body_chunk");
            }
        });
        start();

        awaitSettled();
        assertThat(first.messages()).isEmpty();
        assertThat(next.commands()).isEmpty();
        assertThat(Set.copyOf(trace.outcomesOf(Event.RELAY_DELAYED))).containsExactly(Outcome.STORAGE_UNAVAILABLE);
        await().untilAsserted(
                        () -> assertThat(trace.outcomesOf(Event.QUARANTINED)).containsExactly(Outcome.SET_ASIDE));
        assertThat(queues.kept()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "HDRS, Les en-têtes du message sont joints., The headers of the message are attached., text/rfc822-headers",
        "FULL, Le message entier est joint., The whole message is attached., message/rfc822"
    })
    void theReportSaysHowMuchOfTheMessageItBrings(DsnParameters.Ret ret, String french, String english, String type)
            throws Exception {
        MailImpl mail = mail("dr@demo.mssante.fr", "a@ailleurs.fr");
        mail.setDsnParameters(DsnParameters.builder().ret(ret).build().orElseThrow());
        put(mail);
        start();

        awaitSettled();
        MimeMultipart parts =
                (MimeMultipart) spool.look(1).get(0).mail().getMessage().getContent();
        assertThat(parts.getBodyPart(0).getContent().toString()).contains(french, english);
        assertThat(parts.getBodyPart(2).getContentType()).startsWith(type);
    }

    @Test
    void aDestinationThatHangsDelaysNoOther() throws Exception {
        ScriptedSmtpServer clinic = peer(CLINIC, theirs);
        ScriptedSmtpServer chu = peer(CHU, theirs);
        chu.answer(command -> {
            hang();
            return Optional.empty();
        });
        start();
        for (int i = 0; i < 10; i++) {
            put(mail("dr@demo.mssante.fr", "a@chu.mssante.fr"));
        }
        put(mail("dr@demo.mssante.fr", "a@clinique.mssante.fr", "b@chu.mssante.fr"));

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(clinic.messages()).hasSize(1));
        assertThat(chu.messages()).isEmpty();
    }

    @Test
    void manyDomainsOfOneOperatorThatHangsDelayNoOther() throws Exception {
        ScriptedSmtpServer clinic = peer(CLINIC, theirs);
        ScriptedSmtpServer chu = peer(CHU, theirs);
        chu.answer(command -> {
            hang();
            return Optional.empty();
        });
        for (int i = 0; i < 6; i++) {
            route(new MailDomain("d" + i + ".chu.mssante.fr"), theirs, chu);
        }
        start();
        for (int i = 0; i < 6; i++) {
            put(mail("dr@demo.mssante.fr", "a@d" + i + ".chu.mssante.fr"));
        }
        await().untilAsserted(() -> assertThat(outgoing.depth().inHand()).isPositive());
        put(mail("dr@demo.mssante.fr", "a@clinique.mssante.fr"));

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(clinic.messages()).hasSize(1));
        assertThat(chu.messages()).isEmpty();
    }

    @Test
    void aReportThatFailsItselfIsSetAsideAndTraced() throws Exception {
        put(mail("<>", "a@ailleurs.fr"));
        start();

        awaitSettled();
        assertThat(spool.getSize()).isZero();
        assertThat(queues.kept())
                .singleElement()
                .satisfies(mail -> assertThat(mail.getRecipients())
                        .extracting(Object::toString)
                        .containsExactly("a@ailleurs.fr"));
        await().untilAsserted(() ->
                assertThat(trace.outcomesOf(Event.QUARANTINED)).containsExactly(Outcome.RECIPIENT_OUTSIDE_TRUST_SPACE));
    }

    @Test
    void aSenderWhoAskedForNoReportGetsNone() throws Exception {
        MailImpl mail = mail("dr@demo.mssante.fr", "a@ailleurs.fr");
        mail.setDsnParameters(DsnParameters.builder()
                .addRcptParameter(
                        new org.apache.james.core.MailAddress("a@ailleurs.fr"),
                        DsnParameters.RecipientDsnParameters.of(java.util.EnumSet.of(DsnParameters.Notify.NEVER)))
                .build()
                .orElseThrow());
        put(mail);
        start();

        awaitSettled();
        assertThat(spool.getSize()).isZero();
        await().untilAsserted(() -> assertThat(trace.outcomesOf(Event.BOUNCED)).hasSize(1));
    }

    @Test
    void theBridgeIsTriedUntilItTakesTheMessageWhateverItAnswers() throws Exception {
        KeyMaterial bridge = pki.issue(pki.server(TestPki.dn("passerelle-dmp")));
        ScriptedSmtpServer intake = new ScriptedSmtpServer(Optional.of(bridge), anchors);
        opened.add(intake);
        AtomicInteger contents = new AtomicInteger();
        intake.answer(command -> command.equals("CONTENT") && contents.incrementAndGet() < 6
                ? Optional.of(contents.get() % 2 == 0 ? "550 no" : "451 later")
                : Optional.empty());
        handToBridge(intake, bridge.leaf());
        put(mail("labo@demo.mssante.fr", "dr@demo.mssante.fr", "autre@demo.medecin.mssante.fr"));

        awaitSettled();
        assertThat(waits()).containsExactly(DELAYS.get(0), DELAYS.get(1), DELAYS.get(2), DELAYS.get(2), DELAYS.get(2));
        assertThat(trace.valuesOf(Event.HANDED_TO_BRIDGE, Field.TO))
                .containsExactly("autre@demo.medecin.mssante.fr dr@demo.mssante.fr");
        assertThat(trace.outcomesOf(Event.RELAY_DELAYED)).contains(Outcome.REFUSED_BY_PEER, Outcome.DEFERRED_BY_PEER);
        assertThat(trace.of(Event.BOUNCED)).isEmpty();
    }

    @Test
    void anotherServerInTheBridgesPlaceIsToldNothing() throws Exception {
        ScriptedSmtpServer impostor = new ScriptedSmtpServer(Optional.of(theirs), anchors);
        opened.add(impostor);
        handToBridge(impostor, ours.leaf());
        put(mail("labo@demo.mssante.fr", "dr@demo.mssante.fr"));

        await().untilAsserted(() -> assertThat(trace.outcomesOf(Event.RELAY_DELAYED))
                .hasSizeGreaterThan(2)
                .containsOnly(Outcome.PEER_NOT_TRUSTED));
        assertThat(impostor.messages()).isEmpty();
        assertThat(outgoing.getSize()).isPositive();
    }

    private void handToBridge(ScriptedSmtpServer intake, X509Certificate expected) {
        OutboundDelivery delivery = new OutboundDelivery(
                outgoing,
                DATABASE.database(),
                new BridgeHandOver(
                        intake.address(),
                        new ExpectedPeer(DistinguishedName.of(expected.getSubjectX500Principal()), certificates, CLOCK),
                        relay(DATA_END)),
                BackOff.endless(DELAYS),
                mail -> {
                    throw new AssertionError("nothing is given up on the way to the bridge");
                },
                queues.notices(),
                new DeliveryLimits(2, 1, Duration.ofMillis(1), Duration.ZERO),
                trace,
                CLOCK);
        opened.add(0, delivery);
        delivery.start();
    }

    private void send(String from, String... to) throws Exception {
        put(mail(from, to));
        start();
    }

    private void start() {
        start(DATA_END);
    }

    private void start(Duration dataEnd) {
        TrustList list = new TrustList(TestPki.NOW, listed, List.of());
        TrustSpace space = new ListedTrustSpace(() -> Optional.of(list), certificates, CLOCK);
        Routes fixed = new ConfiguredRoutes(routes, domain -> new Routes.Lookup.Unknown("no route to " + domain));
        OutboundDelivery delivery = new OutboundDelivery(
                outgoing,
                DATABASE.database(),
                new OperatorHandOver(space, fixed, relay(dataEnd)),
                new BackOff(DELAYS, BackOff.Patience.LIMITED, 2),
                queues.givingUp(),
                queues.notices(),
                new DeliveryLimits(6, 2, Duration.ofMillis(1), Duration.ZERO),
                trace,
                CLOCK);
        opened.add(0, delivery);
        delivery.start();
    }

    private SmtpRelay relay(Duration dataEnd) {
        return new SmtpRelay(
                () -> ours,
                new SmtpClientSettings(
                        "smtp.demo.mssante.fr",
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        dataEnd,
                        Duration.ofMinutes(3)),
                watchdog);
    }

    private ScriptedSmtpServer peer(MailDomain domain, KeyMaterial key) {
        ScriptedSmtpServer server = new ScriptedSmtpServer(Optional.of(key), anchors);
        route(domain, key, server);
        return server;
    }

    private void route(MailDomain domain, KeyMaterial listedKey, ScriptedSmtpServer server) {
        opened.add(server);
        routes.put(domain, List.of(server.address()));
        listed.computeIfAbsent(domain, name -> new HashSet<>())
                .add(DistinguishedName.of(listedKey.leaf().getSubjectX500Principal()));
    }

    /** Ends are traced after the commit that empties the queue: who asserts them waits for them. */
    private void awaitSettled() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(outgoing.getSize()).isZero());
    }

    /** The one report in the spool, as it would be sent. */
    private String report() throws Exception {
        assertThat(spool.getSize()).isEqualTo(1);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        spool.look(1).get(0).mail().getMessage().writeTo(text);
        return text.toString(ISO_8859_1);
    }

    /** How long the message waited after each attempt, as the trace says. */
    private List<Duration> waits() {
        return trace.valuesOf(Event.RELAY_DELAYED, Field.RULE).stream()
                .map(rule -> Duration.parse(rule.substring(rule.lastIndexOf(' ') + 1)))
                .toList();
    }

    /** The queue keeps its own copy. */
    private void put(MailImpl mail) throws Exception {
        outgoing.enQueue(mail);
        mail.dispose();
    }

    private static MailImpl mail(String from, String... to) throws Exception {
        return mailOf(CONTENT, from, to);
    }

    private static MailImpl mailOf(String content, String from, String... to) throws Exception {
        return MailImpl.builder()
                .name("mail-" + MailImpl.getId())
                .sender(MaybeSender.getMailSender(from))
                .addRecipients(to)
                .mimeMessage(new MimeMessage(
                        Session.getInstance(new Properties()), new ByteArrayInputStream(content.getBytes(ISO_8859_1))))
                .build();
    }

    /** Until the test is over. */
    private void hang() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
