package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.it.client.Keycloak;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.MssanteCommand;
import org.mssante.it.client.Program;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.instance.Traces;
import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServicePort;

/** Log-in by access token of a real identity provider, shaped like Pro Santé Connect, with the clients people use. */
@Timeout(300)
class ConnectIT {
    private static final int KEYCLOAK_PORT = 10844;
    private static final String SOFTWARE = "logiciel-de-cabinet";
    private static final String SHORT_LIVED = "logiciel-aux-jetons-courts";
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static TestInstance instance;
    private static Keycloak keycloak;

    @BeforeAll
    static void start() throws IOException {
        MssanteCommand.tellWhatIsBuilt();
        instance = TestInstance.prepare("connect").withCertificates();
        keycloak = Keycloak.start(
                KEYCLOAK_PORT + instance.instance().portOffset(),
                instance.instance().certificates().resolve("operator"),
                instance.instance().anchors());
        Path secret =
                Files.writeString(instance.instance().runDir().resolve("connect.secret"), "secret-de-l-operateur");
        instance.set(ServiceKind.SERVER, "connect.issuer", keycloak.issuer())
                .set(ServiceKind.SERVER, "connect.keys.url", keycloak.keys().toString())
                .set(ServiceKind.SERVER, "connect.clients", SOFTWARE + "," + SHORT_LIVED)
                .set(ServiceKind.SERVER, "connect.clock.tolerance", TOLERANCE.toString())
                .set(
                        ServiceKind.SERVER,
                        "connect.introspection.url",
                        keycloak.introspection().toString())
                .set(ServiceKind.SERVER, "connect.introspection.client", "operateur")
                .set(ServiceKind.SERVER, "connect.introspection.secret-file", secret.toString())
                .up(ServiceKind.ANNUAIRE, ServiceKind.SERVER);
    }

    @AfterAll
    static void stop() {
        instance.close();
        keycloak.close();
    }

    @Test
    void jakartaMailSendsAndReadsByXoauth2() throws Exception {
        String token = keycloak.logIn(SOFTWARE).access();
        String subject = "par jeton " + Instant.now();
        MimeMessage message = new MimeMessage(session("smtp"));
        message.setFrom(new InternetAddress(Mailboxes.PRACTITIONER.toString()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(Mailboxes.PRACTITIONER.toString()));
        message.setSubject(subject, "UTF-8");
        message.setText("Bonjour", "UTF-8");
        message.saveChanges();
        try (Transport transport = message.getSession().getTransport("smtp")) {
            connect(transport, ServicePort.SMTP_SUBMISSION, token);
            transport.sendMessage(message, message.getAllRecipients());
        }
        Awaitility.await("the message").atMost(TestInstance.PATIENCE).untilAsserted(() -> {
            try (Store store = session("imap").getStore("imap")) {
                connect(store, ServicePort.IMAP, token);
                try (Folder inbox = store.getFolder("INBOX")) {
                    inbox.open(Folder.READ_ONLY);
                    assertThat(inbox.getMessages())
                            .anySatisfy(one -> assertThat(one.getSubject()).isEqualTo(subject));
                }
            }
        });
    }

    @Test
    void curlReadsThePracticesInboxByOauthbearerUnderThePersonsName() {
        Program.assumeInstalled("curl");
        Traces traces = instance.tracesFromNow();
        Program.Result result = curl(
                "OAUTHBEARER",
                Mailboxes.PRACTICE.toString(),
                keycloak.logIn(SOFTWARE).access());
        assertThat(result.exitCode()).as(result.all()).isZero();
        assertThat(result.out()).contains("INBOX");
        traces.await(
                "the log-in",
                Traces.is(Event.AUTHENTICATED)
                        .and(line -> line.get(Field.ACTOR).orElse("").equals(Mailboxes.PRACTITIONER.toString()))
                        .and(line -> line.get(Field.ON_BEHALF_OF).orElse("").equals(Mailboxes.PRACTICE.toString())));
    }

    @Test
    void aSessionOutlivesItsTokenAndTheTokenOpensNoOther() throws Exception {
        String token = keycloak.logIn(SHORT_LIVED).access();
        Instant end = Instant.now().plus(Keycloak.SHORT_LIFE).plus(TOLERANCE).plusSeconds(1);
        try (Store store = session("imaps").getStore("imaps")) {
            connect(store, ServicePort.IMAPS, token);
            Awaitility.await("the end of the token")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> Instant.now().isAfter(end));
            assertThat(store.getFolder("INBOX").exists()).isTrue();
            try (Store other = session("imaps").getStore("imaps")) {
                assertThatThrownBy(() -> connect(other, ServicePort.IMAPS, token))
                        .isInstanceOf(AuthenticationFailedException.class);
            }
        }
    }

    @Test
    void aTokenWhoseSessionHasEndedAtItsIssuerOpensNothing() {
        Keycloak.Tokens tokens = keycloak.logIn(SOFTWARE);
        keycloak.logOut(SOFTWARE, tokens);
        refused(tokens.access(), "withdrawn");
    }

    @Test
    void aTokenOfASoftwareNobodyNamedOpensNothing() {
        refused(keycloak.logIn("logiciel-inconnu").access(), "connect.clients");
    }

    private static void refused(String token, String why) {
        Traces traces = instance.tracesFromNow();
        try (Store store = session("imaps").getStore("imaps")) {
            assertThatThrownBy(() -> connect(store, ServicePort.IMAPS, token))
                    .isInstanceOf(AuthenticationFailedException.class);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
        traces.await(
                "the refusal",
                Traces.is(Event.AUTHENTICATION_REFUSED)
                        .and(line -> line.get(Field.DETAIL).orElse("").contains(why)));
    }

    private static Program.Result curl(String mechanism, String user, String token) {
        Endpoint imap = instance.endpoint(ServicePort.IMAP);
        return Program.run(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--ssl-reqd",
                "--cacert",
                instance.anchorBundle().toString(),
                "--login-options",
                "AUTH=" + mechanism,
                "--user",
                user + ":",
                "--oauth2-bearer",
                token,
                "imap://localhost:" + imap.port() + "/"));
    }

    private static void connect(jakarta.mail.Service service, ServicePort port, String token)
            throws MessagingException {
        Endpoint endpoint = instance.endpoint(port);
        service.connect(endpoint.host(), endpoint.port(), Mailboxes.PRACTITIONER.toString(), token);
    }

    private static Session session(String protocol) {
        Properties properties = new Properties();
        String prefix = "mail." + protocol + ".";
        properties.put(prefix + "auth.mechanisms", "XOAUTH2");
        properties.put(prefix + "auth", "true");
        properties.put(prefix + "starttls.required", Boolean.toString(!protocol.endsWith("s")));
        properties.put(prefix + "starttls.enable", Boolean.toString(!protocol.endsWith("s")));
        properties.put(prefix + "ssl.checkserveridentity", "false");
        properties.put(
                prefix + "ssl.socketFactory",
                TlsContexts.trusting(instance.instance().anchors()).getSocketFactory());
        return Session.getInstance(properties);
    }
}
