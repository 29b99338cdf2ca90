package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;
import org.mssante.it.client.Dmp;
import org.mssante.it.client.Letters;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.Program;
import org.mssante.it.client.SampleDocuments;
import org.mssante.it.client.WithHeader;
import org.mssante.it.instance.SharedInstance;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.instance.Traces;
import org.mssante.launcher.mail.Attachment;
import org.mssante.launcher.mail.ComposedMail;
import org.mssante.launcher.mail.ReceivedMail;
import org.mssante.launcher.mail.SmtpAnswer;
import org.mssante.launcher.mail.SmtpClient;

/** The story of the project, told with the clients its parties use. */
@ExtendWith(SharedInstance.class)
@Timeout(240)
class MainStoryIT {
    private final TestInstance instance;
    private final Mailboxes mailboxes;
    private final Letters letters;
    private final Traces traces;

    @TempDir
    private Path folder;

    MainStoryIT(TestInstance instance) {
        this.instance = instance;
        this.mailboxes = new Mailboxes(instance);
        this.letters = new Letters(instance);
        this.traces = instance.traces();
    }

    @Test
    void reportOfTheLaboratoryReachesThePractitionerSignedAndIsFiledUnchanged() throws MessagingException, IOException {
        Attachment[] sent = SampleDocuments.activePackage();
        String id = letters.submit(
                Mailboxes.LABORATORY, Mailboxes.PRACTITIONER, "XDM/1.0/DDM+Compte rendu d'examens biologiques", sent);

        ReceivedMail received = mailboxes.awaitMessage(instance.login(Mailboxes.PRACTITIONER), id);
        assertThat(received.header("Authentication-Results"))
                .singleElement()
                .asString()
                .contains("smime=pass");
        for (Attachment attachment : sent) {
            assertThat(received.attachment(attachment.name()))
                    .hasValueSatisfying(there -> assertThat(there.content()).isEqualTo(attachment.content()));
        }

        byte[] report = SampleDocuments.activeReport();
        String document = SampleDocuments.idOf(report);
        TraceLine filed = traces.await("the report is filed", Traces.about(id).and(Traces.is(Event.DOCUMENT_FILED)));
        assertThat(filed.outcome()).contains(Outcome.DOCUMENT_FILED);
        assertThat(filed.get(Field.DOCUMENT_ID)).hasValue(document);
        try (Dmp dmp = Dmp.of(instance)) {
            assertThat(dmp.documents(SampleDocuments.ACTIVE_PATIENT)).containsOnlyOnce(document);
            assertThat(dmp.retrieve(document)).isEqualTo(report);
        }
        assertThat(eventsOf(id))
                .contains(
                        Event.SUBMITTED,
                        Event.SIGNED,
                        Event.DELIVERED,
                        Event.HANDED_TO_BRIDGE,
                        Event.INTAKE,
                        Event.DOCUMENT_EXTRACTED,
                        Event.CONSENT_DECIDED,
                        Event.DOCUMENT_FILED);
    }

    @Test
    void signatureOfTheMailboxHoldsForAnybodyElsesSoftware() throws IOException {
        Program.assumeInstalled("openssl");
        String id = letters.submit(
                Mailboxes.LABORATORY,
                Mailboxes.PRACTITIONER,
                "Courrier signé",
                new Attachment("note.pdf", "application/pdf", new byte[] {1, 2, 3}));
        ReceivedMail received = mailboxes.awaitMessage(instance.login(Mailboxes.PRACTITIONER), id);
        Path message = folder.resolve("message.eml");
        Files.write(message, received.bytes());
        Program.Result verified = Program.run(List.of(
                "openssl",
                "cms",
                "-verify",
                "-in",
                message.toString(),
                "-CAfile",
                instance.anchorBundle().toString(),
                "-out",
                folder.resolve("content").toString()));
        assertThat(verified.exitCode()).as(verified.err()).isZero();
    }

    @Test
    void verdictOfASignatureIsTheServersAloneToWrite() throws MessagingException {
        ComposedMail mail = Letters.compose(Mailboxes.HOSPITAL, Mailboxes.PRACTICE, "Courrier non signé");
        String forged = "Authentication-Results: smtp.demo.mssante.fr; smime=pass";
        SmtpAnswer answer = SmtpClient.operator(instance.instance(), "operator-b")
                .send(new WithHeader(mail, forged), Mailboxes.HOSPITAL, List.of(Mailboxes.PRACTICE));
        assertThat(answer).isInstanceOf(SmtpAnswer.Accepted.class);
        ReceivedMail received =
                mailboxes.awaitMessage(instance.login(Mailboxes.PRACTICE, Mailboxes.COLLEAGUE), mail.id());
        assertThat(received.header("Authentication-Results"))
                .singleElement()
                .asString()
                .contains("smime=none");
    }

    @Test
    void reportOnAnOpposedPatientIsDeliveredButNotFiledAndTheLaboratoryIsToldWhy()
            throws MessagingException, IOException {
        String id = letters.submit(
                Mailboxes.LABORATORY,
                Mailboxes.PRACTITIONER,
                "XDM/1.0/DDM+Compte rendu d'examens biologiques",
                SampleDocuments.opposedPackage());

        mailboxes.awaitMessage(instance.login(Mailboxes.PRACTITIONER), id);
        TraceLine refused =
                traces.await("the report is refused", Traces.about(id).and(Traces.is(Event.DOCUMENT_REFUSED)));
        assertThat(refused.outcome()).contains(Outcome.PATIENT_OPPOSED);
        try (Dmp dmp = Dmp.of(instance)) {
            assertThat(dmp.documents(SampleDocuments.OPPOSED_PATIENT)).isEmpty();
        }

        ReceivedMail receipt = mailboxes.awaitReplyTo(instance.login(Mailboxes.LABORATORY), id);
        assertThat(receipt.subject()).contains("[906]");
        assertThat(textOf(receipt))
                .contains("processed/Error: 906")
                .contains("MSS-D12")
                .contains("Le patient s'est opposé au dépôt de documents dans son DMP.");
    }

    @Test
    void organisationalInboxIsReadByItsMembersUnderTheirOwnNames() throws MessagingException, IOException {
        Attachment letter = SampleDocuments.dischargeLetter();
        String id = letters.deliver(
                "operator-b", Mailboxes.HOSPITAL, Mailboxes.PRACTICE, "Lettre de liaison à la sortie", letter);
        TraceLine arrival = traces.await("the letter arrives", Traces.about(id).and(Traces.is(Event.RECEIVED)));
        assertThat(arrival.get(Field.CERTIFICATE_SUBJECT))
                .hasValueSatisfying(subject -> assertThat(subject).startsWith("CN=smtp.chu-exemple.mssante.fr,"));

        Traces logins = instance.tracesFromNow();
        // both ways to say who acts for whom: one user name for both, and the two identities of SASL PLAIN
        ReceivedMail received = mailboxes.awaitMessage(
                instance.login(Mailboxes.PRACTICE, Mailboxes.PRACTITIONER).combined(), id);
        assertThat(received.attachment(letter.name()))
                .hasValueSatisfying(there -> assertThat(there.content()).isEqualTo(letter.content()));
        mailboxes.awaitMessage(instance.login(Mailboxes.PRACTICE, Mailboxes.COLLEAGUE), id);

        for (var person : List.of(Mailboxes.PRACTITIONER, Mailboxes.COLLEAGUE)) {
            logins.await(
                    "log-in of " + person,
                    Traces.is(Event.AUTHENTICATED)
                            .and(Traces.has(Field.ACTOR, person.toString()))
                            .and(Traces.has(Field.ON_BEHALF_OF, Mailboxes.PRACTICE.toString())));
        }
        assertThat(eventsOf(id)).doesNotContain(Event.HANDED_TO_BRIDGE);
    }

    private List<Event> eventsOf(String id) {
        return traces.find(Traces.about(id)).stream()
                .map(line -> Event.valueOf(line.event()))
                .distinct()
                .toList();
    }

    private static String textOf(ReceivedMail mail) throws MessagingException, IOException {
        return mail.parts().stream()
                .map(part -> new String(part.content(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
    }
}
