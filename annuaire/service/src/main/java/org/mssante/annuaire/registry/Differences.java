package org.mssante.annuaire.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The words of the history: which properties of a mailbox changed. */
final class Differences {
    private static final int MAX_LENGTH = 4_000;

    private Differences() {}

    static String describe(Registration registration) {
        return cut(MailboxProperties.of(registration).entrySet().stream()
                .filter(property -> !property.getValue().isEmpty())
                .map(property -> property.getKey() + "=" + property.getValue())
                .collect(Collectors.joining("; ")));
    }

    static String between(Registration before, Registration after) {
        Map<String, String> old = MailboxProperties.of(before);
        List<String> changes = new ArrayList<>();
        MailboxProperties.of(after).forEach((name, value) -> {
            if (!value.equals(old.get(name))) {
                changes.add(name + ": " + old.get(name) + " -> " + value);
            }
        });
        return changes.isEmpty() ? "nothing" : cut(String.join("; ", changes));
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }
}
