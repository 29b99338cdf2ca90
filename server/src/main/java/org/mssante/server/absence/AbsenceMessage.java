package org.mssante.server.absence;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.mail.internet.MimeUtility;
import org.mssante.annuaire.api.Absence;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.core.id.MailAddress;

/**
 * What a sender is told, as RFC 3834 §3 has it. It quotes nothing of his message, its subject not either: that may name a
 * patient.
 */
public final class AbsenceMessage {
    private static final String END_OF_LINE = "\r\n";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.FRENCH);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH);
    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(76, END_OF_LINE.getBytes(StandardCharsets.US_ASCII));

    private AbsenceMessage() {}

    /**
     * @param about the Message-ID of what he wrote, with its angle brackets
     * @param host for the Message-ID
     * @return the message, all of it US-ASCII
     */
    public static String write(
            Mailbox mailbox,
            Absence absence,
            MailAddress sender,
            Optional<String> about,
            String host,
            Instant now,
            ZoneId zone) {
        String name = mailbox.displayName().replaceAll("\\p{Cntrl}+", " ");
        StringBuilder message = new StringBuilder();
        List<String> fields = List.of(
                "From: " + phrase(name) + " <" + mailbox.address() + ">",
                "To: <" + sender + ">",
                "Subject: " + encoded("Absence : " + name),
                "Date: " + DATE.format(now.atZone(zone)),
                "Message-ID: <" + UUID.randomUUID() + "@" + host + ">",
                "Auto-Submitted: auto-replied");
        fields.forEach(field -> message.append(field).append(END_OF_LINE));
        about.ifPresent(id -> message.append("In-Reply-To: ")
                .append(id)
                .append(END_OF_LINE)
                .append("References: ")
                .append(id)
                .append(END_OF_LINE));
        message.append("MIME-Version: 1.0")
                .append(END_OF_LINE)
                .append("Content-Type: text/plain; charset=UTF-8")
                .append(END_OF_LINE)
                .append("Content-Transfer-Encoding: base64")
                .append(END_OF_LINE)
                .append(END_OF_LINE)
                .append(LINES.encodeToString(text(name, absence).getBytes(StandardCharsets.UTF_8)))
                .append(END_OF_LINE);
        return message.toString();
    }

    private static String text(String name, Absence absence) {
        return String.join(
                END_OF_LINE,
                "La boîte aux lettres « " + name + " » n'est pas relevée " + days(absence)
                        + ". Votre message y est bien arrivé.",
                "",
                absence.text(),
                "",
                "--",
                "Réponse automatique, envoyée une seule fois pendant cette absence.",
                "");
    }

    private static String days(Absence absence) {
        LocalDate from = absence.from();
        return from.equals(absence.until())
                ? "le " + DAY.format(from)
                : "du " + DAY.format(from) + " au " + DAY.format(absence.until());
    }

    /** A display name: encoded words, or a quoted string (RFC 5322 §3.2.5). */
    private static String phrase(String text) {
        String words = encoded(text);
        return words.equals(text) ? "\"" + text.replaceAll("[\\\\\"]", "\\\\$0") + "\"" : words;
    }

    /** As it is where it is US-ASCII, else in encoded words (RFC 2047), a line each. */
    private static String encoded(String text) {
        try {
            return MimeUtility.encodeText(text, StandardCharsets.UTF_8.name(), "Q");
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("UTF-8 is missing", e);
        }
    }
}
