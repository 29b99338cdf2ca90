package org.mssante.annuaire.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.EXTERNALBindRequest;
import com.unboundid.ldap.sdk.GenericSASLBindRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PLAINBindRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.certs.AlternativeNames;
import org.mssante.certs.Profile;
import org.mssante.certs.SharedPki;
import org.mssante.certs.Subject;
import org.mssante.certs.TestAuthority;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;
import org.mssante.core.program.InstalledProgram;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** SASL PLAIN and EXTERNAL, as clients log in by them. */
final class SaslTest {
    private static final MailAddress DR_TEST = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final MailAddress LABORATORY = MailAddress.parse("labo.test@demo.mssante.fr");
    private static final MailAddress BRIDGE = MailAddress.parse("dmp@demo.mssante.fr");
    private static final MailAddress SECOND = MailAddress.parse("second@demo.mssante.fr");

    @TempDir
    static Path run;

    @TempDir
    static Path keys;

    private static AnnuaireFixture fixture;
    private static AnnuaireService service;

    private final List<LDAPConnection> connections = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        Path lists = Files.createDirectories(run.resolve("lists"));
        try (DirectoryStream<Path> published =
                Files.newDirectoryStream(SharedPki.folder().resolve("crl"), "*.crl")) {
            for (Path list : published) {
                Files.copy(list, lists.resolve(list.getFileName()));
            }
        }
        Path mailboxes = run.resolve("mailboxes.csv");
        String demonstration =
                Files.readString(AnnuaireFixture.home().resolve("conf/demo/mailboxes.csv"), StandardCharsets.UTF_8);
        String second = demonstration
                .lines()
                .filter(line -> line.startsWith(LABORATORY.toString()))
                .findFirst()
                .orElseThrow()
                .replace(LABORATORY.toString(), SECOND.toString());
        Files.writeString(mailboxes, demonstration + second + "\n", StandardCharsets.UTF_8);
        fixture = new AnnuaireFixture(run)
                .set("mailboxes.file", mailboxes.toString())
                .set("ldap.client-certificates", "true")
                .set("ldap.client-certificates.crls", lists.toString())
                .set("ldap.client-certificates.look", "PT0S")
                .set(
                        "ldap.client-certificates.bridge",
                        KeyMaterial.load(SharedPki.folder().resolve("bridge"))
                                .leaf()
                                .getSubjectX500Principal()
                                .getName(X500Principal.RFC2253))
                .set("lockout.free-failures", "1000");
        service = fixture.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void hangUp() {
        connections.forEach(LDAPConnection::close);
    }

    // --- PLAIN

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dn:mail=dr.test@demo.medecin.mssante.fr,ou=bal,dc=mssante,dc=fr",
                "mail=DR.test@demo.medecin.mssante.fr, ou=bal, dc=mssante, dc=fr",
                "u:dr.test@demo.medecin.mssante.fr",
                "U:DR.TEST@demo.medecin.mssante.fr",
                "dr.test@demo.medecin.mssante.fr"
            })
    void takesTheNameOfTheEntryOrTheAddressOfTheMailbox(String name) throws LDAPException {
        LDAPConnection connection = connection();

        assertThat(bind(connection, new PLAINBindRequest(name, secretOf(DR_TEST))))
                .isEqualTo(ResultCode.SUCCESS);
        assertThat(who(connection)).isEqualTo("dn:" + LdapNames.mailboxDn(DR_TEST));
    }

    @Test
    void takesServicesByTheirSecret() throws LDAPException {
        LDAPConnection connection = connection();

        assertThat(bind(
                        connection,
                        new PLAINBindRequest(
                                "dn:" + LdapNames.serviceDn("client"), fixture.secret("ldap-client.secret"))))
                .isEqualTo(ResultCode.SUCCESS);
        assertThat(who(connection)).isEqualTo("dn:" + LdapNames.serviceDn("client"));
    }

    @Test
    void refusesAWrongPasswordAndForgetsWhoItWas() throws LDAPException {
        LDAPConnection connection = connection();
        bind(connection, new PLAINBindRequest(DR_TEST.toString(), secretOf(DR_TEST)));

        assertThat(bind(connection, new PLAINBindRequest(DR_TEST.toString(), "wrong")))
                .isEqualTo(ResultCode.INVALID_CREDENTIALS);
        assertThat(who(connection)).isEmpty();
    }

    @Test
    void letsNobodyActForAnother() throws LDAPException {
        LDAPConnection connection = connection();

        assertThat(bind(
                        connection,
                        new PLAINBindRequest(
                                DR_TEST.toString(), "u:dr.martin@demo.medecin.mssante.fr", secretOf(DR_TEST))))
                .isEqualTo(ResultCode.AUTHORIZATION_DENIED);
        assertThat(bind(connection, new PLAINBindRequest(DR_TEST.toString(), "u:nobody", secretOf(DR_TEST))))
                .isEqualTo(ResultCode.AUTHORIZATION_DENIED);
        assertThat(who(connection)).isEmpty();
        assertThat(bind(
                        connection,
                        new PLAINBindRequest(
                                DR_TEST.toString(), "dn:" + LdapNames.mailboxDn(DR_TEST), secretOf(DR_TEST))))
                .as("the same, named otherwise")
                .isEqualTo(ResultCode.SUCCESS);
    }

    @Test
    void hearsNoPasswordInClearAndOffersNoMechanismThere() throws LDAPException {
        LDAPConnection connection = keep(new LDAPConnection("localhost", fixture.ldapPort()));

        assertThat(mechanisms(connection)).isEmpty();
        assertThat(bind(connection, new PLAINBindRequest(DR_TEST.toString(), secretOf(DR_TEST))))
                .isEqualTo(ResultCode.CONFIDENTIALITY_REQUIRED);
        assertThat(bind(connection, new EXTERNALBindRequest())).isEqualTo(ResultCode.CONFIDENTIALITY_REQUIRED);

        connection.processExtendedOperation(new StartTLSExtendedRequest(trusting()));
        assertThat(mechanisms(connection)).containsExactly("PLAIN");
        assertThat(bind(connection, new PLAINBindRequest(DR_TEST.toString(), secretOf(DR_TEST))))
                .isEqualTo(ResultCode.SUCCESS);
    }

    @Test
    void refusesWhatIsNoMessageOfPlain() throws LDAPException {
        LDAPConnection connection = connection();
        for (byte[] octets : List.of(
                bytes(""),
                bytes("no separators"),
                bytes("\0only one"),
                bytes("\0\0password of nobody"),
                bytes("\0" + DR_TEST + "\0"),
                bytes("\0" + DR_TEST + "\0" + secretOf(DR_TEST) + "\0more"),
                bytes("\0" + DR_TEST + "\0" + "x".repeat(PlainCredentials.MOST_OCTETS)),
                new byte[] {0, 'd', 'r', (byte) 0xC3, 0, 'x'})) {
            assertThat(bind(connection, new GenericSASLBindRequest(null, "PLAIN", new ASN1OctetString(octets))))
                    .isEqualTo(ResultCode.PROTOCOL_ERROR);
        }
        assertThat(bind(connection, new GenericSASLBindRequest(null, "PLAIN", null)))
                .as("who says nothing is told to go on")
                .isEqualTo(ResultCode.SASL_BIND_IN_PROGRESS);
    }

    @Test
    void saysThatOtherMechanismsAreUnknown() throws LDAPException {
        LDAPConnection connection = connection();

        assertThat(bind(connection, new GenericSASLBindRequest(null, "CRAM-MD5", null)))
                .isEqualTo(ResultCode.AUTH_METHOD_NOT_SUPPORTED);
    }

    // --- EXTERNAL

    @Test
    void takesTheSoftwareWhoseCertificateOpensAMailbox() throws LDAPException {
        LDAPConnection connection = connection(client(BRIDGE));

        assertThat(mechanisms(connection)).containsExactly("PLAIN", "EXTERNAL");
        assertThat(bind(connection, new EXTERNALBindRequest())).isEqualTo(ResultCode.SUCCESS);
        assertThat(who(connection)).isEqualTo("dn:" + LdapNames.mailboxDn(BRIDGE));
        assertThat(connection
                        .getEntry(LdapNames.mailboxDn(LABORATORY), "TypeBAL", "mssState")
                        .getAttributes())
                .as("what people see, no more")
                .extracting(attribute -> attribute.getName())
                .containsExactly("TypeBAL");
    }

    @Test
    void takesTheSoftwareAfterStartTlsToo() throws LDAPException {
        LDAPConnection connection = keep(new LDAPConnection("localhost", fixture.ldapPort()));
        connection.processExtendedOperation(new StartTLSExtendedRequest(showing(client(BRIDGE))));

        assertThat(bind(connection, new EXTERNALBindRequest(""))).isEqualTo(ResultCode.SUCCESS);
        assertThat(who(connection)).isEqualTo("dn:" + LdapNames.mailboxDn(BRIDGE));
    }

    @Test
    void wantsToKnowWhichOfSeveralMailboxesIsMeant() throws LDAPException {
        LDAPConnection connection = connection(client(LABORATORY));

        assertThat(bind(connection, new EXTERNALBindRequest())).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        assertThat(bind(connection, new EXTERNALBindRequest("u:" + DR_TEST))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        assertThat(bind(connection, new EXTERNALBindRequest("dn:cn=nobody"))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        assertThat(bind(connection, new EXTERNALBindRequest("u:" + SECOND))).isEqualTo(ResultCode.SUCCESS);
        assertThat(who(connection)).isEqualTo("dn:" + LdapNames.mailboxDn(SECOND));
    }

    @Test
    void takesAServiceByTheSubjectThatIsConfigured() throws LDAPException {
        LDAPConnection connection =
                connection(KeyMaterial.load(SharedPki.folder().resolve("bridge")));

        assertThat(bind(connection, new EXTERNALBindRequest())).isEqualTo(ResultCode.SUCCESS);
        assertThat(who(connection)).isEqualTo("dn:" + LdapNames.serviceDn("bridge"));
    }

    @Test
    void asksForNoCertificateOfThoseWhoHaveNone() throws LDAPException {
        assertThat(bind(connection(), new EXTERNALBindRequest())).isEqualTo(ResultCode.INAPPROPRIATE_AUTHENTICATION);
    }

    @Test
    void refusesACertificateThatNobodyIs() throws LDAPException {
        LDAPConnection connection =
                connection(issued("stranger", Profile.ORG_AUTH_CLI, "UN AUTRE LOGICIEL", Instant.now()));

        assertThat(bind(connection, new EXTERNALBindRequest())).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        assertThat(trace()).contains("MSS-M54");
    }

    @Test
    void hangsUpOnACertificateOfAnotherAuthority() {
        KeyMaterial foreign = issued(
                TestAuthority.organisations(SharedPki.folder()).namesake(),
                "foreign",
                Profile.ORG_AUTH_CLI,
                "BAL-PASSERELLE-DMP",
                Instant.now());

        assertThatThrownBy(() -> {
                    LDAPConnection connection = connection(foreign);
                    connection.bind(new EXTERNALBindRequest());
                })
                .isInstanceOf(LDAPException.class);
    }

    @Test
    void aRevokedCertificateOpensNothingAndEndsWhatItHasOpened() throws LDAPException {
        KeyMaterial software = issued("revoked", Profile.ORG_AUTH_CLI, "BAL-PASSERELLE-DMP", Instant.now());
        LDAPConnection open = connection(software);
        assertThat(bind(open, new EXTERNALBindRequest())).isEqualTo(ResultCode.SUCCESS);
        assertThat(found(open)).isEqualTo(ResultCode.SUCCESS);

        TestAuthority.organisations(SharedPki.folder())
                .publish(run.resolve("lists/newer.crl"), Instant.now(), software.leaf());

        assertThat(found(open)).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        assertThat(bind(connection(software), new EXTERNALBindRequest())).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        assertThat(trace()).contains("MSS-T05");
        assertThat(bind(connection(client(BRIDGE)), new EXTERNALBindRequest()))
                .as("another certificate of the same subject")
                .isEqualTo(ResultCode.SUCCESS);
    }

    // --- OpenLDAP's own client

    @Test
    void openLdapsClientLogsInByBoth() throws IOException, InterruptedException {
        InstalledProgram.assume("ldapwhoami");
        InstalledProgram.assume(hasMechanism("PLAIN"), "libsasl2-modules");

        assertThat(ldapwhoami(List.of("-Y", "PLAIN", "-U", DR_TEST.toString(), "-w", secretOf(DR_TEST)), List.of()))
                .contains("dn:" + LdapNames.mailboxDn(DR_TEST));
        Path home = SharedPki.folder().resolve("clients/" + BRIDGE);
        assertThat(ldapwhoami(
                        List.of("-Y", "EXTERNAL"),
                        List.of("LDAPTLS_CERT=" + home.resolve("cert.pem"), "LDAPTLS_KEY=" + home.resolve("key.pem"))))
                .contains("dn:" + LdapNames.mailboxDn(BRIDGE));
    }

    private static boolean hasMechanism(String name) throws IOException {
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu")) {
            for (Path folder : modules) {
                if (Files.exists(folder.resolve("sasl2/lib" + name.toLowerCase(Locale.ROOT) + ".so"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String ldapwhoami(List<String> options, List<String> environment)
            throws IOException, InterruptedException {
        Path bundle = run.resolve("anchors.pem");
        StringBuilder anchors = new StringBuilder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(fixture.anchors(), "*.pem")) {
            for (Path file : files) {
                anchors.append(Files.readString(file, StandardCharsets.US_ASCII));
            }
        }
        Files.writeString(bundle, anchors, StandardCharsets.US_ASCII);
        List<String> command =
                new ArrayList<>(List.of("ldapwhoami", "-Q", "-H", "ldaps://127.0.0.1:" + fixture.ldapsPort()));
        command.addAll(options);
        Path output = run.resolve("whoami.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("LDAPTLS_CACERT", bundle.toString());
        environment.forEach(entry -> builder.environment()
                .put(entry.substring(0, entry.indexOf('=')), entry.substring(entry.indexOf('=') + 1)));
        assertThat(builder.start().waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    // --- tools

    private static KeyMaterial client(MailAddress mailbox) {
        return KeyMaterial.load(SharedPki.folder().resolve("clients/" + mailbox));
    }

    private static KeyMaterial issued(String folder, Profile profile, String commonName, Instant at) {
        return issued(TestAuthority.organisations(SharedPki.folder()), folder, profile, commonName, at);
    }

    private static KeyMaterial issued(
            TestAuthority authority, String folder, Profile profile, String commonName, Instant at) {
        authority.issue(
                keys.resolve(folder),
                profile,
                new Subject("Paris (75)", "OPERATEUR DEMO MSSANTE", StructureId.siret("99900001100018"), commonName),
                AlternativeNames.none(),
                at);
        return KeyMaterial.load(keys.resolve(folder));
    }

    private static SSLContext trusting() {
        return TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors()));
    }

    private static SSLContext showing(KeyMaterial own) {
        return TlsContexts.mutual(own, PemFiles.certificatesOfFolder(fixture.anchors()));
    }

    private LDAPConnection connection() throws LDAPException {
        return keep(new LDAPConnection(trusting().getSocketFactory(), "localhost", fixture.ldapsPort()));
    }

    private LDAPConnection connection(KeyMaterial own) throws LDAPException {
        return keep(new LDAPConnection(showing(own).getSocketFactory(), "localhost", fixture.ldapsPort()));
    }

    private LDAPConnection keep(LDAPConnection connection) {
        connections.add(connection);
        return connection;
    }

    private static ResultCode bind(LDAPConnection connection, BindRequest request) {
        try {
            return connection.bind(request).getResultCode();
        } catch (LDAPException e) {
            return e.getResultCode();
        }
    }

    private static ResultCode found(LDAPConnection connection) {
        try {
            return connection
                    .search(LdapNames.BASE, SearchScope.SUB, "(mail=" + LABORATORY + ")")
                    .getResultCode();
        } catch (LDAPException e) {
            return e.getResultCode();
        }
    }

    private static String who(LDAPConnection connection) throws LDAPException {
        return ((WhoAmIExtendedResult) connection.processExtendedOperation(new WhoAmIExtendedRequest()))
                .getAuthorizationID();
    }

    private static List<String> mechanisms(LDAPConnection connection) throws LDAPException {
        String[] values = connection.getRootDSE().getSupportedSASLMechanismNames();
        return values == null ? List.of() : List.of(values);
    }

    private static String secretOf(MailAddress person) {
        return fixture.secret(person + ".password");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String trace() {
        StringBuilder lines = new StringBuilder();
        try (DirectoryStream<Path> days = Files.newDirectoryStream(run.resolve("annuaire/trace"), "*.jsonl")) {
            for (Path day : days) {
                lines.append(Files.readString(day, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines.toString();
    }
}
