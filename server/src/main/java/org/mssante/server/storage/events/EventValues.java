package org.mssante.server.storage.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaCountUsage;
import org.apache.james.core.quota.QuotaLimitValue;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.core.quota.QuotaSizeUsage;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.UnsupportedRightException;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.Quota;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.model.UpdatedFlags;

/** The values within events as JSON, each beside its way back. Whatever cannot be read is an IllegalArgumentException. */
final class EventValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, Flag> SYSTEM_FLAGS = Map.of(
            "\\Answered", Flag.ANSWERED,
            "\\Deleted", Flag.DELETED,
            "\\Draft", Flag.DRAFT,
            "\\Flagged", Flag.FLAGGED,
            "\\Recent", Flag.RECENT,
            "\\Seen", Flag.SEEN);

    private final MailboxId.Factory mailboxIds;
    private final MessageId.Factory messageIds;

    EventValues(MailboxId.Factory mailboxIds, MessageId.Factory messageIds) {
        this.mailboxIds = mailboxIds;
        this.messageIds = messageIds;
    }

    static ObjectNode path(MailboxPath path) {
        ObjectNode json = JSON.objectNode();
        json.put("namespace", path.getNamespace());
        json.put("user", path.getUser().asString());
        json.put("name", path.getName());
        return json;
    }

    static MailboxPath path(JsonNode json) {
        return new MailboxPath(
                json.path("namespace").asText(),
                Username.of(json.path("user").asText()),
                json.path("name").asText());
    }

    static ArrayNode flags(Flags flags) {
        ArrayNode json = JSON.arrayNode();
        SYSTEM_FLAGS.forEach((name, flag) -> {
            if (flags.contains(flag)) {
                json.add(name);
            }
        });
        for (String flag : flags.getUserFlags()) {
            json.add(flag);
        }
        return json;
    }

    static Flags flags(JsonNode json) {
        Flags flags = new Flags();
        for (JsonNode name : json) {
            Optional.ofNullable(SYSTEM_FLAGS.get(name.asText()))
                    .ifPresentOrElse(flags::add, () -> flags.add(name.asText()));
        }
        return flags;
    }

    static ArrayNode messages(Collection<MessageMetaData> messages) {
        ArrayNode json = JSON.arrayNode();
        for (MessageMetaData message : messages) {
            ObjectNode item = json.addObject();
            item.put("uid", message.getUid().asLong());
            item.put("modSeq", message.getModSeq().asLong());
            item.set("flags", flags(message.getFlags()));
            item.put("octets", message.getSize());
            item.put("internalDate", message.getInternalDate().toInstant().toEpochMilli());
            message.getSaveDate()
                    .ifPresent(date -> item.put("saveDate", date.toInstant().toEpochMilli()));
            item.put("message", message.getMessageId().serialize());
            item.put("thread", message.getThreadId().serialize());
        }
        return json;
    }

    List<MessageMetaData> metaData(JsonNode json) {
        return list(
                json,
                item -> new MessageMetaData(
                        uid(item),
                        ModSeq.of(item.path("modSeq").asLong()),
                        flags(item.path("flags")),
                        item.path("octets").asLong(),
                        date(item.path("internalDate")),
                        item.has("saveDate") ? Optional.of(date(item.path("saveDate"))) : Optional.empty(),
                        messageIds.fromString(item.path("message").asText()),
                        ThreadId.fromBaseMessageId(
                                messageIds.fromString(item.path("thread").asText()))));
    }

    static ArrayNode updates(Collection<UpdatedFlags> updates) {
        ArrayNode json = JSON.arrayNode();
        for (UpdatedFlags update : updates) {
            ObjectNode item = json.addObject();
            item.put("uid", update.getUid().asLong());
            item.put("modSeq", update.getModSeq().asLong());
            item.set("before", flags(update.getOldFlags()));
            item.set("after", flags(update.getNewFlags()));
            update.getMessageId().ifPresent(id -> item.put("message", id.serialize()));
        }
        return json;
    }

    List<UpdatedFlags> updates(JsonNode json) {
        return list(
                json,
                item -> UpdatedFlags.builder()
                        .uid(uid(item))
                        .modSeq(ModSeq.of(item.path("modSeq").asLong()))
                        .oldFlags(flags(item.path("before")))
                        .newFlags(flags(item.path("after")))
                        .messageId(
                                item.has("message")
                                        ? Optional.of(messageIds.fromString(
                                                item.path("message").asText()))
                                        : Optional.empty())
                        .build());
    }

    static ObjectNode acl(MailboxACL acl) {
        ObjectNode json = JSON.objectNode();
        acl.getEntries().forEach((entry, rights) -> json.put(entry.serialize(), rights.serialize()));
        return json;
    }

    static MailboxACL acl(JsonNode json) {
        Map<MailboxACL.EntryKey, MailboxACL.Rfc4314Rights> entries = new HashMap<>();
        try {
            for (Map.Entry<String, JsonNode> entry : json.properties()) {
                entries.put(
                        MailboxACL.EntryKey.deserialize(entry.getKey()),
                        MailboxACL.Rfc4314Rights.deserialize(entry.getValue().asText()));
            }
        } catch (UnsupportedRightException e) {
            throw new IllegalArgumentException("no such right", e);
        }
        return new MailboxACL(entries);
    }

    static ObjectNode root(QuotaRoot root) {
        ObjectNode json = JSON.objectNode();
        json.put("value", root.getValue());
        root.getDomain().ifPresent(domain -> json.put("domain", domain.asString()));
        return json;
    }

    static QuotaRoot root(JsonNode json) {
        return QuotaRoot.quotaRoot(
                json.path("value").asText(),
                json.has("domain") ? Optional.of(Domain.of(json.path("domain").asText())) : Optional.empty());
    }

    static ObjectNode quota(Quota<?, ?> quota) {
        ObjectNode json = JSON.objectNode();
        json.put("used", quota.getUsed().asLong());
        json.set("limit", limit(quota.getLimit()));
        ObjectNode limits = json.putObject("limits");
        quota.getLimitByScope().forEach((scope, limit) -> limits.set(scope.name(), limit(limit)));
        return json;
    }

    static Quota<QuotaCountLimit, QuotaCountUsage> countQuota(JsonNode json) {
        return Quota.<QuotaCountLimit, QuotaCountUsage>builder()
                .used(QuotaCountUsage.count(json.path("used").asLong()))
                .computedLimit(QuotaCountLimit.count(limit(json.path("limit"))))
                .limitsByScope(limits(json, QuotaCountLimit::count))
                .build();
    }

    static Quota<QuotaSizeLimit, QuotaSizeUsage> sizeQuota(JsonNode json) {
        return Quota.<QuotaSizeLimit, QuotaSizeUsage>builder()
                .used(QuotaSizeUsage.size(json.path("used").asLong()))
                .computedLimit(QuotaSizeLimit.size(limit(json.path("limit"))))
                .limitsByScope(limits(json, QuotaSizeLimit::size))
                .build();
    }

    static ArrayNode mailboxes(Collection<MailboxId> ids) {
        ArrayNode json = JSON.arrayNode();
        ids.forEach(id -> json.add(id.serialize()));
        return json;
    }

    List<MailboxId> mailboxes(JsonNode json) {
        return list(json, id -> mailboxIds.fromString(id.asText()));
    }

    static ArrayNode messageIds(Iterable<MessageId> ids) {
        ArrayNode json = JSON.arrayNode();
        ids.forEach(id -> json.add(id.serialize()));
        return json;
    }

    List<MessageId> messageIds(JsonNode json) {
        return list(json, id -> messageIds.fromString(id.asText()));
    }

    private static MessageUid uid(JsonNode json) {
        return MessageUid.of(json.path("uid").asLong());
    }

    private static Date date(JsonNode millis) {
        return Date.from(Instant.ofEpochMilli(millis.asLong()));
    }

    /** Null for none. */
    private static JsonNode limit(QuotaLimitValue<?> limit) {
        return limit.isLimited() ? JSON.numberNode(limit.asLong()) : JSON.nullNode();
    }

    private static Optional<Long> limit(JsonNode json) {
        return json.isNumber() ? Optional.of(json.asLong()) : Optional.empty();
    }

    private static <T> Map<Quota.Scope, T> limits(JsonNode json, Function<Optional<Long>, T> limit) {
        Map<Quota.Scope, T> limits = new EnumMap<>(Quota.Scope.class);
        json.path("limits")
                .properties()
                .forEach(
                        entry -> limits.put(Quota.Scope.valueOf(entry.getKey()), limit.apply(limit(entry.getValue()))));
        return limits;
    }

    private static <T> List<T> list(JsonNode json, Function<JsonNode, T> item) {
        return StreamSupport.stream(json.spliterator(), false)
                .map(item)
                .collect(ArrayList::new, List::add, List::addAll);
    }
}
