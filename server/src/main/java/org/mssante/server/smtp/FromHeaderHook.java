package org.mssante.server.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import javax.mail.internet.InternetAddress;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.auth.Login;
import org.mssante.server.mailbox.JamesNames;

/** The reader sees From, not MAIL FROM: every address in From and Sender must be one the login may send as. */
public final class FromHeaderHook implements JamesMessageHook {
    private final SendingRights rights;
    private final Replies replies;

    @Inject
    public FromHeaderHook(SendingRights rights, Replies replies) {
        this.rights = rights;
        this.replies = replies;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return replies.answer(session, "DATA", () -> decide(session, mail));
    }

    private Verdict decide(SMTPSession session, Mail mail) {
        Optional<Login> login = Sessions.login(session);
        if (login.isEmpty()) {
            return Verdict.refuse(Outcome.AUTHENTICATION_REQUIRED, "nobody has logged in");
        }
        List<String> named = new ArrayList<>();
        try {
            List<String> from = addresses(mail, "From");
            if (from.isEmpty()) {
                return Verdict.refuse(Outcome.SENDER_NOT_ALLOWED, "the message has no From");
            }
            named.addAll(from);
            named.addAll(addresses(mail, "Sender"));
        } catch (MessagingException e) {
            return Verdict.refuse(Outcome.SENDER_NOT_ALLOWED, "From or Sender is not readable: " + e.getMessage());
        }
        return named.stream()
                .map(address -> decide(login.get(), address))
                .filter(Verdict.Refuse.class::isInstance)
                .findFirst()
                .orElse(new Verdict.Pass());
    }

    private Verdict decide(Login login, String named) {
        Optional<MailAddress> address = JamesNames.parse(named);
        return address.map(sender -> rights.of(login, sender))
                .orElseGet(() -> Verdict.refuse(Outcome.SENDER_NOT_ALLOWED, "From or Sender names no mailbox of ours"));
    }

    /** Every field of that name counts: clients show the first or the last. */
    private static List<String> addresses(Mail mail, String header) throws MessagingException {
        String[] fields = mail.getMessage().getHeader(header);
        List<String> addresses = new ArrayList<>();
        for (String field : fields == null ? new String[0] : fields) {
            addresses.addAll(parse(field));
        }
        return addresses;
    }

    private static List<String> parse(String field) throws AddressException {
        List<String> addresses = new ArrayList<>();
        for (InternetAddress address : InternetAddress.parseHeader(field, true)) {
            addresses.add(address.getAddress());
        }
        return addresses;
    }
}
