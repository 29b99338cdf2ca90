package org.mssante.server.storage.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.james.server.core.MimeMessageSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Mail;
import org.mssante.core.log.RootCause;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.storage.content.BodyTable;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.content.SpooledContent;
import org.mssante.server.storage.content.StoredContent;

/**
 * Mails as the six columns {@value #COLUMNS}, which every table that holds mails has. A mail read back is a view: its bytes
 * come from the database when asked for, and stay readable for the grace of {@link BodyTable} after its row is gone.
 * Thread-safe.
 */
public final class StoredMails {
    public static final String COLUMNS = "name, sender, recipients, envelope, prefix, body_id";
    public static final String ASSIGNMENTS =
            "name = ?, sender = ?, recipients = ?, envelope = ?, prefix = ?, body_id = ?";
    public static final String PLACEHOLDERS = "?, ?, ?, ?, ?, ?";
    public static final int COUNT = 6;

    private static final String SEPARATOR = "\n";

    private final BodyTable bodies;

    public StoredMails(BodyTable bodies) {
        this.bodies = bodies;
    }

    /**
     * The bytes of a mail, to be had before the transaction that stores it: by reference where they came from this database
     * and nobody has changed them, else read.
     */
    public static MailContent content(Mail mail) throws MessagingException {
        Optional<MimeMessage> message = Optional.ofNullable(mail.getMessage());
        if (message.isPresent() && message.get() instanceof StoredMime stored && !stored.isModified()) {
            return stored.inDatabase();
        }
        try (InputStream bytes =
                message.isPresent() ? new MimeMessageInputStream(message.get()) : InputStream.nullInputStream()) {
            return SpooledContent.ofMail(bytes);
        } catch (IOException e) {
            throw new MessagingException("The mail " + mail.getName() + " could not be read", e);
        }
    }

    /** Stores a large body before the transaction that refers to it by {@link #set}. */
    public void storeAhead(MailContent content) {
        bodies.storeAhead(content);
    }

    /** Sets the columns of a statement that writes them, and stores the body in the same transaction. */
    public void set(PreparedStatement statement, int index, Mail mail, MailContent content) throws SQLException {
        Connection connection = statement.getConnection();
        statement.setString(index, mail.getName());
        statement.setString(index + 1, mail.getMaybeSender().asString(""));
        statement.setString(index + 2, recipients(mail));
        statement.setString(index + 3, MailEnvelope.write(mail));
        statement.setBytes(index + 4, content.prefix());
        statement.setLong(index + 5, bodies.store(connection, content));
    }

    /** How a recipient stands in the column: asked for with {@code POSITION(? IN recipients) > 0}. */
    public static String recipientEntry(String address) {
        return SEPARATOR + address + SEPARATOR;
    }

    /** The mail of a row; one that cannot be understood is an answer too, so that it never hides the rows behind it. */
    public StoredMail read(ResultSet row) throws SQLException {
        String name = row.getString("name");
        String sender = row.getString("sender");
        String recipients = row.getString("recipients");
        String envelope = row.getString("envelope");
        StoredSource source = new StoredSource(name, new StoredContent(row.getBytes("prefix"), row.getLong("body_id")));
        try {
            return new StoredMail(readable(name, sender, recipients, envelope, source), Optional.empty());
        } catch (MessagingException | RuntimeException e) { // whatever parsers throw at what they did not write
            // the kind alone: its words may hold what it could not read
            String defect =
                    "its row cannot be read: " + RootCause.of(e).getClass().getSimpleName();
            return new StoredMail(unreadable(name, defect, source), Optional.of(defect));
        }
    }

    private static MailImpl readable(
            String name, String sender, String recipients, String envelope, StoredSource source)
            throws MessagingException {
        MailImpl mail = MailImpl.builder()
                .name(name)
                .sender(sender(sender))
                .addRecipients(recipients(recipients))
                .build();
        MailEnvelope.read(envelope, mail);
        mail.setMessageNoCopy(new StoredMime(source));
        return mail;
    }

    private static MailImpl unreadable(String name, String defect, StoredSource source) {
        try {
            MailImpl mail = MailImpl.builder().name(name).build();
            mail.setErrorMessage(Outcome.STORED_MAIL_UNREADABLE.code() + " " + defect);
            mail.setMessageNoCopy(new StoredMime(source));
            return mail;
        } catch (MessagingException e) { // James declares it; nothing of the message is read here
            throw new IllegalStateException("a mail that cannot be read cannot be shown either", e);
        }
    }

    private static String recipients(Mail mail) {
        return mail.getRecipients().stream()
                .map(MailAddress::asString)
                .collect(Collectors.joining(SEPARATOR, SEPARATOR, SEPARATOR));
    }

    private static List<MailAddress> recipients(String text) throws AddressException {
        List<MailAddress> recipients = new ArrayList<>();
        for (String address : Arrays.stream(text.split(SEPARATOR, -1))
                .filter(part -> !part.isEmpty())
                .toList()) {
            recipients.add(new MailAddress(address));
        }
        return recipients;
    }

    private static Optional<MailAddress> sender(String text) throws AddressException {
        return text.isEmpty() ? Optional.empty() : Optional.of(new MailAddress(text));
    }

    /** A message whose bytes are in the database, and which still knows where. */
    private static final class StoredMime extends MimeMessageWrapper {
        private final StoredContent inDatabase;

        StoredMime(StoredSource source) {
            super(source);
            this.inDatabase = source.content;
        }

        StoredContent inDatabase() {
            return inDatabase;
        }
    }

    /** The bytes as James' mails read them, again and again: a small body is asked of the database once. */
    private final class StoredSource implements MimeMessageSource {
        private final String name;
        private final StoredContent content;
        private Optional<byte[]> smallBody = Optional.empty();

        StoredSource(String name, StoredContent content) {
            this.name = name;
            this.content = content;
        }

        @Override
        public String getSourceId() {
            return name;
        }

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (smallBody.isPresent()) {
                return joined(smallBody.get(), InputStream.nullInputStream());
            }
            InputStream body = bodies.open(content.bodyId());
            byte[] first = body.readNBytes(SpooledContent.IN_MEMORY + 1);
            if (first.length <= SpooledContent.IN_MEMORY) {
                smallBody = Optional.of(first);
            }
            return joined(first, body);
        }

        @Override
        public long getMessageSize() {
            return content.prefix().length + bodies.octets(content.bodyId());
        }

        private InputStream joined(byte[] first, InputStream rest) {
            return new SequenceInputStream(Collections.enumeration(
                    List.of(new ByteArrayInputStream(content.prefix()), new ByteArrayInputStream(first), rest)));
        }
    }
}
