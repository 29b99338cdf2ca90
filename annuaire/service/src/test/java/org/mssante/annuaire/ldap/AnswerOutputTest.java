package org.mssante.annuaire.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.asn1.ASN1StreamReader;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.core.id.MailAddress;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

final class AnswerOutputTest {
    private static final MailAddress DR_TEST = MailAddress.parse("dr.test@demo.medecin.mssante.fr");

    @TempDir
    Path run;

    /** A read of TLS gives what one record holds and no more. */
    @Test
    void eachMessageOfAnAnswerIsARecordOfTls() throws IOException, LDAPException {
        AnnuaireFixture fixture = new AnnuaireFixture(run);
        AnnuaireService service = fixture.start();
        try (service;
                Socket client = TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors()))
                        .getSocketFactory()
                        .createSocket("localhost", fixture.ldapsPort())) {
            send(
                    client,
                    new BindRequestProtocolOp(LdapNames.mailboxDn(DR_TEST), fixture.secret(DR_TEST + ".password")));
            assertThat(onlyMessage(record(client)).getProtocolOpType())
                    .isEqualTo(LDAPMessage.PROTOCOL_OP_TYPE_BIND_RESPONSE);

            send(
                    client,
                    new SearchRequestProtocolOp(
                            LdapNames.branchDn(LdapNames.MAILBOXES),
                            SearchScope.ONE,
                            DereferencePolicy.NEVER,
                            0,
                            0,
                            false,
                            Filter.createPresenceFilter("mail"),
                            List.of("mail")));
            List<Byte> kinds = new ArrayList<>();
            do {
                kinds.add(onlyMessage(record(client)).getProtocolOpType());
            } while (kinds.get(kinds.size() - 1) == LDAPMessage.PROTOCOL_OP_TYPE_SEARCH_RESULT_ENTRY);
            assertThat(kinds).hasSizeGreaterThan(2).endsWith(LDAPMessage.PROTOCOL_OP_TYPE_SEARCH_RESULT_DONE);
        }
    }

    @Test
    void entriesShortAndLongWaitForTheEndOfTheirAnswer() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                WatchedSocket connection = new WatchedSocket(closed -> {})) {
            connection.connect(server.getLocalSocketAddress());
            try (Socket client = server.accept();
                    AnswerOutput output = new AnswerOutput(connection.getOutputStream(), connection)) {
                client.setSoTimeout(200);
                output.write(entry(1, "a"));
                output.write(entry(1 << 20, "a".repeat(1_000)));
                assertThatExceptionOfType(SocketTimeoutException.class)
                        .isThrownBy(() -> client.getInputStream().read());

                output.write(message(1, new SearchResultDoneProtocolOp(0, null, null, List.of())));
                assertThat(client.getInputStream().read(new byte[1 << 14])).isGreaterThan(1_000);
            }
        }
    }

    private static byte[] entry(int number, String name) {
        return message(number, new SearchResultEntryProtocolOp("mail=" + name, List.of(new Attribute("mail", name))));
    }

    private static byte[] message(int number, ProtocolOp operation) {
        return new LDAPMessage(number, operation).encode().encode();
    }

    private static void send(Socket client, ProtocolOp operation) throws IOException {
        client.getOutputStream().write(message(1, operation));
    }

    private static byte[] record(Socket client) throws IOException {
        byte[] octets = new byte[1 << 14];
        int count = client.getInputStream().read(octets);
        assertThat(count).as("octets before the end of the connection").isPositive();
        return Arrays.copyOf(octets, count);
    }

    private static LDAPMessage onlyMessage(byte[] record) throws IOException, LDAPException {
        try (ASN1StreamReader reader = new ASN1StreamReader(new ByteArrayInputStream(record))) {
            LDAPMessage message = LDAPMessage.readFrom(reader, false);
            assertThat(message.encode().encode()).as("all of the record").hasSameSizeAs(record);
            return message;
        }
    }
}
