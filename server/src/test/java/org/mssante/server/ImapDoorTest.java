package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.PASSWORD;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Field;

/** Who has a place on the IMAP ports, and whose place it is when all are taken. */
class ImapDoorTest {
    private static final int CONNECTIONS = 5;

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(
                runDir,
                Map.of(
                        "imap.connections.max", String.valueOf(CONNECTIONS),
                        "imap.connections.per.address.max", String.valueOf(CONNECTIONS + 1)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void strangersKeepNobodyOutAndTheLongestOneIsSentAway() throws IOException {
        List<ImapConversation> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                strangers.add(server.imaps());
            }
            try (ImapConversation imap = server.imaps().loggedIn(DOCTOR, PASSWORD)) {
                assertThat(imap.result("SELECT INBOX")).startsWith("OK ");
            }
            assertThat(strangers.get(0).line()).startsWith("* BYE MSS-M48 ");
            assertThat(strangers.get(0).isClosedByServer()).isTrue();
            assertThat(strangers.get(1).result("NOOP")).startsWith("OK ");
            assertThat(server.trace("COMMAND_REFUSED")).anySatisfy(line -> {
                assertThat(line.outcome()).contains(Outcome.CONNECTIONS_TOO_MANY);
                assertThat(line.get(Field.PROTOCOL)).contains("IMAP " + server.port("imaps.port"));
                assertThat(line.get(Field.DETAIL)).contains("makes room for another connection");
            });
        } finally {
            close(strangers);
        }
    }

    @Test
    void whoeverComesWhereAllHaveLoggedInIsToldSoAndTraced() throws IOException {
        List<ImapConversation> known = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                ImapConversation imap = server.imap();
                known.add(imap);
                imap.startTls().loggedIn(DOCTOR, PASSWORD);
            }
            try (ImapConversation late = server.imap()) {
                assertThat(late.line()).startsWith("* BYE MSS-M48 ");
                assertThat(late.isClosedByServer()).isTrue();
            }
            assertThat(known.get(0).result("NOOP")).startsWith("OK ");
            assertThat(server.trace("COMMAND_REFUSED"))
                    .anySatisfy(line ->
                            assertThat(line.get(Field.DETAIL)).contains("every place is taken by somebody known"));
        } finally {
            close(known);
        }
    }

    private static void close(List<ImapConversation> all) throws IOException {
        for (ImapConversation one : all) {
            one.close();
        }
    }
}
