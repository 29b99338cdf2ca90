package org.mssante.server.imap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.message.request.CreateRequest;
import org.apache.james.imap.message.request.DeleteACLRequest;
import org.apache.james.imap.message.request.DeleteRequest;
import org.apache.james.imap.message.request.ListRequest;
import org.apache.james.imap.message.request.RenameRequest;
import org.apache.james.imap.message.request.SetACLRequest;
import org.apache.james.imap.message.request.SubscribeRequest;
import org.mssante.core.outcome.Outcome;

/**
 * What no folder may be: without its inbox, into which mail is delivered, named with a control character, which James
 * would repeat to every client that lists folders, as if it were a line of its own, and opened to others by a list of its own, which
 * would open nothing (decision 25).
 */
final class FolderRules {
    private static final String PRIVATE = "#private.";
    /** RFC 3501 §5.1.3. */
    private static final Charset MODIFIED_UTF_7 = Charset.forName("X-MODIFIED-UTF-7");

    private FolderRules() {}

    static Optional<Objection> objectionTo(ImapRequest request) {
        if (removed(request).filter(FolderRules::isInbox).isPresent()) {
            return Optional.of(new Objection("CANNOT", Outcome.FOLDER_IMPOSSIBLE, "the inbox cannot be taken away"));
        }
        if (request instanceof SetACLRequest || request instanceof DeleteACLRequest) {
            return Optional.of(new Objection("CANNOT", Outcome.ACCESS_LIST_FIXED, "a list would open nothing"));
        }
        if (request instanceof ListRequest list && !isModifiedUtf7(list.getMailboxPattern())) {
            return Optional.of(new Objection("CANNOT", Outcome.FOLDER_IMPOSSIBLE, "the pattern is no modified UTF-7"));
        }
        return named(request).anyMatch(FolderRules::hasControlCharacter)
                ? Optional.of(new Objection("CANNOT", Outcome.FOLDER_IMPOSSIBLE, "the name holds a control character"))
                : Optional.empty();
    }

    private static Optional<String> removed(ImapRequest request) {
        if (request instanceof DeleteRequest delete) {
            return Optional.of(delete.getMailboxName());
        }
        return request instanceof RenameRequest rename ? Optional.of(rename.getExistingName()) : Optional.empty();
    }

    private static Stream<String> named(ImapRequest request) {
        if (request instanceof CreateRequest create) {
            return Stream.of(create.getMailboxName());
        }
        if (request instanceof RenameRequest rename) {
            return Stream.of(rename.getNewName());
        }
        return request instanceof SubscribeRequest subscribe ? Stream.of(subscribe.getMailboxName()) : Stream.empty();
    }

    /** James would end the connection: the names of all other commands are decoded while they are parsed, patterns later. */
    private static boolean isModifiedUtf7(String pattern) {
        try {
            MODIFIED_UTF_7.newDecoder().decode(ByteBuffer.wrap(pattern.getBytes(StandardCharsets.UTF_8)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Whether written alone or with its namespace. */
    private static boolean isInbox(String name) {
        boolean whole = name.regionMatches(true, 0, PRIVATE, 0, PRIVATE.length());
        return ImapConstants.INBOX_NAME.equalsIgnoreCase(whole ? name.substring(PRIVATE.length()) : name);
    }

    private static boolean hasControlCharacter(String name) {
        return name.chars().anyMatch(Character::isISOControl);
    }
}
