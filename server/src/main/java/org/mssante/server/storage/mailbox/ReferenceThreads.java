package org.mssante.server.storage.mailbox;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.store.mail.ThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.MimeMessageId;
import org.apache.james.mailbox.store.mail.model.Subject;
import org.mssante.server.storage.sql.Database;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Threads by their first message: References names it first (RFC 5322 §3.6.4), else In-Reply-To names one, else a message
 * begins a thread of its own. The THREADID (RFC 8474) is made of that message's Message-ID, so that no other message has to
 * be looked up and those of a thread have it in common in whatever order they come. Thread-safe.
 */
public final class ReferenceThreads implements ThreadIdGuessingAlgorithm {
    private static final Pattern ID = Pattern.compile("<([^<>\\s]{1,998})>");

    private final Database database;

    @Inject
    public ReferenceThreads(Database database) {
        this.database = database;
    }

    /**
     * The thread of a message.
     *
     * @param message its id, that of the thread where its header names nothing
     * @param fields References, In-Reply-To and Message-ID, in this order and as far as they are there
     */
    static ThreadId of(MessageId message, List<String> fields) {
        return fields.stream()
                .flatMap(field -> first(field).stream())
                .findFirst()
                .map(root -> ThreadId.fromBaseMessageId(
                        new JdbcMessageId(UUID.nameUUIDFromBytes(root.getBytes(StandardCharsets.UTF_8)))))
                .orElseGet(() -> ThreadId.fromBaseMessageId(message));
    }

    private static Optional<String> first(String field) {
        Matcher id = ID.matcher(field);
        return id.find() ? Optional.of(id.group(1)) : Optional.empty();
    }

    @Override
    public Mono<ThreadId> guessThreadIdReactive(
            MessageId message,
            Optional<MimeMessageId> id,
            Optional<MimeMessageId> inReplyTo,
            Optional<List<MimeMessageId>> references,
            Optional<Subject> subject,
            MailboxSession session) {
        List<String> fields = new ArrayList<>();
        references.stream().flatMap(List::stream).map(MimeMessageId::getValue).forEach(fields::add);
        inReplyTo.map(MimeMessageId::getValue).ifPresent(fields::add);
        id.map(MimeMessageId::getValue).ifPresent(fields::add);
        return Mono.just(of(message, fields));
    }

    @Override
    public Flux<MessageId> getMessageIdsInThread(ThreadId thread, MailboxSession session) {
        return Flux.defer(() -> Flux.fromIterable(database.read(connection -> messages(connection, thread, session))));
    }

    private static List<MessageId> messages(Connection connection, ThreadId thread, MailboxSession session)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT DISTINCT m.id, m.internal_date FROM mailbox b"
                        + " JOIN mailbox_message mm ON mm.mailbox_id = b.id JOIN message m ON m.id = mm.message_id"
                        + " WHERE b.owner = ? AND m.thread_id = ? ORDER BY m.internal_date, m.id")) {
            select.setString(1, session.getUser().asString());
            select.setObject(2, JdbcMessageId.uuid(thread.getBaseMessageId()));
            List<MessageId> messages = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    messages.add(new JdbcMessageId(rows.getObject(1, UUID.class)));
                }
            }
            return messages;
        }
    }
}
