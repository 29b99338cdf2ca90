package org.mssante.server.absence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.mail.Message.RecipientType;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import org.mssante.core.id.MailAddress;
import org.mssante.core.mail.XdmSubject;

/**
 * Which messages are answered by themselves: those a person wrote to this mailbox (RFC 3834 §2). Never what a program wrote,
 * lists, reports and receipts, nor what carries documents for a software.
 */
public final class AbsenceRules {
    private static final Set<String> FOR_MANY = Set.of("bulk", "junk", "list");
    private static final Set<String> OF_LISTS = Set.of("List-Id", "List-Post", "List-Unsubscribe", "List-Help");
    /** RFC 3834 §2, RFC 2142. */
    private static final Set<String> PROGRAMS =
            Set.of("postmaster", "mailer-daemon", "noreply", "no-reply", "ne-pas-repondre", "nepasrepondre");

    private AbsenceRules() {}

    /** Whether a person wrote it. */
    public static boolean isPersonal(MimeMessage message, MailAddress sender) throws MessagingException {
        return !PROGRAMS.contains(sender.local().toLowerCase(Locale.ROOT))
                && values(message, "Auto-Submitted")
                        .allMatch(value -> word(value).equals("no"))
                && values(message, "Precedence").noneMatch(value -> FOR_MANY.contains(word(value)))
                && OF_LISTS.stream().allMatch(field -> isAbsent(message, field))
                && !word(Optional.ofNullable(message.getContentType()).orElse(""))
                        .equals("multipart/report")
                && values(message, "Subject").noneMatch(XdmSubject::announcesDocuments);
    }

    /** Whether the mailbox is among those the message names as its recipients. */
    public static boolean names(MimeMessage message, MailAddress mailbox) throws MessagingException {
        return Stream.of(RecipientType.TO, RecipientType.CC)
                .map(RecipientType::toString)
                .flatMap(field -> values(message, field))
                .flatMap(AbsenceRules::addresses)
                .anyMatch(address -> address.equalsIgnoreCase(mailbox.toString()));
    }

    private static Stream<String> addresses(String field) {
        try {
            return Arrays.stream(InternetAddress.parseHeader(field, false)).map(InternetAddress::getAddress);
        } catch (AddressException e) {
            // who cannot be read is not named
            return Stream.empty();
        }
    }

    /** What stands before parameters and comments. */
    private static String word(String value) {
        return value.split("[;(]", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isAbsent(MimeMessage message, String field) {
        return values(message, field).findAny().isEmpty();
    }

    private static Stream<String> values(MimeMessage message, String field) {
        try {
            return Optional.ofNullable(message.getHeader(field)).stream().flatMap(Arrays::stream);
        } catch (MessagingException e) {
            throw new IllegalStateException("the header of a message cannot be read", e);
        }
    }
}
