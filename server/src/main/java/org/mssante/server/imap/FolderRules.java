package org.mssante.server.imap;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.message.request.CreateRequest;
import org.apache.james.imap.message.request.DeleteRequest;
import org.apache.james.imap.message.request.RenameRequest;
import org.apache.james.imap.message.request.SubscribeRequest;
import org.mssante.core.outcome.Outcome;

/**
 * What no folder may be: without its inbox, into which mail is delivered, and named with a control character, which James
 * would repeat to every client that lists folders, as if it were a line of its own.
 */
final class FolderRules {
    private static final String PRIVATE = "#private.";

    private FolderRules() {}

    static Optional<Objection> objectionTo(ImapRequest request) {
        if (removed(request).filter(FolderRules::isInbox).isPresent()) {
            return Optional.of(new Objection("CANNOT", Outcome.FOLDER_IMPOSSIBLE, "the inbox cannot be taken away"));
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

    /** Whether written alone or with its namespace. */
    private static boolean isInbox(String name) {
        boolean whole = name.regionMatches(true, 0, PRIVATE, 0, PRIVATE.length());
        return ImapConstants.INBOX_NAME.equalsIgnoreCase(whole ? name.substring(PRIVATE.length()) : name);
    }

    private static boolean hasControlCharacter(String name) {
        return name.chars().anyMatch(Character::isISOControl);
    }
}
