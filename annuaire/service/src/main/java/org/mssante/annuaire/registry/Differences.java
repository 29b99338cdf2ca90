package org.mssante.annuaire.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mssante.annuaire.api.Mailbox;

/** The words of the history: which properties of a mailbox changed. */
final class Differences {
    private static final int MAX_LENGTH = 4_000;

    private Differences() {}

    static String describe(Registration registration) {
        return cut(properties(registration).entrySet().stream()
                .filter(property -> !property.getValue().isEmpty())
                .map(property -> property.getKey() + "=" + property.getValue())
                .collect(Collectors.joining("; ")));
    }

    static String between(Registration before, Registration after) {
        Map<String, String> old = properties(before);
        List<String> changes = new ArrayList<>();
        properties(after).forEach((name, value) -> {
            if (!value.equals(old.get(name))) {
                changes.add(name + ": " + old.get(name) + " -> " + value);
            }
        });
        return changes.isEmpty() ? "nothing" : cut(String.join("; ", changes));
    }

    private static Map<String, String> properties(Registration registration) {
        Mailbox mailbox = registration.mailbox();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("type", mailbox.type().name());
        properties.put("state", mailbox.state().name());
        properties.put("displayName", mailbox.displayName());
        properties.put("holder", mailbox.holder().map(Object::toString).orElse(""));
        properties.put("structure", mailbox.structure().map(Object::toString).orElse(""));
        properties.put(
                "members",
                mailbox.members().stream()
                        .map(member -> member.person() + ":"
                                + member.rights().stream()
                                        .sorted()
                                        .map(Enum::name)
                                        .collect(Collectors.joining(",")))
                        .sorted()
                        .collect(Collectors.joining(" ")));
        properties.put("certificateSubject", mailbox.certificateSubject().orElse(""));
        properties.put("signingPolicy", mailbox.signingPolicy().name());
        properties.put("dmpFiling", Boolean.toString(mailbox.dmpFiling()));
        properties.put("unlisted", Boolean.toString(registration.unlisted()));
        properties.put("description", registration.description().orElse(""));
        properties.put("service", registration.service().orElse(""));
        properties.put("responsible", registration.responsible().orElse(""));
        return properties;
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }
}
