package org.mssante.annuaire.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;

/** Clients that ask and ask, before any log-in, and read nothing. */
final class SilentReaderTest {
    private static final int CONNECTIONS = 4;
    private static final int SMALL = 4_096;

    @TempDir
    Path run;

    private final List<Socket> clients = new ArrayList<>();
    private AnnuaireFixture fixture;
    private AnnuaireService service;

    @BeforeEach
    void start() {
        fixture = new AnnuaireFixture(run)
                .set("limits.connections", Integer.toString(CONNECTIONS))
                .set("limits.login-time", "PT2S");
        service = fixture.start();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        service.close();
    }

    @Test
    void keepNobodyElseOut() throws IOException, InterruptedException {
        List<Thread> asking = askWithoutReading();
        for (Thread thread : asking) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
            assertThat(thread.isAlive()).as("the connection has been ended").isFalse();
        }
        Awaitility.await().atMost(20, TimeUnit.SECONDS).ignoreExceptions().untilAsserted(() -> {
            try (LDAPConnection connection = new LDAPConnection("localhost", fixture.ldapPort())) {
                assertThat(connection.getRootDSE()).isNotNull();
            }
        });
    }

    @Test
    void doNotHoldUpTheEnd() throws IOException, InterruptedException {
        askWithoutReading();
        // whatever they are sent is on its way or stuck by then
        TimeUnit.SECONDS.sleep(1);

        assertTimeoutPreemptively(Duration.ofSeconds(15), service::close);
    }

    private List<Thread> askWithoutReading() throws IOException {
        byte[] questions = questions();
        List<Thread> asking = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Socket client = new Socket();
            client.setReceiveBufferSize(SMALL);
            client.connect(new InetSocketAddress("localhost", fixture.ldapPort()));
            clients.add(client);
            Thread thread = new Thread(() -> {
                try {
                    while (true) {
                        client.getOutputStream().write(questions);
                    }
                } catch (IOException e) {
                    // hung up on
                }
            });
            thread.setDaemon(true);
            thread.start();
            asking.add(thread);
        }
        return asking;
    }

    private static byte[] questions() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int id = 1; id < 500; id++) {
            SearchRequestProtocolOp search = new SearchRequestProtocolOp(
                    "",
                    SearchScope.BASE,
                    DereferencePolicy.NEVER,
                    0,
                    0,
                    false,
                    Filter.createPresenceFilter("objectClass"),
                    List.of("*", "+"));
            all.write(new LDAPMessage(id, search).encode().encode());
        }
        return all.toByteArray();
    }
}
