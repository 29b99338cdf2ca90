package org.mssante.annuaire.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.annuaire.OperatorCommands;

/** Who was let in by the headers of his request, and is not let in any more when its body has come. */
final class WithdrawnLogInTest {
    private static final String PERSON = "dr.test@demo.medecin.mssante.fr";
    private static final String OPERATOR = "dr.martin@demo.medecin.mssante.fr";
    private static final String OTHER = "dr.discret@demo.medecin.mssante.fr";
    private static final String BODY = "{\"reason\":\"essai\"}";
    private static final String APP = "{\"name\":\"Tel\",\"reason\":\"essai\"}";
    private static final String NEW =
            "{\"address\":\"accueil@demo.mssante.fr\",\"type\":\"ORG\",\"displayName\":\"Accueil\","
                    + "\"structure\":\"399900100100018\",\"reason\":\"essai\"}";

    @TempDir
    Path run;

    private AnnuaireFixture fixture;
    private OperatorCommands commands;
    private AnnuaireService service;
    private ApiClient client;

    @BeforeEach
    void start() {
        fixture = new AnnuaireFixture(run).set("administration.request.time", "PT5M");
        service = fixture.start();
        commands = new OperatorCommands(run);
        client = new ApiClient(fixture);
        commands.output("administrator", "add", OPERATOR, "--operator", "--reason", "exploitant");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aPasswordThatWasSetAnewMakesNoAppPasswordAnyMore() throws IOException {
        try (SSLSocket thief = begun(PERSON, "POST", "/mailboxes/" + PERSON + "/app-passwords", APP)) {
            commands.output("mailbox", "password", PERSON, "--reason", "vol");

            assertIsOver(thief, APP);
        }
        assertThat(commands.output("mailbox", "app-password", "list", PERSON)).doesNotContain("Tel");
    }

    @Test
    void anOperatorWhoseMailboxIsSuspendedDoesNothingAnyMore() throws IOException {
        String appointment = "/administrators/" + OTHER + "/structures/399900100100018";
        try (SSLSocket suspension = begun(OPERATOR, "POST", "/mailboxes/" + OTHER + "/suspend", BODY);
                SSLSocket unknown = begun(OPERATOR, "POST", "/mailboxes/dr.personne@demo.mssante.fr/suspend", BODY);
                SSLSocket creation = begun(OPERATOR, "POST", "/mailboxes", NEW);
                SSLSocket delegation = begun(OPERATOR, "PUT", appointment, BODY)) {
            commands.output("mailbox", "suspend", OPERATOR, "--reason", "départ");

            assertIsOver(suspension, BODY);
            assertIsOver(unknown, BODY);
            assertIsOver(creation, NEW);
            assertIsOver(delegation, BODY);
        }
    }

    /** A request that the gate has let in: its body is asked for. */
    private SSLSocket begun(String who, String method, String path, String body) throws IOException {
        SSLSocket socket = client.socket();
        send(
                socket,
                method + " " + AdministrationSite.PATH + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                        + client.as(who).authorization()
                        + "\r\nContent-Type: application/json\r\nConnection: close\r\nExpect: 100-continue\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n");
        String asked = "HTTP/1.1 100 Continue\r\n\r\n";
        assertThat(new String(socket.getInputStream().readNBytes(asked.length()), StandardCharsets.US_ASCII))
                .isEqualTo(asked);
        return socket;
    }

    private static void assertIsOver(SSLSocket socket, String body) throws IOException {
        send(socket, body);
        StringBuilder answer = new StringBuilder();
        // as far as the end of its object: the connection is closed later
        int next = socket.getInputStream().read();
        while (next >= 0 && next != '}') {
            answer.append((char) next);
            next = socket.getInputStream().read();
        }
        assertThat(answer.toString()).startsWith("HTTP/1.1 401 ").contains("WWW-Authenticate: Basic ", "MSS-M02");
    }

    private static void send(SSLSocket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
