package org.mssante.server.storage.mailbox;

import java.time.Instant;
import java.util.Optional;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.mail.model.impl.Properties;

/**
 * What a message is beside its bytes, in whatever mailbox.
 *
 * @param bodyStart index of the first octet of the body in the whole message
 * @param textLines lines of the body, where it is a text
 */
record MessageFacts(
        MessageId id,
        ThreadId thread,
        Instant internalDate,
        long bodyStart,
        Optional<Long> textLines,
        Properties properties) {

    static MessageFacts of(MailboxMessage message) {
        return new MessageFacts(
                message.getMessageId(),
                message.getThreadId(),
                message.getInternalDate().toInstant(),
                message.getHeaderOctets(),
                Optional.ofNullable(message.getTextualLineCount()),
                message.getProperties());
    }
}
