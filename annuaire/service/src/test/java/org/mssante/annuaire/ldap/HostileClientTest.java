package org.mssante.annuaire.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1Integer;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;
import org.slf4j.LoggerFactory;

/** Clients that send what no client sends: each costs its own connection and nothing else. */
final class HostileClientTest {
    private static final int CONNECTIONS = 8;

    @TempDir
    static Path run;

    private static final ListAppender<ILoggingEvent> LINES = new ListAppender<>();

    private static AnnuaireFixture fixture;
    private static AnnuaireService service;

    @BeforeAll
    static void start() {
        LINES.start();
        ((Logger) LoggerFactory.getLogger("org.mssante.annuaire.ldap")).addAppender(LINES);
        fixture = new AnnuaireFixture(run)
                .set("limits.connections", Integer.toString(CONNECTIONS))
                .set("limits.login-time", "PT10S")
                .set("lockout.free-failures", "2")
                .set("lockout.first-delay", "PT1H")
                .set("lockout.longest-delay", "PT1H");
        service = fixture.start();
    }

    @AfterAll
    static void stop() {
        service.close();
        ((Logger) LoggerFactory.getLogger("org.mssante.annuaire.ldap")).detachAppender(LINES);
    }

    @Test
    void hangsUpOnFilterOfThousandsOfLevelsAndLeaksNoConnection() throws IOException {
        byte[] message = search(nested(16_000));
        assertThat(message.length).as("below the limit of a message").isLessThan(65_536);

        for (int i = 0; i < 3 * CONNECTIONS; i++) {
            exchange(message);
        }

        assertStillServes();
        assertHungUpInOrder();
    }

    @Test
    void hangsUpOnItInTlsToo() throws IOException {
        exchange(
                TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors()))
                        .getSocketFactory()
                        .createSocket("localhost", fixture.ldapsPort()),
                search(nested(3_000)));

        assertHungUpInOrder();
        assertStillServes();
    }

    @Test
    void tellsThatAFilterIsTooDeepAsLongAsItCanBeDecoded() throws LDAPException {
        try (LDAPConnection connection = connect()) {
            connection.bind(LdapNames.serviceDn("server"), fixture.secret("ldap-server.secret"));

            assertThat(searched(connection, deep(230))).isEqualTo(ResultCode.ADMIN_LIMIT_EXCEEDED);
            assertThat(found(connection)).as("the same connection goes on").isTrue();
        }
    }

    private static void assertHungUpInOrder() {
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(LINES.list)
                        .extracting(ILoggingEvent::getFormattedMessage)
                        .anyMatch(line -> line.startsWith("MSS-A14 ") && line.contains("levels deep")));
        assertThat(LINES.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("StackOverflowError"));
    }

    private static Filter deep(int levels) {
        Filter filter = Filter.createPresenceFilter("sn");
        for (int i = 0; i < levels; i++) {
            filter = Filter.createNOTFilter(filter);
        }
        return filter;
    }

    private static ResultCode searched(LDAPConnection connection, Filter filter) {
        try {
            return connection.search(LdapNames.BASE, SearchScope.BASE, filter).getResultCode();
        } catch (LDAPSearchException e) {
            return e.getResultCode();
        }
    }

    @Test
    void survivesRandomBytes() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 3 * CONNECTIONS; i++) {
            byte[] noise = new byte[200];
            random.nextBytes(noise);
            if (i % 2 == 0) {
                // a plausible start makes the decoder go deeper
                noise[0] = 0x30;
                noise[1] = 100;
            }
            exchange(noise);
        }

        assertStillServes();
    }

    @Test
    void looksAtNoPasswordForAWhileAfterTooManyWrongOnes() throws LDAPException {
        String name = "mail=dr.martin@demo.medecin.mssante.fr,ou=bal,dc=mssante,dc=fr";
        String password = fixture.secret("dr.martin@demo.medecin.mssante.fr.password");
        try (LDAPConnection connection = connect()) {
            assertThat(bind(connection, name, password)).isEqualTo(ResultCode.SUCCESS);
            for (int i = 0; i < 3; i++) {
                assertThat(bind(connection, name, "wrong")).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            }

            assertThat(bind(connection, name.replace("mail=dr", "MAIL=DR"), password))
                    .as("the same account, written otherwise: not looked at, and told so")
                    .isEqualTo(ResultCode.BUSY);
            assertThat(bind(connection, LdapNames.serviceDn("server"), fixture.secret("ldap-server.secret")))
                    .as("another account")
                    .isEqualTo(ResultCode.SUCCESS);
        }
    }

    private static void assertStillServes() {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).ignoreExceptions().untilAsserted(() -> {
            try (LDAPConnection connection = connect()) {
                connection.bind(LdapNames.serviceDn("server"), fixture.secret("ldap-server.secret"));
                assertThat(found(connection)).isTrue();
            }
        });
    }

    private static boolean found(LDAPConnection connection) throws LDAPSearchException {
        return connection
                        .search(
                                LdapNames.BASE,
                                SearchScope.SUB,
                                Filter.createEqualityFilter("mail", "labo.test@demo.mssante.fr"))
                        .getEntryCount()
                == 1;
    }

    private static LDAPConnection connect() throws LDAPException {
        return new LDAPConnection(
                TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors()))
                        .getSocketFactory(),
                "localhost",
                fixture.ldapsPort());
    }

    private static ResultCode bind(LDAPConnection connection, String name, String password) {
        try {
            return connection.bind(name, password).getResultCode();
        } catch (LDAPException e) {
            return e.getResultCode();
        }
    }

    private static void exchange(byte[] message) throws IOException {
        exchange(new Socket("localhost", fixture.ldapPort()), message);
    }

    /** Sends and reads until the server hangs up. */
    private static void exchange(Socket connection, byte[] message) throws IOException {
        try (Socket socket = connection) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(message);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            try (InputStream in = socket.getInputStream()) {
                assertThat(in.readAllBytes().length).isLessThan(1_000);
            }
        } catch (SocketException e) {
            assertThat(e).as("the server hung up").hasMessageContaining("reset");
        }
    }

    private static ASN1Element nested(int levels) {
        ASN1Element filter = new ASN1OctetString((byte) 0x87, "sn");
        for (int i = 0; i < levels; i++) {
            filter = new ASN1Element((byte) 0xA2, filter.encode());
        }
        return filter;
    }

    private static byte[] search(ASN1Element filter) {
        ASN1Element zero = new ASN1Integer(0);
        ASN1Element none = new ASN1Element((byte) 0x0A, new byte[] {0});
        ASN1Element request = new ASN1Sequence(
                (byte) 0x63,
                new ASN1OctetString(LdapNames.BASE.getBytes(StandardCharsets.UTF_8)),
                none,
                none,
                zero,
                zero,
                new ASN1Element((byte) 0x01, new byte[] {0}),
                filter,
                new ASN1Sequence());
        return new ASN1Sequence(new ASN1Integer(1), request).encode();
    }
}
