package org.mssante.dmp.bridge.extract;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mssante.core.mail.EncodedWords;
import org.mssante.core.mail.XdmSubject;

/**
 * What the bridge reads of a mail's own header.
 *
 * @param messageId without angle brackets; derived from the content where the mail has none
 * @param subject decoded, unfolded; empty where there is none
 * @param receiptTo Disposition-Notification-To (RFC 8098 §2.1) as written
 * @param returnPath as written
 * @param qualification X-MSS-INS (ECO.2.4.2)
 */
public record MailHeader(
        String messageId,
        String subject,
        Optional<String> receiptTo,
        Optional<String> returnPath,
        String autoSubmitted,
        String contentType,
        Qualification qualification) {
    /** How an error's subject begins, without accents and case: the rule's text and that of its example (mssante.md 8.2). */
    private static final List<String> KO_SUBJECTS = List.of("[ko integration systeme", "[erreur d'integration");

    public static MailHeader of(byte[] message) {
        InternetHeaders headers;
        try {
            headers = new InternetHeaders(new ByteArrayInputStream(message));
        } catch (MessagingException e) {
            headers = new InternetHeaders();
        }
        return new MailHeader(
                first(headers, "Message-ID")
                        .map(MailHeader::withoutBrackets)
                        .filter(id -> !id.isEmpty())
                        .orElseGet(() -> sha256(message) + "@without-message-id"),
                first(headers, "Subject").map(MailHeader::decoded).orElse(""),
                first(headers, "Disposition-Notification-To"),
                first(headers, "Return-Path"),
                first(headers, "Auto-Submitted").orElse("no").toLowerCase(Locale.ROOT),
                first(headers, "Content-Type").orElse("text/plain").toLowerCase(Locale.ROOT),
                qualification(headers));
    }

    /** True for a receipt, a delivery report or an answer a machine gave: nothing in it is sent to be filed. */
    public boolean isReport() {
        return contentType.startsWith("multipart/report")
                || autoSubmitted.startsWith("auto-replied")
                || KO_SUBJECTS.stream().anyMatch(bare(subject)::startsWith);
    }

    private static String bare(String subject) {
        return Unaccented.of(subject.strip()).replace('\u2019', '\'').toLowerCase(Locale.ROOT);
    }

    /** True where nobody waits for an automatic answer (RFC 3834 §2). */
    public boolean isAutomatic() {
        return isReport() || !autoSubmitted.startsWith("no");
    }

    /** True where the subject says that documents are there to be integrated. */
    public boolean announcesDocuments() {
        return XdmSubject.announcesDocuments(subject);
    }

    /** SHA-256 of a message, hexadecimal. */
    public static String sha256(byte[] message) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Qualification qualification(InternetHeaders headers) {
        return Qualification.of(Optional.ofNullable(headers.getHeader(Qualification.HEADER))
                .map(List::of)
                .orElse(List.of()));
    }

    private static Optional<String> first(InternetHeaders headers, String name) {
        String[] values = headers.getHeader(name);
        return values == null || values.length == 0
                ? Optional.empty()
                : Optional.of(oneLine(MimeUtility.unfold(values[0]))).filter(value -> !value.isEmpty());
    }

    private static String decoded(String text) {
        return oneLine(EncodedWords.decode(text));
    }

    /** An encoded word may hide line breaks: nothing of this header must open a line of another. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static String withoutBrackets(String id) {
        return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
    }
}
