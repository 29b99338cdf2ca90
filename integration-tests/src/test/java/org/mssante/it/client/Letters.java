package org.mssante.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mssante.core.id.MailAddress;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.mail.Attachment;
import org.mssante.launcher.mail.ComposedMail;
import org.mssante.launcher.mail.SmtpAnswer;
import org.mssante.launcher.mail.SmtpClient;

/** Messages the tests write and send. */
public final class Letters {
    private final TestInstance instance;

    public Letters(TestInstance instance) {
        this.instance = instance;
    }

    /** A message that asks its sender for a receipt, as the exchange of documents by MSSanté does. */
    public static ComposedMail compose(MailAddress from, MailAddress to, String subject, Attachment... attachments) {
        return new ComposedMail(
                ComposedMail.newMessageId(from),
                Instant.now(),
                from,
                List.of(to),
                subject,
                "Bonjour, veuillez trouver ci-joint le document.",
                List.of(attachments),
                Optional.of(from));
    }

    /** Submits as the sender; the server has to accept. Gives the Message-ID. */
    public String submit(MailAddress from, MailAddress to, String subject, Attachment... attachments) {
        ComposedMail mail = compose(from, to, subject, attachments);
        SmtpAnswer answer =
                SmtpClient.submission(instance.instance(), instance.login(from)).send(mail, from, List.of(to));
        assertThat(answer).isInstanceOf(SmtpAnswer.Accepted.class);
        return mail.id();
    }

    /** Delivers as another operator's server; ours has to accept. Gives the Message-ID. */
    public String deliver(
            String identity, MailAddress from, MailAddress to, String subject, Attachment... attachments) {
        ComposedMail mail = compose(from, to, subject, attachments);
        SmtpAnswer answer = SmtpClient.operator(instance.instance(), identity).send(mail, from, List.of(to));
        assertThat(answer).isInstanceOf(SmtpAnswer.Accepted.class);
        return mail.id();
    }
}
