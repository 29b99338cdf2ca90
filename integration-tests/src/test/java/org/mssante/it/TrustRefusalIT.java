package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.Program;
import org.mssante.it.client.SmtpDialogue;
import org.mssante.it.instance.SharedInstance;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.instance.Traces;
import org.mssante.launcher.instance.ServicePort;

/** Who is refused, at which command, in which words; and that a refusal leaves a trace and nothing else. */
@ExtendWith(SharedInstance.class)
@Timeout(180)
class TrustRefusalIT {
    private static final String HOSPITAL_OPERATOR = "operator-b";

    private final TestInstance instance;

    /** Nobody else sends from it: whatever the trace tells of it, this test did. */
    private final String local = "it-" + UUID.randomUUID();

    private Traces traces;

    TrustRefusalIT(TestInstance instance) {
        this.instance = instance;
    }

    @BeforeEach
    void lookFromNowOn() {
        Program.assumeInstalled("openssl");
        traces = instance.tracesFromNow();
    }

    // --- between operators

    @Test
    void refusesMailBeforeStartTls() {
        String sender = local + "@chu-exemple.mssante.fr";
        try (SmtpDialogue smtp = SmtpDialogue.plain(instance.endpoint(ServicePort.SMTP_MX))) {
            assertThat(smtp.say("EHLO it.example")).contains("STARTTLS");
            assertThat(smtp.say(mailFrom(sender))).startsWith("530 5.7.0 ").contains("MSS-T01");
        }
        traces.await(Event.COMMAND_REFUSED, Outcome.TLS_REQUIRED);
    }

    @Test
    void refusesServerWithoutClientCertificate() {
        String sender = local + "@chu-exemple.mssante.fr";
        try (SmtpDialogue smtp = between(Optional.empty())) {
            assertThat(smtp.say(mailFrom(sender))).startsWith("554 5.7.1 ").contains("MSS-T02");
        }
        assertTraced(Outcome.CLIENT_CERTIFICATE_MISSING);
    }

    @Test
    void refusesCertificateWhoseDnIsNotListedForTheSenderDomain() {
        String sender = local + "@chu-exemple.mssante.fr";
        try (SmtpDialogue smtp = between(Optional.of("unlisted"))) {
            assertThat(smtp.say(mailFrom(sender))).startsWith("550 5.7.1 ").contains("MSS-T08");
        }
        TraceLine line = assertTraced(Outcome.CERTIFICATE_NOT_LISTED_FOR_DOMAIN);
        assertThat(line.get(Field.CERTIFICATE_SUBJECT))
                .hasValueSatisfying(subject -> assertThat(subject).startsWith("CN=smtp.hors-liste.mssante.fr,"));
    }

    @Test
    void refusesOperatorThatSendsForADomainOfAnother() {
        String sender = local + "@demo.mssante.fr";
        try (SmtpDialogue smtp = between(Optional.of(HOSPITAL_OPERATOR))) {
            assertThat(smtp.say(mailFrom(sender))).startsWith("550 5.7.1 ").contains("MSS-T08");
        }
        assertTraced(Outcome.CERTIFICATE_NOT_LISTED_FOR_DOMAIN);
    }

    @Test
    void refusesSenderDomainThatIsNotListed() {
        String sender = local + "@hors-liste.mssante.fr";
        try (SmtpDialogue smtp = between(Optional.of("unlisted"))) {
            assertThat(smtp.say(mailFrom(sender))).startsWith("550 5.7.1 ").contains("MSS-T07");
        }
        assertTraced(Outcome.SENDER_DOMAIN_NOT_LISTED);
    }

    @Test
    void refusesRevokedCertificateThoughItsDnIsListed() {
        String sender = local + "@revoque.exemple.mssante.fr";
        try (SmtpDialogue smtp = between(Optional.of("revoked"))) {
            assertThat(smtp.say(mailFrom(sender))).startsWith("554 5.7.5 ").contains("MSS-T05");
        }
        assertTraced(Outcome.CERTIFICATE_REVOKED);
    }

    @Test
    void acceptsTheNullSenderOfAListedOperatorAndOfNobodyElse() {
        try (SmtpDialogue smtp = between(Optional.of(HOSPITAL_OPERATOR))) {
            assertThat(smtp.say("MAIL FROM:<>")).startsWith("250 ");
        }
        try (SmtpDialogue smtp = between(Optional.of("unlisted"))) {
            assertThat(smtp.say("MAIL FROM:<>")).startsWith("550 5.7.1 ").contains("MSS-T09");
        }
        traces.await(Event.COMMAND_REFUSED, Outcome.CERTIFICATE_NOT_LISTED);
    }

    @Test
    void offersNoAuthenticationBetweenOperators() {
        try (SmtpDialogue smtp = SmtpDialogue.plain(instance.endpoint(ServicePort.SMTP_MX))) {
            assertThat(smtp.say("EHLO it.example")).doesNotContain("AUTH");
        }
        try (SmtpDialogue smtp = SmtpDialogue.startTls(instance, ServicePort.SMTP_MX, Optional.of(HOSPITAL_OPERATOR))) {
            assertThat(smtp.say("EHLO it.example")).startsWith("250").doesNotContain("AUTH");
        }
    }

    @Test
    void relaysForNoOperator() {
        String sender = local + "@chu-exemple.mssante.fr";
        try (SmtpDialogue smtp = between(Optional.of(HOSPITAL_OPERATOR))) {
            assertThat(smtp.say(mailFrom(sender))).startsWith("250 ");
            assertThat(smtp.say("RCPT TO:<" + local + "@revoque.exemple.mssante.fr>"))
                    .startsWith("550 5.7.1 ")
                    .contains("MSS-M06");
            assertThat(smtp.say("DATA")).startsWith("503 ");
        }
        assertTraced(Outcome.RELAY_DENIED);
    }

    @Test
    void refusesRecipientThatIsNoMailboxHere() {
        String sender = local + "@chu-exemple.mssante.fr";
        try (SmtpDialogue smtp = between(Optional.of(HOSPITAL_OPERATOR))) {
            assertThat(smtp.say(mailFrom(sender))).startsWith("250 ");
            assertThat(smtp.say("RCPT TO:<" + local + "@demo.mssante.fr>"))
                    .startsWith("550 5.1.1 ")
                    .contains("MSS-M04");
        }
        assertTraced(Outcome.MAILBOX_UNKNOWN);
    }

    // --- submission

    @Test
    void refusesPasswordsInClear() {
        try (SmtpDialogue smtp = SmtpDialogue.plain(instance.endpoint(ServicePort.SMTP_SUBMISSION))) {
            assertThat(smtp.say("EHLO it.example")).contains("STARTTLS").doesNotContain("AUTH");
            assertThat(smtp.say("AUTH PLAIN " + base64("\0" + Mailboxes.PRACTITIONER + "\0secret")))
                    .startsWith("5");
            assertThat(smtp.say(mailFrom(Mailboxes.PRACTITIONER.toString()))).startsWith("530 5.7.0 ");
        }
        assertThat(traces.find(Traces.is(Event.AUTHENTICATED))).isEmpty();
        traces.await(Event.COMMAND_REFUSED, Outcome.TLS_REQUIRED);
    }

    @Test
    void refusesSubmissionWithoutLogIn() {
        try (SmtpDialogue smtp = SmtpDialogue.startTls(instance, ServicePort.SMTP_SUBMISSION, Optional.empty())) {
            assertThat(smtp.say("EHLO it.example")).contains("AUTH");
            assertThat(smtp.say(mailFrom(Mailboxes.PRACTITIONER.toString())))
                    .startsWith("530 5.7.0 ")
                    .contains("MSS-M01");
        }
        traces.await(Event.COMMAND_REFUSED, Outcome.AUTHENTICATION_REQUIRED);
    }

    @Test
    void refusesWrongPassword() {
        try (SmtpDialogue smtp = SmtpDialogue.startTls(instance, ServicePort.SMTP_SUBMISSION, Optional.empty())) {
            smtp.say("EHLO it.example");
            assertThat(smtp.say("AUTH PLAIN " + base64("\0" + Mailboxes.PRACTITIONER + "\0" + local)))
                    .startsWith("535 5.7.8 ")
                    .contains("MSS-M02");
        }
        TraceLine line = traces.await(Event.AUTHENTICATION_REFUSED, Outcome.AUTHENTICATION_FAILED);
        assertThat(line.values().values()).noneMatch(value -> value.contains(local));
    }

    @Test
    void refusesRecipientOutsideTheTrustSpaceAtRcptTo() {
        try (SmtpDialogue smtp = laboratory()) {
            assertThat(smtp.say(mailFrom(Mailboxes.LABORATORY.toString()))).startsWith("250 ");
            assertThat(smtp.say("RCPT TO:<" + local + "@example.com>"))
                    .startsWith("550 5.7.1 ")
                    .contains("MSS-T10");
            assertThat(smtp.say("DATA")).startsWith("503 ");
        }
        TraceLine line = assertTraced(Outcome.RECIPIENT_OUTSIDE_TRUST_SPACE);
        assertThat(line.get(Field.ACTOR)).hasValue(Mailboxes.LABORATORY.toString());
    }

    @Test
    void refusesSenderThatIsNotTheMailboxLoggedIn() {
        String sender = Mailboxes.PRACTITIONER.toString();
        try (SmtpDialogue smtp = laboratory()) {
            assertThat(smtp.say(mailFrom(sender))).startsWith("550 5.7.1 ").contains("MSS-M03");
        }
        traces.await(Event.COMMAND_REFUSED, Outcome.SENDER_NOT_ALLOWED);
    }

    @Test
    void refusesMessageWhoseFromHeaderNamesSomebodyElse() {
        String id = local + "@demo.mssante.fr";
        try (SmtpDialogue smtp = laboratory()) {
            assertThat(smtp.say(mailFrom(Mailboxes.LABORATORY.toString()))).startsWith("250 ");
            assertThat(smtp.say("RCPT TO:<" + Mailboxes.PRACTITIONER + ">")).startsWith("250 ");
            assertThat(smtp.say("DATA")).startsWith("354 ");
            assertThat(smtp.say(String.join(
                            "\r\n",
                            "From: " + Mailboxes.COLLEAGUE,
                            "To: " + Mailboxes.PRACTITIONER,
                            "Message-ID: <" + id + ">",
                            "Subject: au nom d'un autre",
                            "",
                            "Bonjour.",
                            ".")))
                    .startsWith("550 5.7.1 ")
                    .contains("MSS-M03");
        }
        traces.await(Event.COMMAND_REFUSED, Outcome.SENDER_NOT_ALLOWED);
        assertThat(traces.find(Traces.about(id).and(Traces.is(Event.DELIVERED))))
                .isEmpty();
        assertThat(traces.find(Traces.about(id).and(Traces.is(Event.SUBMITTED))))
                .isEmpty();
    }

    private SmtpDialogue between(Optional<String> identity) {
        SmtpDialogue smtp = SmtpDialogue.startTls(instance, ServicePort.SMTP_MX, identity);
        assertThat(smtp.say("EHLO it.example")).startsWith("250");
        return smtp;
    }

    private SmtpDialogue laboratory() {
        SmtpDialogue smtp = SmtpDialogue.startTls(
                instance, ServicePort.SMTP_SUBMISSION, Optional.of("clients/" + Mailboxes.LABORATORY));
        assertThat(smtp.say("EHLO it.example")).contains("EXTERNAL");
        assertThat(smtp.say("AUTH EXTERNAL " + base64(Mailboxes.LABORATORY.toString())))
                .startsWith("235 ");
        return smtp;
    }

    /** The refusal of a command that names this test has its line, and nothing of this test has gone on. */
    private TraceLine assertTraced(Outcome outcome) {
        Predicate<TraceLine> ours = line -> line.values().values().stream().anyMatch(value -> value.contains(local));
        TraceLine line = traces.await(
                outcome.code() + " about " + local,
                Traces.is(Event.COMMAND_REFUSED).and(Traces.is(outcome)).and(ours));
        assertThat(line.get(Field.PEER)).isPresent();
        assertThat(line.get(Field.REPLY))
                .hasValueSatisfying(reply -> assertThat(reply).contains(outcome.code()));
        assertThat(traces.find(ours.and(Traces.is(Event.COMMAND_REFUSED).negate())))
                .isEmpty();
        return line;
    }

    private static String mailFrom(String sender) {
        return "MAIL FROM:<" + sender + ">";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
