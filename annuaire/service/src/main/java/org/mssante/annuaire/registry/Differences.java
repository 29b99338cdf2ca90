package org.mssante.annuaire.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mssante.annuaire.api.Member;
import org.mssante.core.id.MailAddress;

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

    static boolean areBetween(Registration before, Registration after) {
        return !MailboxProperties.of(before).equals(MailboxProperties.of(after));
    }

    /** Of the change that ends a mailbox for ever: what is taken away is named, and not told. */
    static String purge(Registration before, Registration after) {
        Map<String, String> old = MailboxProperties.shown(before);
        String taken = MailboxProperties.shown(after).entrySet().stream()
                .filter(property -> !property.getKey().equals(MailboxProperties.STATE))
                .filter(property -> !property.getValue().equals(old.get(property.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return change(
                        MailboxProperties.STATE,
                        before.mailbox().state().name(),
                        after.mailbox().state().name())
                + (taken.isEmpty() ? "" : "; taken away: " + taken);
    }

    static String between(Registration before, Registration after) {
        Map<String, String> old = MailboxProperties.of(before);
        List<String> changes = new ArrayList<>();
        MailboxProperties.of(after).forEach((name, value) -> {
            if (value.equals(old.get(name))) {
                return;
            }
            if (name.equals(MailboxProperties.MEMBERS)) {
                changes.addAll(
                        members(before.mailbox().members(), after.mailbox().members()));
            } else {
                changes.add(change(name, old.get(name), value));
            }
        });
        return cut(String.join("; ", changes));
    }

    private static String change(String name, String before, String after) {
        return name + ": " + before + " -> " + after;
    }

    /** Who was added, removed or given other rights: the whole list would bury that, or be cut before it. */
    private static List<String> members(List<Member> before, List<Member> after) {
        Map<MailAddress, Member> old = byPerson(before);
        Map<MailAddress, Member> now = byPerson(after);
        List<String> changes = new ArrayList<>();
        now.forEach((person, member) -> {
            if (!old.containsKey(person)) {
                changes.add("member added: " + MailboxProperties.text(member));
            } else if (!member.equals(old.get(person))) {
                changes.add("member changed: " + MailboxProperties.text(old.get(person)) + " -> "
                        + MailboxProperties.rights(member));
            }
        });
        old.forEach((person, member) -> {
            if (!now.containsKey(person)) {
                changes.add("member removed: " + MailboxProperties.text(member));
            }
        });
        return changes;
    }

    private static Map<MailAddress, Member> byPerson(List<Member> members) {
        Map<MailAddress, Member> persons = new LinkedHashMap<>();
        members.forEach(member -> persons.put(member.person(), member));
        return persons;
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }
}
