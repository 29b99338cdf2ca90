package org.mssante.server.smtp;

import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.mailet.Mail;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.trace.MailFacts;

/**
 * What a peer asks for, as the line of its refusal names it: the command, and in fields of their own the sender, the
 * recipients and the Message-ID as far as they are known by then; never content.
 *
 * @param words e.g. {@code MAIL FROM:<a@b.fr>}
 */
record Asked(String words, UnaryOperator<TraceEntry> facts) {
    private static final String DATA = "DATA";

    static Asked of(String words) {
        return new Asked(words, UnaryOperator.identity());
    }

    static Asked mailFrom(MaybeSender sender) {
        return new Asked("MAIL FROM:" + sender.asPrettyString(), line -> from(line, sender));
    }

    static Asked rcptTo(MaybeSender sender, MailAddress recipient) {
        return new Asked("RCPT TO:<" + recipient.asString() + ">", line -> to(from(line, sender), List.of(recipient)));
    }

    static Asked data(MailEnvelope envelope) {
        return new Asked(DATA, line -> to(from(line, envelope.getMaybeSender()), envelope.getRecipients()));
    }

    static Asked data(Mail mail) {
        return new Asked(DATA, line -> MailFacts.envelope(line, mail, mail.getRecipients()));
    }

    private static TraceEntry from(TraceEntry line, MaybeSender sender) {
        return line.with(Field.FROM, sender.asPrettyString());
    }

    private static TraceEntry to(TraceEntry line, Collection<MailAddress> recipients) {
        return line.with(
                Field.TO,
                recipients.stream().map(MailAddress::asString).sorted().collect(Collectors.joining(" ")));
    }
}
