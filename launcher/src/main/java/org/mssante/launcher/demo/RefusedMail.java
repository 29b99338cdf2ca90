package org.mssante.launcher.demo;

import java.util.List;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.launcher.mail.ComposedMail;
import org.mssante.launcher.mail.SmtpAnswer;
import org.mssante.launcher.mail.SmtpClient;

/** Somebody tries to send what must be refused, at one SMTP command and with one code. */
final class RefusedMail implements DemoStep {
    private final String title;
    private final SmtpClient client;
    private final ComposedMail mail;
    private final String command;
    private final Outcome outcome;

    /** @param command which must be refused, e.g. {@code RCPT TO} */
    RefusedMail(String title, SmtpClient client, ComposedMail mail, String command, Outcome outcome) {
        this.title = title;
        this.client = client;
        this.mail = mail;
        this.command = command;
        this.outcome = outcome;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<Check> play(Narrator narrator) {
        MailAddress to = mail.to().get(0);
        narrator.tell("from " + mail.from() + " to " + to + " at " + client.endpoint());
        SmtpAnswer answer = client.send(mail, mail.from(), List.of(to));
        String expected = command + " is refused with "
                + outcome.smtpReply().map(String::valueOf).orElse("") + " " + outcome.code();
        if (!(answer instanceof SmtpAnswer.Refused refused)) {
            narrator.tell("server: " + answer.words());
            return List.of(Check.that(expected, false, "accepted: " + answer.words()));
        }
        SmtpAnswer.Refusal refusal = refused.refusals().get(0);
        narrator.tell("client: " + refusal.command());
        narrator.tell("server: " + refusal.reply());
        boolean asExpected = refusal.command().startsWith(command)
                && outcome.smtpReply()
                        .filter(code -> refusal.reply().startsWith(code.toString()))
                        .isPresent()
                && refusal.reply().contains(outcome.code());
        return List.of(Check.that(expected, asExpected, refusal.command() + " -> " + refusal.reply()));
    }
}
