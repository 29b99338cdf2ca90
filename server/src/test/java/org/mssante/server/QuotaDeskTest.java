package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.PASSWORD;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.control.ControlAddress;
import org.mssante.core.control.ControlClient;
import org.mssante.core.trace.Field;

/** The room of a mailbox, as its operator gives it and its user sees it. */
@Timeout(120)
class QuotaDeskTest {
    private RunningServer server;
    private ControlClient client;

    @BeforeEach
    void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(runDir, Map.of("mailbox.quota.megabytes", "5"));
        client = new ControlClient(ControlAddress.of(runDir, "server"), Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aMailboxHasTheDefaultUntilItGetsALimitOfItsOwn() throws IOException {
        try (ImapConversation imap = server.imaps()) {
            imap.loggedIn(DOCTOR, PASSWORD);
            imap.append("INBOX", "", "Subject: un\r\n\r\nun");
            assertThat(quota(client.get(List.of("quotas", DOCTOR), Map.of())))
                    .hasToString("{\"octets\":{\"used\":17,\"limit\":5000000},\"messages\":{\"used\":1}}");
            assertThat(imap.command("GETQUOTAROOT INBOX"))
                    .anySatisfy(line -> assertThat(line).contains("STORAGE 0 4882"));

            assertThat(quota(set(Map.of("messages", "1", "octets", "1000", "reason", "asked for")))
                            .at("/octets/limit")
                            .asLong())
                    .isEqualTo(1000);
            assertThat(imap.append("INBOX", "", "Subject: deux\r\n\r\ndeux")).contains("NO [OVERQUOTA]");
            assertThat(quota(set(Map.of("messages", "default", "octets", "default", "reason", "back")))
                            .at("/octets/limit")
                            .asLong())
                    .isEqualTo(5_000_000);
            assertThat(imap.append("INBOX", "", "Subject: deux\r\n\r\ndeux")).startsWith("OK ");
        }
        assertThat(server.trace("OPERATOR_SET_QUOTA"))
                .hasSize(2)
                .first()
                .satisfies(line -> assertThat(line.get(Field.REASON)).contains("asked for"));
    }

    @Test
    void aMailboxHasNoLimitWhereItIsGivenNone() throws IOException {
        String large = "Subject: trois\r\n\r\n" + ("x".repeat(998) + "\r\n").repeat(5_100);
        try (ImapConversation imap = server.imaps()) {
            imap.loggedIn(DOCTOR, PASSWORD);
            assertThat(imap.append("INBOX", "", large)).contains("NO [OVERQUOTA]");

            assertThat(quota(set(Map.of("messages", "0", "octets", "0", "reason", "a laboratory"))))
                    .hasToString("{\"octets\":{\"used\":0},\"messages\":{\"used\":0}}");

            assertThat(imap.append("INBOX", "", large)).startsWith("OK ");
        }
    }

    @Test
    void whatIsNoLimitOrHasNoReasonIsRefused() throws IOException {
        for (Map<String, String> wrong : List.of(
                Map.of("octets", "-1", "reason", "x"),
                Map.of("octets", "much", "reason", "x"),
                Map.of("messages", "-1", "reason", "x"),
                Map.of("octets", "1000"))) {
            try (ControlClient.Reply reply = set(wrong)) {
                assertThat(reply.isOk()).isFalse();
            }
        }
        assertThat(server.trace("OPERATOR_SET_QUOTA")).isEmpty();
    }

    @Test
    void anAddressWithoutMailboxHasNoQuota() throws IOException {
        for (String nobody : List.of("personne.du.tout@demo.mssante.fr", "dr.gmail@gmail.com")) {
            List<String> path = List.of("quotas", nobody);
            for (ControlClient.Reply reply : List.of(
                    client.get(path, Map.of()), client.post(path, Map.of("octets", "5", "reason", "a typing error")))) {
                try (reply) {
                    assertThat(reply.status()).isEqualTo(404);
                    assertThat(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8))
                            .contains(nobody + ": There is no such mailbox here. (MSS-M04)");
                }
            }
        }
        assertThat(server.trace("OPERATOR_SET_QUOTA")).isEmpty();
    }

    @Test
    void aSuspendedMailboxHasItsQuota() throws IOException {
        try (ControlClient.Reply reply = client.get(List.of("quotas", RunningServer.SUSPENDED), Map.of())) {
            assertThat(reply.status()).isEqualTo(200);
        }
    }

    private ControlClient.Reply set(Map<String, String> values) throws IOException {
        return client.post(List.of("quotas", DOCTOR), values);
    }

    private static JsonNode quota(ControlClient.Reply reply) throws IOException {
        try (reply) {
            assertThat(reply.isOk()).isTrue();
            return new ObjectMapper().readTree(reply.body());
        }
    }
}
