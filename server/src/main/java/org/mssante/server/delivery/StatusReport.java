package org.mssante.server.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.activation.DataHandler;
import javax.activation.DataSource;
import javax.mail.BodyPart;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.InternetHeaders;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.apache.james.core.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.storage.content.SpooledContent;

/**
 * Writes a delivery status notification (RFC 3464): what happened in French and in English for the sender, the same for
 * programs, and the headers of the message it is about (all of it where RET=FULL asked so and it failed).
 */
final class StatusReport {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String END_OF_LINE = "\r\n";
    private static final String KEPT_FRENCH =
            "Aucun nouvel essai ne sera fait sans l'exploitant du serveur, qui conserve le message. Si l'envoi est urgent,"
                    + " joignez le destinataire autrement.";
    private static final String KEPT_ENGLISH =
            "No further attempt will be made without the operator of the server, who keeps the message. If it is urgent,"
                    + " reach the recipient by other means.";
    private static final int MAX_DIAGNOSTIC = 800;

    private final String reportingHost;
    private final org.mssante.core.id.MailAddress postmaster;

    StatusReport(String reportingHost, org.mssante.core.id.MailAddress postmaster) {
        this.reportingHost = reportingHost;
        this.postmaster = postmaster;
    }

    /** The report, to be sent with the null sender (RFC 3461 §6.1). */
    MimeMessage write(ReportedMail about, ReportKind kind, Map<MailAddress, RecipientStatus> recipients, Instant now)
            throws MessagingException {
        SortedMap<MailAddress, RecipientStatus> sorted = new TreeMap<>(Comparator.comparing(MailAddress::asString));
        sorted.putAll(recipients);
        MimeMultipart parts = new MimeMultipart("report");
        parts.addBodyPart(explanation(about, kind, sorted));
        parts.addBodyPart(status(about, kind, sorted, now));
        parts.addBodyPart(original(about));
        MimeMessage report = new Report(Session.getInstance(new Properties()));
        report.setHeader("From", "\"Mail Delivery System\" <" + postmaster + ">");
        report.setHeader("To", "<" + about.sender().asString() + ">");
        report.setHeader("Date", DATE.format(now));
        report.setSubject(kind.subject(), StandardCharsets.UTF_8.name());
        report.setHeader("Message-ID", "<" + UUID.randomUUID() + "@" + reportingHost + ">");
        report.setHeader("Auto-Submitted", "auto-replied");
        if (about.messageId().isPresent()) {
            report.setHeader("In-Reply-To", about.messageId().get());
            report.setHeader("References", about.messageId().get());
        }
        report.setContent(parts);
        report.setHeader("Content-Type", parts.getContentType() + ";" + END_OF_LINE + "\treport-type=delivery-status");
        report.saveChanges();
        return report;
    }

    private static BodyPart explanation(
            ReportedMail about, ReportKind kind, SortedMap<MailAddress, RecipientStatus> recipients)
            throws MessagingException {
        boolean whole = about.whole().isPresent();
        boolean kept = recipients.values().stream().anyMatch(RecipientStatus::kept);
        MimeBodyPart part = new MimeBodyPart();
        part.setText(
                String.join(
                        END_OF_LINE,
                        kind.french(),
                        "",
                        list(recipients, Outcome::french),
                        "",
                        kept ? KEPT_FRENCH : kind.afterwordFrench(),
                        whole ? "Le message entier est joint." : "Les en-têtes du message sont joints.",
                        "",
                        "--",
                        "",
                        kind.english(),
                        "",
                        list(recipients, Outcome::english),
                        "",
                        kept ? KEPT_ENGLISH : kind.afterwordEnglish(),
                        whole ? "The whole message is attached." : "The headers of the message are attached.",
                        ""),
                StandardCharsets.UTF_8.name());
        return part;
    }

    private static String list(SortedMap<MailAddress, RecipientStatus> recipients, Function<Outcome, String> language) {
        return recipients.entrySet().stream()
                .map(recipient -> "  " + recipient.getKey().asString()
                        + recipient
                                .getValue()
                                .why()
                                .map(why -> END_OF_LINE + "    " + language.apply(why) + " (" + why.code() + ")")
                                .orElse(""))
                .collect(Collectors.joining(END_OF_LINE));
    }

    private BodyPart status(
            ReportedMail about, ReportKind kind, SortedMap<MailAddress, RecipientStatus> recipients, Instant now)
            throws MessagingException {
        StringBuilder text =
                new StringBuilder("Reporting-MTA: dns; ").append(reportingHost).append(END_OF_LINE);
        about.envelopeId().ifPresent(id -> field(text, "Original-Envelope-Id", id));
        about.arrived().ifPresent(arrived -> field(text, "Arrival-Date", DATE.format(arrived)));
        for (Map.Entry<MailAddress, RecipientStatus> entry : recipients.entrySet()) {
            MailAddress recipient = entry.getKey();
            RecipientStatus status = entry.getValue();
            text.append(END_OF_LINE);
            about.originally(recipient)
                    .ifPresent(original -> field(text, "Original-Recipient", "rfc822; " + original.asString()));
            field(text, "Final-Recipient", "rfc822; " + recipient.asString());
            field(text, "Action", kind.action());
            field(text, "Status", status.status());
            status.peer().ifPresent(peer -> field(text, "Remote-MTA", "dns; " + peer.host()));
            status.diagnostic().ifPresent(diagnostic -> field(text, "Diagnostic-Code", diagnostic));
            field(text, "Last-Attempt-Date", DATE.format(now));
        }
        return part("message/delivery-status", text.toString());
    }

    /** Fields hold what others said: one line, bounded. */
    private static void field(StringBuilder text, String name, String value) {
        String line = value.codePoints()
                .map(c -> c < ' ' || c > '~' ? '?' : c)
                .limit(MAX_DIAGNOSTIC)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        text.append(name).append(": ").append(line).append(END_OF_LINE);
    }

    private static BodyPart original(ReportedMail about) throws MessagingException {
        if (about.whole().isPresent()) {
            MimeBodyPart whole = new MimeBodyPart();
            whole.setDataHandler(new DataHandler(new Whole(about.whole().get())));
            return whole;
        }
        return part("text/rfc822-headers", about.header());
    }

    private static BodyPart part(String type, String text) throws MessagingException {
        InternetHeaders headers = new InternetHeaders();
        headers.addHeader("Content-Type", type);
        // header lines are octets read as ISO 8859-1: the same way back leaves them as they were
        return new MimeBodyPart(headers, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The message a report is about, octet for octet. */
    private record Whole(SpooledContent content) implements DataSource {
        @Override
        public InputStream getInputStream() throws IOException {
            return content.open();
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException("a message is reported on, not changed");
        }

        @Override
        public String getContentType() {
            return "message/rfc822";
        }

        @Override
        public String getName() {
            return "";
        }
    }

    /** Keeps its own Message-ID, which saveChanges would replace. */
    private static final class Report extends MimeMessage {
        Report(Session session) {
            super(session);
        }

        @Override
        protected void updateMessageID() {
            // set by the author
        }
    }
}
