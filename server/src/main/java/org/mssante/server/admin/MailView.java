package org.mssante.server.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.mail.Header;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import javax.mail.internet.InternetAddress;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mssante.server.delivery.Attempts;
import org.mssante.server.spool.SecondAttempts;
import org.mssante.server.trace.MailFacts;

/**
 * A mail as JSON for an operator: the facts of its envelope, and its headers where asked for. Never its content, and no
 * value of a header that people write into: a subject names the patient, and so may the name beside an address, so that of
 * an address field only its addresses are shown. Addresses of patients are masked: the trace has them in full.
 */
final class MailView {
    private static final String HIDDEN = "(not shown; only an export shows it)";

    /** Headers that machines write and read. */
    private static final Set<String> SHOWN = Set.of(
            "authentication-results",
            "auto-submitted",
            "bcc",
            "cc",
            "content-transfer-encoding",
            "date",
            "disposition-notification-to",
            "from",
            "in-reply-to",
            "message-id",
            "mime-version",
            "original-message-id",
            "received",
            "references",
            "reply-to",
            "return-path",
            "sender",
            "to",
            "user-agent",
            "x-mailer");

    /** Headers that name messages, by identifiers that look like addresses. */
    private static final Set<String> VERBATIM =
            Set.of("in-reply-to", "message-id", "original-message-id", "references");

    /** Headers that hold addresses, and names and comments beside them (RFC 5322 §3.6.2, §3.6.3, RFC 8098 §2.1). */
    private static final Set<String> ADDRESSES =
            Set.of("bcc", "cc", "disposition-notification-to", "from", "reply-to", "return-path", "sender", "to");

    private final JsonGenerator json;

    MailView(JsonGenerator json) {
        this.json = json;
    }

    /** Members of the object that is open. */
    void facts(Mail mail) throws IOException {
        json.writeStringField("name", mail.getName());
        json.writeStringField("messageId", MailFacts.messageId(mail));
        json.writeStringField("sender", masked(mail.getMaybeSender().asString("")));
        json.writeArrayFieldStart("recipients");
        for (MailAddress recipient : mail.getRecipients()) {
            json.writeString(masked(recipient.asString()));
        }
        json.writeEndArray();
        json.writeNumberField("size", size(mail));
        json.writeNumberField(
                "attempts", SecondAttempts.failuresOf(mail) + Attempts.of(mail).all());
        Optional<String> error = Optional.ofNullable(mail.getErrorMessage());
        if (error.isPresent()) {
            json.writeStringField("lastError", masked(error.get()));
        }
    }

    void instant(String name, Instant instant) throws IOException {
        json.writeStringField(name, instant.toString());
    }

    /** A member with the headers, in their order. */
    void headers(Mail mail) throws IOException {
        json.writeArrayFieldStart("headers");
        for (Header header : headersOf(mail)) {
            json.writeStartObject();
            json.writeStringField("name", header.getName());
            json.writeStringField("value", shown(header));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String shown(Header header) {
        String name = header.getName().toLowerCase(Locale.ROOT);
        if (!SHOWN.contains(name)) {
            return HIDDEN;
        }
        if (VERBATIM.contains(name)) {
            return header.getValue();
        }
        return ADDRESSES.contains(name) ? addresses(header.getValue()) : masked(header.getValue());
    }

    /** Without the names, the comments and the groups' names; nothing of a field that is no list of addresses. */
    private static String addresses(String field) {
        try {
            List<String> addresses = new ArrayList<>();
            for (InternetAddress address : InternetAddress.parseHeader(field, true)) {
                addAll(address, addresses);
            }
            return masked(String.join(", ", addresses));
        } catch (AddressException e) {
            return HIDDEN;
        }
    }

    private static void addAll(InternetAddress address, List<String> addresses) throws AddressException {
        if (address.isGroup()) {
            for (InternetAddress member : address.getGroup(true)) {
                addAll(member, addresses);
            }
        } else {
            address.validate();
            addresses.add("<" + address.getAddress() + ">");
        }
    }

    private static String masked(String text) {
        return org.mssante.core.id.MailAddress.maskedIn(text);
    }

    private static List<Header> headersOf(Mail mail) {
        try {
            return Collections.list(mail.getMessage().getAllHeaders());
        } catch (MessagingException e) {
            throw new UncheckedIOException(new IOException("the header of " + mail.getName() + " cannot be read", e));
        }
    }

    private static long size(Mail mail) {
        try {
            return mail.getMessageSize();
        } catch (MessagingException e) {
            throw new UncheckedIOException(new IOException("the size of " + mail.getName() + " cannot be read", e));
        }
    }
}
