package org.mssante.annuaire.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.office.MailboxOffice;
import org.mssante.annuaire.office.MailboxView;
import org.mssante.annuaire.registry.MailboxProperties;

/** Mailboxes to and from JSON. What a mailbox does not have is no field; {@code null} takes a property away. */
final class MailboxJson {
    /** As the description of the API lists them. */
    static final List<String> TEXTS = List.of(
            MailboxProperties.DISPLAY_NAME,
            MailboxProperties.HOLDER,
            MailboxProperties.STRUCTURE,
            MailboxProperties.CERTIFICATE_SUBJECT,
            MailboxProperties.CERTIFICATE_STRUCTURE,
            MailboxProperties.SIGNING_POLICY,
            MailboxProperties.DESCRIPTION,
            MailboxProperties.SERVICE,
            MailboxProperties.RESPONSIBLE,
            MailboxProperties.LANGUAGE,
            MailboxProperties.ABSENCE_FROM,
            MailboxProperties.ABSENCE_UNTIL,
            MailboxProperties.ABSENCE_TEXT);

    static final Set<String> FLAGS = Set.of(MailboxProperties.UNLISTED, MailboxProperties.DMP_FILING);

    static final Set<String> NUMBERS = Set.of(MailboxProperties.PREFERRED);

    /** The one text that a flag may be in the place of true or false. */
    private static final Map<String, String> THIRD = Map.of(MailboxProperties.DMP_FILING, DmpFiling.ASK.text());

    private MailboxJson() {}

    static ObjectNode write(MailboxView view) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("address", view.registration().address().toString());
        MailboxProperties.shown(view.registration()).forEach((name, text) -> {
            if (name.equals(MailboxProperties.HELD)) {
                json.put(name, Boolean.parseBoolean(text));
            } else if (FLAGS.contains(name) && !text.equals(THIRD.get(name))) {
                json.put(name, Boolean.parseBoolean(text));
            } else if (NUMBERS.contains(name) && !text.isEmpty()) {
                json.put(name, Integer.parseInt(text));
            } else if (!text.isEmpty() && !name.equals(MailboxProperties.MEMBERS)) {
                json.put(name, text);
            }
        });
        json.set(
                MailboxProperties.MEMBERS, members(view.registration().mailbox().members()));
        view.flag()
                .ifPresent(flag -> json.putObject("flag")
                        .put("motive", flag.motive().name())
                        .put("since", flag.since().toString()));
        return json;
    }

    static ObjectNode write(MailboxOffice.Changed changed) {
        ObjectNode json = write(changed.mailbox());
        changed.warning()
                .ifPresent(warning ->
                        json.putObject("warning").put("code", warning.code()).put("detail", warning.english()));
        return json;
    }

    static ArrayNode members(List<Member> members) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Member member : members) {
            ObjectNode one = json.addObject();
            one.put("person", member.person().toString());
            ArrayNode rights = one.putArray("rights");
            new TreeSet<>(member.rights()).forEach(right -> rights.add(right.name()));
        }
        return json;
    }

    /** The properties that are given, by their names. */
    static Map<String, String> properties(Fields fields) throws RequestException {
        Map<String, String> properties = new HashMap<>();
        for (String name : TEXTS) {
            Optional<JsonNode> value = fields.take(name);
            if (value.isPresent()) {
                properties.put(name, value.get().isNull() ? "" : Fields.text(name, value.get()));
            }
        }
        for (String name : NUMBERS) {
            Optional<JsonNode> value = fields.take(name);
            if (value.isPresent()) {
                if (!value.get().isInt() && !value.get().isNull()) {
                    throw RequestException.wrong("The field " + name + " must be a whole number.");
                }
                properties.put(name, value.get().isNull() ? "" : value.get().asText());
            }
        }
        for (String name : FLAGS) {
            Optional<JsonNode> value = fields.take(name);
            if (value.isPresent()) {
                boolean third = value.get().isTextual() && value.get().asText().equals(THIRD.get(name));
                if (!value.get().isBoolean() && !third) {
                    throw RequestException.wrong("The field " + name + " must be true or false"
                            + (THIRD.containsKey(name) ? ", or \"" + THIRD.get(name) + "\"." : "."));
                }
                properties.put(name, value.get().asText());
            }
        }
        return properties;
    }

    /** The rights in an array, at least one. */
    static Set<MemberRight> rights(Fields fields) throws RequestException {
        Set<MemberRight> rights = EnumSet.noneOf(MemberRight.class);
        for (JsonNode right : fields.take("rights").orElse(JsonNodeFactory.instance.nullNode())) {
            rights.add(Call.constant(MemberRight.class, "each of rights", Fields.text("rights", right)));
        }
        if (rights.isEmpty()) {
            throw RequestException.wrong("The field rights must be an array with at least one right.");
        }
        return rights;
    }
}
