package org.mssante.annuaire.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.annuaire.OperatorCommands;
import org.mssante.annuaire.api.LdapDirectory;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.api.PasswordVerdict;
import org.mssante.core.id.MailAddress;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** Where persons log in by no password, theirs open no door of the annuaire; services go on. */
final class PasswordsOffTest {
    private static final String PERSON = "dr.martin@demo.medecin.mssante.fr";
    private static final String OTHER = "dr.discret@demo.medecin.mssante.fr";

    @TempDir
    static Path run;

    private static AnnuaireFixture fixture;
    private static AnnuaireService service;

    @BeforeAll
    static void start() {
        fixture = new AnnuaireFixture(run).set("login.passwords", "false");
        service = fixture.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aPersonBindsNotWithHisPasswordAndAServiceDoes() throws Exception {
        assertThat(bind("mail=" + PERSON + ",ou=bal,dc=mssante,dc=fr", password()))
                .isEqualTo(ResultCode.INVALID_CREDENTIALS);
        assertThat(bind(LdapNames.serviceDn("client"), fixture.secret("ldap-client.secret")))
                .isEqualTo(ResultCode.SUCCESS);
    }

    @Test
    void theMailServerIsToldThatThePasswordOpensNothing() throws IOException {
        try (LdapDirectory directory = fixture.directory("server")) {
            assertThat(directory.checkPassword(MailAddress.parse(PERSON), password()))
                    .isEqualTo(PasswordVerdict.Denied.REFUSED);
        }
    }

    @Test
    void theFhirDirectoryLetsServicesInAndNoPerson() {
        assertThat(fhir(PERSON)).isEqualTo(401);
        assertThat(fhir("client")).isEqualTo(200);
    }

    @Test
    void nobodyAdministersOverTheNetwork() {
        assertThat(new ApiClient(fixture).as(PERSON).get("/mailboxes").status()).isEqualTo(401);
    }

    @Test
    void theOperatorAdministersAtHisMachine() {
        OperatorCommands commands = new OperatorCommands(run);

        assertThat(commands.run("administrator", "add", PERSON, "--operator", "--reason", "exploitant"))
                .as(commands.err())
                .isZero();
        assertThat(commands.run("mailbox", "suspend", OTHER, "--reason", "essai"))
                .as(commands.err())
                .isZero();
        assertThat(commands.run("mailbox", "history", OTHER)).isZero();
        assertThat(commands.out()).contains("operator " + System.getProperty("user.name"), "SUSPENDED");
    }

    private static String password() {
        return fixture.secret(PERSON + ".password");
    }

    private static int fhir(String name) {
        ApiClient client = new ApiClient(fixture);
        URI metadata = URI.create("https://localhost:" + fixture.httpsPort() + "/fhir/v2/metadata");
        return client.sent(HttpRequest.newBuilder(metadata)
                        .header("Authorization", client.as(name).authorization())
                        .build())
                .status();
    }

    private static ResultCode bind(String name, String password) throws Exception {
        try (LDAPConnection connection = new LDAPConnection(
                TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors()))
                        .getSocketFactory(),
                "localhost",
                fixture.ldapsPort())) {
            return connection.bind(name, password).getResultCode();
        } catch (LDAPException e) {
            return e.getResultCode();
        }
    }
}
