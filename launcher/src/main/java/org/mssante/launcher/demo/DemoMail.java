package org.mssante.launcher.demo;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mssante.core.id.MailAddress;
import org.mssante.launcher.mail.ComposedMail;

/** A message of the story and the report it carries. */
record DemoMail(ComposedMail mail, SampleReport report) {

    /** With the subject that marks an XDM package (ECO.2.1.3) and the request for a receipt. */
    static DemoMail of(MailAddress from, MailAddress to, Instant date, String label, String text, SampleReport report) {
        ComposedMail mail = new ComposedMail(
                ComposedMail.newMessageId(from),
                date,
                from,
                List.of(to),
                "XDM/1.0/DDM+" + label,
                text,
                report.attachments(),
                Optional.of(from));
        return new DemoMail(mail, report);
    }

    String id() {
        return mail.id();
    }

    MailAddress from() {
        return mail.from();
    }

    MailAddress to() {
        return mail.to().get(0);
    }
}
