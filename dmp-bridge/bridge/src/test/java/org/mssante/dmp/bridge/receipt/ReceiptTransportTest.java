package org.mssante.dmp.bridge.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.mssante.certs.SharedPki;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.bridge.ledger.DocumentOutcome;
import org.mssante.dmp.bridge.ledger.DocumentState;
import org.mssante.dmp.bridge.ledger.OwedReceipt;
import org.mssante.dmp.bridge.ledger.StoredMessage;
import org.subethamail.smtp.AuthenticationHandler;
import org.subethamail.smtp.AuthenticationHandlerFactory;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** Receipts go to a real SMTP server over TLS, logged in by client certificate. */
class ReceiptTransportTest {
    private static final String MAILBOX = "dmp@demo.mssante.fr";

    private static final Path CERTS = SharedPki.folder();

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private int refuseWith;

    @Test
    void submitsByExternalFromNobody() throws Exception {
        assertThat(sent(OwedReceipt.Kind.NOTIFICATION)).isInstanceOf(ReceiptTransport.Result.Accepted.class);
        assertThat(log).containsExactly("AUTH EXTERNAL " + MAILBOX, "FROM ", "TO labo.test@demo.mssante.fr", "DATA");
    }

    @Test
    void triesAgainAfterATransientReply() throws Exception {
        refuseWith = 451;
        assertThat(sent(OwedReceipt.Kind.MAIL)).isInstanceOf(ReceiptTransport.Result.Later.class);
    }

    @Test
    void endsAfterAPermanentReply() throws Exception {
        refuseWith = 550;
        assertThat(sent(OwedReceipt.Kind.MAIL)).isInstanceOf(ReceiptTransport.Result.Rejected.class);
    }

    @Test
    void triesAgainWhereNobodyListens() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(send(free, OwedReceipt.Kind.MAIL)).isInstanceOf(ReceiptTransport.Result.Later.class);
    }

    private ReceiptTransport.Result sent(OwedReceipt.Kind kind) throws MessagingException {
        SMTPServer server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .serverSocketFactory(() -> {
                    SSLServerSocket socket = (SSLServerSocket)
                            context("operator").getServerSocketFactory().createServerSocket();
                    socket.setNeedClientAuth(true);
                    return socket;
                })
                .authenticationHandlerFactory(new External())
                .messageHandlerFactory(Recorder::new)
                .build();
        server.start();
        try {
            return send(server.getPortAllocated(), kind);
        } finally {
            server.stop();
        }
    }

    private static ReceiptTransport.Result send(int port, OwedReceipt.Kind kind) throws MessagingException {
        ReceiptTransport transport = new ReceiptTransport(new Submission(
                "127.0.0.1", port, MailAddress.parse(MAILBOX), context("clients/" + MAILBOX), Duration.ofSeconds(20)));
        StoredMessage original = new StoredMessage(
                1,
                "test-1@demo.mssante.fr",
                "labo.test@demo.mssante.fr",
                List.of("dr.test@demo.medecin.mssante.fr"),
                Instant.EPOCH,
                Samples.mail("Content-Type: text/plain\r\n\r\nBonjour\r\n"),
                0);
        DocumentOutcome outcome =
                new DocumentOutcome("2", Optional.of("1.2.3"), DocumentState.REFUSED, Outcome.PATIENT_OPPOSED, "");
        return transport.send(new ReceiptComposer(
                        MailAddress.parse(MAILBOX), "test", new ReceiptLimits(1_000_000, 100, 10), Clock.systemUTC())
                .compose(
                        transport.session(),
                        OwedReceipt.of(1, kind, "labo.test@demo.mssante.fr"),
                        original,
                        List.of(outcome)));
    }

    private static SSLContext context(String certificate) {
        return TlsContexts.mutual(
                KeyMaterial.load(CERTS.resolve(certificate)), PemFiles.certificatesOfFolder(CERTS.resolve("anchors")));
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
            return MAILBOX;
        }
    }

    private final class Recorder implements MessageHandler {
        Recorder(MessageContext context) {
            assertThat(context.getRemoteAddress()).isNotNull();
        }

        @Override
        public void from(String from) throws RejectException {
            if (refuseWith != 0) {
                throw new RejectException(refuseWith, "refused by the test");
            }
            log.add("FROM " + from);
        }

        @Override
        public void recipient(String recipient) {
            log.add("TO " + recipient);
        }

        @Override
        public String data(InputStream data) throws IOException {
            data.readAllBytes();
            log.add("DATA");
            return "2.0.0 ok";
        }

        @Override
        public void done() {}
    }
}
