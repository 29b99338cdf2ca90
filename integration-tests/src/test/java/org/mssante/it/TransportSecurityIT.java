package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mssante.it.client.Letters;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.Program;
import org.mssante.it.instance.SharedInstance;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.ServicePort;
import org.mssante.launcher.mail.MailLogin;

/** What the programs everybody has see of the ports: versions of TLS, a mailbox read by curl, a session of swaks. */
@ExtendWith(SharedInstance.class)
@Timeout(180)
class TransportSecurityIT {
    private final TestInstance instance;

    TransportSecurityIT(TestInstance instance) {
        this.instance = instance;
    }

    @ParameterizedTest
    @EnumSource(ServicePort.class)
    void refusesTlsBelow12OnEveryPort(ServicePort port) {
        Program.assumeInstalled("openssl");
        // OpenSSL itself speaks 1.1 at security level 0 only; 1.2 the same way shows that nothing else is in the way
        assertThat(handshake(port, "-tls1_2", "Q\n").exitCode()).isZero();
        Program.Result old = handshake(port, "-tls1_1", "Q\n");
        assertThat(old.exitCode()).isNotZero();
        assertThat(old.all()).contains("alert protocol version");
    }

    @ParameterizedTest
    @EnumSource(ServicePort.class)
    void aClientCannotAskForAnotherHandshakeOnOneConnection(ServicePort port) {
        Program.assumeInstalled("openssl");
        Program.Result again = handshake(port, "-tls1_2", "R\n");
        assertThat(again.err()).contains("RENEGOTIATING");
        assertThat(again.err().lines().filter(line -> line.startsWith("depth=0 ")))
                .as("certificates of the server that were verified")
                .hasSize(1);
    }

    /** @param input what is typed once the connection stands: a letter is a command to OpenSSL */
    private Program.Result handshake(ServicePort port, String version, String input) {
        Endpoint endpoint = instance.endpoint(port);
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-connect",
                endpoint.toString(),
                version,
                "-cipher",
                "DEFAULT@SECLEVEL=0",
                "-verify_return_error",
                "-CAfile",
                instance.anchorBundle().toString(),
                "-cert",
                certificate("bridge/cert.pem"),
                "-key",
                certificate("bridge/key.pem")));
        if (!port.tls()) {
            command.add("-starttls");
            command.add(
                    switch (port.greeting()) {
                        case SMTP -> "smtp";
                        case IMAP -> "imap";
                        case LDAP -> "ldap";
                        case NONE -> throw new IllegalArgumentException(port + " has no STARTTLS");
                    });
        }
        return Program.run(command, input);
    }

    @Test
    void curlReadsTheMailboxOverImaps() {
        Program.assumeInstalled("curl");
        MailLogin.ByPassword login = instance.login(Mailboxes.PRACTITIONER, Mailboxes.PRACTITIONER);
        String id = new Letters(instance).submit(Mailboxes.LABORATORY, Mailboxes.PRACTITIONER, "Lu par curl");
        new Mailboxes(instance).awaitMessage(login, id);
        Program.Result search = curl(login, "SEARCH HEADER Message-ID " + id);
        assertThat(search.err()).isEmpty();
        assertThat(search.out()).matches("(?s)\\* SEARCH [0-9]+\\s*");
        String number = search.out().replaceAll("[^0-9]", "");
        Program.Result header = curl(login, "FETCH " + number + " BODY.PEEK[HEADER.FIELDS (SUBJECT)]");
        assertThat(header.exitCode()).isZero();
    }

    private Program.Result curl(MailLogin.ByPassword login, String request) {
        // the password goes by the standard input: others see the command line
        String configuration = String.join(
                "\n",
                "user = \"" + login.combinedName() + ":" + login.password() + "\"",
                "url = \"imaps://" + instance.endpoint(ServicePort.IMAPS) + "/INBOX\"",
                "request = \"" + request + "\"",
                "");
        return Program.run(
                List.of(
                        "curl",
                        "--silent",
                        "--show-error",
                        "--cacert",
                        instance.anchorBundle().toString(),
                        "--config",
                        "-"),
                configuration);
    }

    @Test
    void swaksOfAListedOperatorGetsToTheRecipientAndOfAnUnlistedOneNotPastMailFrom() {
        Program.assumeInstalled("swaks");
        Program.Result listed = swaks("operator-b");
        assertThat(listed.out()).contains("<~  250").contains("RCPT TO:<" + Mailboxes.PRACTICE + ">");
        assertThat(listed.exitCode()).isZero();
        Program.Result unlisted = swaks("unlisted");
        assertThat(unlisted.out()).contains("550 5.7.1").doesNotContain("RCPT TO");
        assertThat(unlisted.exitCode()).isNotZero();
    }

    private Program.Result swaks(String identity) {
        Endpoint endpoint = instance.endpoint(ServicePort.SMTP_MX);
        return Program.run(List.of(
                "swaks",
                "--server",
                endpoint.host(),
                "--port",
                Integer.toString(endpoint.port()),
                "--helo",
                "it.example",
                "--tls",
                "--tls-cert",
                certificate(identity + "/cert.pem"),
                "--tls-key",
                certificate(identity + "/key.pem"),
                "--from",
                Mailboxes.HOSPITAL.toString(),
                "--to",
                Mailboxes.PRACTICE.toString(),
                "--quit-after",
                "RCPT"));
    }

    private String certificate(String file) {
        return instance.instance().certificates().resolve(file).toString();
    }
}
