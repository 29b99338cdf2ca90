package org.mssante.server.storage.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.store.mail.model.impl.Properties;
import org.apache.james.mailbox.store.mail.model.impl.PropertyBuilder;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.james.util.io.BodyOffsetInputStream;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.content.SpooledContent;

/**
 * A message on its way into mailboxes: its bytes read once and what James' IMAP wants to know of them found once, however
 * many recipients it has. In whatever mailboxes, it is one message with one EMAILID. Closed after use.
 */
public final class ReceivedMessage implements AutoCloseable {
    private static final List<String> OF_THREADS = List.of("references", "in-reply-to", "message-id");

    private final MessageId id = new JdbcMessageId.Factory().generate();
    private final SpooledContent content;
    private final MessageFacts facts;

    private ReceivedMessage(SpooledContent content, Instant internalDate) throws IOException {
        this.content = content;
        this.facts = facts(content, id, internalDate);
    }

    /**
     * Reads a message to its end and closes the stream.
     *
     * @param internalDate when it was received (RFC 3501 §2.3.3)
     */
    public static ReceivedMessage read(InputStream message, Instant internalDate) throws IOException {
        SpooledContent content = SpooledContent.ofMail(message);
        try {
            return new ReceivedMessage(content, internalDate);
        } catch (IOException | RuntimeException e) {
            content.close();
            throw e;
        }
    }

    /** The bytes as they will be stored, for whatever else wants to store them. */
    public MailContent content() {
        return content;
    }

    /** The message from its first octet, as often as asked. */
    public InputStream open() throws IOException {
        return content.open();
    }

    public long octets() {
        return content.octets();
    }

    SpooledContent spooled() {
        return content;
    }

    MessageFacts facts() {
        return facts;
    }

    @Override
    public void close() {
        content.close();
    }

    private static MessageFacts facts(SpooledContent content, MessageId id, Instant internalDate) throws IOException {
        try (BodyOffsetInputStream bytes = new BodyOffsetInputStream(content.open())) {
            MimeTokenStream parser = new MimeTokenStream(
                    MimeConfig.PERMISSIVE,
                    new DefaultBodyDescriptorBuilder(null, new LenientFieldParser(), DecodeMonitor.SILENT));
            parser.setRecursionMode(RecursionMode.M_NO_RECURSE);
            parser.parse(bytes);
            Map<String, String> fields = new HashMap<>();
            EntityState state = parser.next();
            while (state != EntityState.T_BODY
                    && state != EntityState.T_END_OF_STREAM
                    && state != EntityState.T_START_MULTIPART) {
                if (state == EntityState.T_FIELD) {
                    Field field = parser.getField();
                    String name = field.getName().toLowerCase(Locale.ROOT);
                    if (OF_THREADS.contains(name)) {
                        fields.putIfAbsent(name, field.getBody());
                    }
                }
                state = parser.next();
            }
            MaximalBodyDescriptor descriptor = (MaximalBodyDescriptor) parser.getBodyDescriptor();
            Optional<Long> textLines = isText(descriptor) && state == EntityState.T_BODY
                    ? Optional.of(lines(parser.getInputStream()))
                    : Optional.empty();
            return new MessageFacts(
                    id,
                    ReferenceThreads.of(
                            id,
                            OF_THREADS.stream()
                                    .map(name -> fields.getOrDefault(name, ""))
                                    .toList()),
                    internalDate,
                    Math.max(0, bytes.getBodyStartOffset()),
                    textLines,
                    properties(descriptor));
        } catch (MimeException e) {
            throw new IOException("the header of the message cannot be read", e);
        }
    }

    private static boolean isText(MaximalBodyDescriptor descriptor) {
        return descriptor.getMediaType() == null || "text".equalsIgnoreCase(descriptor.getMediaType());
    }

    /** Line feeds: BODYSTRUCTURE gives the size of a text in lines (RFC 3501 §7.4.2). */
    private static long lines(InputStream text) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long lines = 0;
        for (int read = text.read(buffer); read >= 0; read = text.read(buffer)) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] == '\n') {
                    lines++;
                }
            }
        }
        return lines;
    }

    private static Properties properties(MaximalBodyDescriptor descriptor) {
        PropertyBuilder properties = new PropertyBuilder();
        boolean typed = descriptor.getMediaType() != null;
        properties.setMediaType(typed ? descriptor.getMediaType() : "text");
        properties.setSubType(typed ? descriptor.getSubType() : "plain");
        properties.setContentID(descriptor.getContentId());
        properties.setContentDescription(descriptor.getContentDescription());
        properties.setContentLocation(descriptor.getContentLocation());
        properties.setContentMD5(descriptor.getContentMD5Raw());
        properties.setContentTransferEncoding(descriptor.getTransferEncoding());
        properties.setContentLanguage(descriptor.getContentLanguage());
        properties.setContentDispositionType(descriptor.getContentDispositionType());
        properties.setContentDispositionParameters(descriptor.getContentDispositionParameters());
        properties.setContentTypeParameters(descriptor.getContentTypeParameters());
        Optional.ofNullable(descriptor.getCharset())
                .or(() -> isText(descriptor) ? Optional.of("us-ascii") : Optional.empty())
                .ifPresent(properties::setCharset);
        return properties.build();
    }
}
