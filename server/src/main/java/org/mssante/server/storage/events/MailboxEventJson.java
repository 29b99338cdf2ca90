package org.mssante.server.storage.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountUsage;
import org.apache.james.core.quota.QuotaSizeUsage;
import org.apache.james.events.Event;
import org.apache.james.events.Event.EventId;
import org.apache.james.events.EventSerializer;
import org.apache.james.mailbox.MailboxSession.SessionId;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.acl.ACLDiff;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxACLUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxAdded;
import org.apache.james.mailbox.events.MailboxEvents.MailboxDeletion;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.events.MailboxEvents.MailboxRenamed;
import org.apache.james.mailbox.events.MailboxEvents.MailboxSubscribedEvent;
import org.apache.james.mailbox.events.MailboxEvents.MailboxUnsubscribedEvent;
import org.apache.james.mailbox.events.MailboxEvents.QuotaUsageUpdatedEvent;
import org.apache.james.mailbox.events.MessageMoveEvent;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.MessageMoves;

/**
 * James' mailbox events as JSON objects, {@code type} first. Fields this version does not know are left aside, so nodes of
 * two versions understand each other as long as a type keeps its fields. Thread-safe.
 */
public final class MailboxEventJson implements EventSerializer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MailboxId.Factory mailboxIds;
    private final EventValues values;

    @Inject
    public MailboxEventJson(MailboxId.Factory mailboxIds, MessageId.Factory messageIds) {
        this.mailboxIds = mailboxIds;
        this.values = new EventValues(mailboxIds, messageIds);
    }

    /** @throws IllegalArgumentException for an event that is not of a mailbox */
    @Override
    public String toJson(Event event) {
        ObjectNode json = JSON.createObjectNode();
        json.put("type", event.getClass().getSimpleName());
        json.put("id", event.getEventId().getId().toString());
        json.put("user", event.getUsername().asString());
        if (event instanceof MailboxEvent mailboxEvent) {
            json.put("session", mailboxEvent.getSessionId().getValue());
            json.set("path", EventValues.path(mailboxEvent.getMailboxPath()));
            json.put("mailbox", mailboxEvent.getMailboxId().serialize());
            putDetails(json, mailboxEvent);
        } else if (event instanceof QuotaUsageUpdatedEvent usage) {
            json.set("root", EventValues.root(usage.getQuotaRoot()));
            json.set("messages", EventValues.quota(usage.getCountQuota()));
            json.set("octets", EventValues.quota(usage.getSizeQuota()));
            json.put("instant", usage.getInstant().toString());
        } else if (event instanceof MessageMoveEvent move) {
            json.set("from", EventValues.mailboxes(move.getMessageMoves().getPreviousMailboxIds()));
            json.set("to", EventValues.mailboxes(move.getMessageMoves().getTargetMailboxIds()));
            json.set("messages", EventValues.messageIds(move.getMessageIds()));
        } else {
            throw new IllegalArgumentException("no event of a mailbox: " + event.getClass());
        }
        return json.toString();
    }

    /** @throws IllegalArgumentException for what {@link #toJson} did not write */
    @Override
    public Event asEvent(String serialized) {
        try {
            return event(JSON.readTree(serialized));
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException("not a serialised event", e);
        }
    }

    private static void putDetails(ObjectNode json, MailboxEvent event) {
        if (event instanceof Added added) {
            json.set("messages", EventValues.messages(added.getAdded().values()));
            json.put("delivery", added.isDelivery());
        } else if (event instanceof Expunged expunged) {
            json.set("messages", EventValues.messages(expunged.getExpunged().values()));
        } else if (event instanceof FlagsUpdated updated) {
            json.set("flags", EventValues.updates(updated.getUpdatedFlags()));
        } else if (event instanceof MailboxACLUpdated updated) {
            json.set("before", EventValues.acl(updated.getAclDiff().getOldACL()));
            json.set("after", EventValues.acl(updated.getAclDiff().getNewACL()));
        } else if (event instanceof MailboxRenamed renamed) {
            json.set("newPath", EventValues.path(renamed.getNewPath()));
        } else if (event instanceof MailboxDeletion deletion) {
            json.set("acl", EventValues.acl(deletion.getMailboxACL()));
            json.set("root", EventValues.root(deletion.getQuotaRoot()));
            json.put("messages", deletion.getDeletedMessageCount().asLong());
            json.put("octets", deletion.getTotalDeletedSize().asLong());
        }
    }

    private Event event(JsonNode json) {
        EventId id = EventId.of(json.path("id").asText());
        Username user = Username.of(json.path("user").asText());
        return switch (json.path("type").asText()) {
            case "QuotaUsageUpdatedEvent" ->
                new QuotaUsageUpdatedEvent(
                        id,
                        user,
                        EventValues.root(json.path("root")),
                        EventValues.countQuota(json.path("messages")),
                        EventValues.sizeQuota(json.path("octets")),
                        Instant.parse(json.path("instant").asText()));
            case "MessageMoveEvent" ->
                MessageMoveEvent.builder()
                        .eventId(id)
                        .user(user)
                        .messageMoves(MessageMoves.builder()
                                .previousMailboxIds(values.mailboxes(json.path("from")))
                                .targetMailboxIds(values.mailboxes(json.path("to")))
                                .build())
                        .messageId(values.messageIds(json.path("messages")))
                        .build();
            default -> mailboxEvent(json, id, user);
        };
    }

    private MailboxEvent mailboxEvent(JsonNode json, EventId id, Username user) {
        SessionId session = SessionId.of(json.path("session").asLong());
        MailboxPath path = EventValues.path(json.path("path"));
        MailboxId mailbox = mailboxIds.fromString(json.path("mailbox").asText());
        return switch (json.path("type").asText()) {
            case "Added" ->
                new Added(
                        session,
                        user,
                        path,
                        mailbox,
                        metaData(json),
                        id,
                        json.path("delivery").asBoolean());
            case "Expunged" -> new Expunged(session, user, path, mailbox, metaData(json), id);
            case "FlagsUpdated" ->
                new FlagsUpdated(session, user, path, mailbox, values.updates(json.path("flags")), id);
            case "MailboxACLUpdated" ->
                new MailboxACLUpdated(
                        session,
                        user,
                        path,
                        new ACLDiff(EventValues.acl(json.path("before")), EventValues.acl(json.path("after"))),
                        mailbox,
                        id);
            case "MailboxAdded" -> new MailboxAdded(session, user, path, mailbox, id);
            case "MailboxRenamed" ->
                new MailboxRenamed(session, user, path, mailbox, EventValues.path(json.path("newPath")), id);
            case "MailboxDeletion" ->
                new MailboxDeletion(
                        session,
                        user,
                        path,
                        EventValues.acl(json.path("acl")),
                        EventValues.root(json.path("root")),
                        QuotaCountUsage.count(json.path("messages").asLong()),
                        QuotaSizeUsage.size(json.path("octets").asLong()),
                        mailbox,
                        id);
            case "MailboxSubscribedEvent" -> new MailboxSubscribedEvent(session, user, path, mailbox, id);
            case "MailboxUnsubscribedEvent" -> new MailboxUnsubscribedEvent(session, user, path, mailbox, id);
            default -> throw new IllegalArgumentException("no such type of event");
        };
    }

    private SortedMap<MessageUid, MessageMetaData> metaData(JsonNode json) {
        return values.metaData(json.path("messages")).stream()
                .map(data -> Map.entry(data.getUid(), data))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    }
}
