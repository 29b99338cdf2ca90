package org.mssante.annuaire.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.registry.FlagMotive;
import org.mssante.annuaire.registry.NoticeOutbox;
import org.mssante.certs.SharedPki;
import org.mssante.core.id.MailAddress;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;
import org.subethamail.smtp.AuthenticationHandler;
import org.subethamail.smtp.AuthenticationHandlerFactory;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** Notices go to a real SMTP server over TLS, logged in by client certificate. */
final class NoticeSenderTest {
    private static final MailAddress MAILBOX = MailAddress.parse("noe.dupuits@demo.mssante.fr");
    private static final MailAddress FROM = MailAddress.parse("annuaire@demo.mssante.fr");
    private static final MailAddress ADMINISTRATOR = MailAddress.parse("admin@demo.mssante.fr");
    private static final LifeCyclePolicy SUSPEND = new LifeCyclePolicy(true, Duration.ofDays(30));

    @TempDir
    Path folder;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final List<byte[]> mails = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> refusals = new HashMap<>();
    private ReviewFixture annuaire;
    private NoticeOutbox outbox;
    private SMTPServer server;

    @BeforeEach
    void open() throws IOException {
        annuaire = new ReviewFixture(folder);
        outbox = new NoticeOutbox(annuaire.database);
        server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .serverSocketFactory(() -> {
                    SSLServerSocket socket = (SSLServerSocket)
                            operator().getServerSocketFactory().createServerSocket();
                    socket.setNeedClientAuth(true);
                    return socket;
                })
                .authenticationHandlerFactory(new External())
                .messageHandlerFactory(Recorder::new)
                .build();
        server.start();
        annuaire.flags.raise(
                annuaire.mailbox(MAILBOX.toString()),
                FlagMotive.HOLDER_LEFT,
                ReviewFixture.NOTE,
                List.of(MAILBOX, ADMINISTRATOR));
        annuaire.trace.clear();
    }

    @AfterEach
    void close() throws IOException {
        server.stop();
        annuaire.close();
    }

    @Test
    void tellsEachInFrenchWhatIsTheMatterAndWhatWillCome() throws MessagingException, IOException {
        send(SUSPEND);

        assertThat(log)
                .containsExactly("AUTH EXTERNAL " + FROM, "FROM ", "TO " + MAILBOX, "FROM ", "TO " + ADMINISTRATOR);
        MimeMessage mail =
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mails.get(0)));
        assertThat(mail.getSubject()).isEqualTo("Boîte MSSanté " + MAILBOX + " : situation à vérifier");
        assertThat(mail.getFrom()[0]).hasToString(FROM.toString());
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat((String) mail.getContent())
                .contains("signalée depuis le 20 novembre 2026")
                .contains("son titulaire ne figure plus au répertoire national")
                .contains("suspendue à partir du 20 décembre 2026")
                .contains("(" + ADMINISTRATOR + ")");
        assertThat(outbox.waiting()).isEmpty();
        assertThat(annuaire.trace)
                .allSatisfy(entry -> assertThat(entry.event()).isEqualTo(Event.NOTICE_SENT))
                .extracting(entry -> entry.fields().get(Field.TO))
                .containsExactly(MAILBOX.toString(), ADMINISTRATOR.toString());
    }

    @Test
    void promisesNoSuspensionThatThePolicyDoesNotKnow() throws MessagingException, IOException {
        send(new LifeCyclePolicy(false, Duration.ofDays(30)));

        MimeMessage mail =
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mails.get(0)));
        assertThat((String) mail.getContent()).contains("Aucune suspension").doesNotContain("sera suspendue");
    }

    @Test
    void tellsTheOthersWhereOneIsRefusedForGood() {
        refusals.put(MAILBOX.toString(), 550);
        send(SUSPEND);

        assertThat(mails).hasSize(1);
        assertThat(outbox.waiting()).isEmpty();
        assertThat(annuaire.trace)
                .extracting(TraceEntry::event)
                .containsExactly(Event.NOTICE_REFUSED, Event.NOTICE_SENT);
    }

    @Test
    void keepsWhatTheServerDoesNotTakeNowAndSendsTheSameMailLater() throws MessagingException {
        refusals.put(ADMINISTRATOR.toString(), 451);
        send(SUSPEND);
        assertThat(outbox.waiting())
                .singleElement()
                .satisfies(notice -> assertThat(notice.recipient()).isEqualTo(ADMINISTRATOR));

        refusals.clear();
        send(SUSPEND);
        assertThat(outbox.waiting()).isEmpty();
        assertThat(mails).hasSize(2);
    }

    @Test
    void oneThatWaitsKeepsTheOthersFromNothing() {
        refusals.put(MAILBOX.toString(), 451);
        send(SUSPEND);

        assertThat(log).contains("TO " + ADMINISTRATOR);
        assertThat(outbox.waiting())
                .singleElement()
                .satisfies(notice -> assertThat(notice.recipient()).isEqualTo(MAILBOX));
    }

    @Test
    void keepsAllWhereTheSenderIsRefused() {
        refusals.put("", 550);
        send(SUSPEND);

        assertThat(outbox.waiting()).hasSize(2);
        assertThat(annuaire.trace).isEmpty();
    }

    @Test
    void keepsAllWhereNobodyAnswers() {
        server.stop();
        send(SUSPEND);

        assertThat(outbox.waiting()).hasSize(2);
        assertThat(annuaire.trace).isEmpty();
    }

    private void send(LifeCyclePolicy policy) {
        Path certs = SharedPki.folder();
        NoticeSubmission submission = new NoticeSubmission(
                "127.0.0.1",
                server.getPortAllocated(),
                FROM,
                certs.resolve("clients/" + FROM),
                certs.resolve("anchors"),
                Duration.ofSeconds(20));
        new NoticeSender(outbox, submission, policy, Optional.of(ADMINISTRATOR), annuaire.trace::add).sendWaiting();
    }

    private static SSLContext operator() {
        Path certs = SharedPki.folder();
        return TlsContexts.mutual(
                KeyMaterial.load(certs.resolve("operator")), PemFiles.certificatesOfFolder(certs.resolve("anchors")));
    }

    /** Takes EXTERNAL and notes the authorization identity. */
    private final class External implements AuthenticationHandlerFactory, AuthenticationHandler {
        @Override
        public List<String> getAuthenticationMechanisms() {
            return List.of("EXTERNAL");
        }

        @Override
        public AuthenticationHandler create() {
            return this;
        }

        @Override
        public Optional<String> auth(String clientInput, MessageContext context) {
            String[] words = clientInput.split(" ", -1);
            log.add("AUTH EXTERNAL "
                    + new String(Base64.getDecoder().decode(words[words.length - 1]), StandardCharsets.UTF_8));
            return Optional.empty();
        }

        @Override
        public Object getIdentity() {
            return FROM;
        }
    }

    private final class Recorder implements MessageHandler {
        Recorder(MessageContext context) {
            assertThat(context.getRemoteAddress()).isNotNull();
        }

        @Override
        public void from(String from) throws RejectException {
            if (refusals.containsKey(from)) {
                throw new RejectException(refusals.get(from), "refused by the test");
            }
            log.add("FROM " + from);
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            if (refusals.containsKey(recipient)) {
                throw new RejectException(refusals.get(recipient), "refused by the test");
            }
            log.add("TO " + recipient);
        }

        @Override
        public String data(InputStream data) throws IOException {
            mails.add(data.readAllBytes());
            return "2.0.0 ok";
        }

        @Override
        public void done() {}
    }
}
