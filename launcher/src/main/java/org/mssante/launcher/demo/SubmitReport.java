package org.mssante.launcher.demo;

import java.util.List;
import org.mssante.launcher.mail.Attachment;
import org.mssante.launcher.mail.SmtpAnswer;
import org.mssante.launcher.mail.SmtpClient;

/** Somebody hands a report to the mail server. */
final class SubmitReport implements DemoStep {
    private final String title;
    private final SmtpClient client;
    private final DemoMail mail;

    SubmitReport(String title, SmtpClient client, DemoMail mail) {
        this.title = title;
        this.client = client;
        this.mail = mail;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<Check> play(Narrator narrator) {
        narrator.tell("from " + mail.from() + " to " + mail.to() + " at " + client.endpoint());
        narrator.tell(
                "Message-ID <" + mail.id() + ">, document " + mail.report().documentId());
        for (Attachment attachment : mail.report().attachments()) {
            narrator.tell("with " + attachment.name() + ", " + attachment.content().length + " octets");
        }
        SmtpAnswer answer = client.send(mail.mail(), mail.from(), List.of(mail.to()));
        narrator.tell("server: " + answer.words());
        return List.of(
                Check.that("the server accepts the message", answer instanceof SmtpAnswer.Accepted, answer.words()));
    }
}
