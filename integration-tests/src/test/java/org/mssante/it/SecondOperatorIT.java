package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;
import org.mssante.it.client.Letters;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.StrangeServer;
import org.mssante.it.instance.Neighbour;
import org.mssante.it.instance.SharedInstance;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.instance.Traces;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServicePort;
import org.mssante.launcher.mail.Attachment;
import org.mssante.launcher.mail.ReceivedMail;

/** Mail to another operator: our own software under another name, and servers that are not whom they should be. */
@ExtendWith(SharedInstance.class)
@Timeout(240)
class SecondOperatorIT {
    private static final Attachment LETTER =
            new Attachment("courrier.pdf", "application/pdf", "%PDF-1.4".getBytes(StandardCharsets.US_ASCII));

    private final TestInstance ours;
    private final Neighbour neighbour;
    private final Mailboxes mailboxes;
    private final Letters letters;

    SecondOperatorIT(TestInstance ours, Neighbour neighbour) {
        this.ours = ours;
        this.neighbour = neighbour;
        this.mailboxes = new Mailboxes(ours);
        this.letters = new Letters(ours);
    }

    @Test
    void mailReachesTheOtherOperatorOverMutualTlsAndTheAnswerComesBack() throws IOException, MessagingException {
        try (TestInstance hospital = hospital().up(ServiceKind.ANNUAIRE, ServiceKind.SERVER)) {
            String question = letters.submit(Mailboxes.PRACTITIONER, Mailboxes.HOSPITAL, "Question", LETTER);
            ReceivedMail received = new Mailboxes(hospital).awaitMessage(hospital.login(Mailboxes.HOSPITAL), question);
            assertThat(received.attachment(LETTER.name()))
                    .hasValueSatisfying(there -> assertThat(there.content()).isEqualTo(LETTER.content()));
            TraceLine arrival = hospital.traces()
                    .await("arrival at the hospital", Traces.about(question).and(Traces.is(Event.RECEIVED)));
            assertThat(arrival.get(Field.CERTIFICATE_SUBJECT))
                    .hasValueSatisfying(subject -> assertThat(subject).startsWith("CN=smtp.demo.mssante.fr,"));
            TraceLine departure = ours.traces()
                    .await("departure from us", Traces.about(question).and(Traces.is(Event.RELAYED)));
            assertThat(departure.get(Field.CERTIFICATE_SUBJECT))
                    .hasValueSatisfying(subject -> assertThat(subject).startsWith("CN=smtp.chu-exemple.mssante.fr,"));

            String answer = new Letters(hospital).submit(Mailboxes.HOSPITAL, Mailboxes.PRACTITIONER, "Réponse", LETTER);
            mailboxes.awaitMessage(ours.login(Mailboxes.PRACTITIONER), answer);
        }
    }

    @Test
    void serverWithoutTlsReceivesNothingAndTheSenderIsTold() throws IOException, MessagingException {
        GreenMail plain = new GreenMail(new ServerSetup(
                neighbour.endpoint().port(), neighbour.endpoint().host(), ServerSetup.PROTOCOL_SMTP));
        plain.start();
        try {
            assertReturned(Outcome.PEER_WITHOUT_TLS);
            assertThat(plain.getReceivedMessages()).isEmpty();
        } finally {
            plain.stop();
        }
    }

    @Test
    void serverWhoseCertificateIsNotListedForTheDomainReceivesNothingAndTheSenderIsTold()
            throws IOException, MessagingException {
        try (StrangeServer strange = new StrangeServer(ours, neighbour.endpoint(), Optional.of("unlisted"))) {
            assertReturned(Outcome.PEER_NOT_TRUSTED);
            assertThat(strange.heard()).isEmpty();
        }
    }

    private void assertReturned(Outcome why) throws IOException, MessagingException {
        String id = letters.submit(Mailboxes.PRACTITIONER, Mailboxes.HOSPITAL, "Ne part pas", LETTER);
        TraceLine bounced = ours.traces().await("return", Traces.about(id).and(Traces.is(Event.BOUNCED)));
        assertThat(bounced.outcome()).contains(why);
        ReceivedMail report = mailboxes.awaitReplyTo(ours.login(Mailboxes.PRACTITIONER), id);
        String text = report.parts().stream()
                .map(part -> new String(part.content(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
        assertThat(text)
                .contains(why.french(), why.code(), "Action: failed", "Final-Recipient: rfc822; " + Mailboxes.HOSPITAL);
    }

    /** Our software as the hospital: its domain, its certificate, one mailbox. */
    private TestInstance hospital() throws IOException {
        TestInstance hospital = TestInstance.prepare("hospital", neighbour.portOffset())
                .withCertificatesOf(ours)
                .set(ServiceKind.SERVER, "mail.host", "smtp." + Neighbour.DOMAIN)
                .set(ServiceKind.SERVER, "mail.domains", Neighbour.DOMAIN)
                .set(ServiceKind.ANNUAIRE, "mail.domains", Neighbour.DOMAIN)
                .set(ServiceKind.SERVER, "tls.identity", "${run}/certs/operator-b")
                .set(
                        ServiceKind.SERVER,
                        "delivery.routes",
                        Mailboxes.PRACTITIONER.domain() + "=" + ours.endpoint(ServicePort.SMTP_MX));
        Path mailboxFile = hospital.instance().confDir().resolve("demo/mailboxes.csv");
        String header = Files.readAllLines(mailboxFile, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("address;"))
                .findFirst()
                .orElseThrow();
        Files.writeString(
                mailboxFile,
                header + "\n" + Mailboxes.HOSPITAL
                        + ";PER;Service des sorties;10999010019;;;ACTIVE;false;false;NONE;;;;\n",
                StandardCharsets.UTF_8);
        return hospital;
    }
}
