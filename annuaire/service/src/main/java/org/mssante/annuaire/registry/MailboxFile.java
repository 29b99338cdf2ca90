package org.mssante.annuaire.registry;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.core.id.MailAddress;
import org.mssante.core.settings.StartupFailure;

/**
 * The file an operator lists his mailboxes in, UTF-8, one a line, columns between semicolons in the order of
 * its first line: {@link #HEADER}, then whichever of {@link #MORE}; lines that start with # are comments. A file that is wrong anywhere is refused as a whole.
 */
public final class MailboxFile {
    /** The first line that is no comment. */
    public static final String HEADER = "address;type;displayName;holder;structure;members;state;listeRouge;dmpFiling;"
            + "signingPolicy;certificateSubject;description;service;responsable";

    /** Columns that the first line may name behind those, in any order. */
    static final Set<String> MORE =
            Set.of(MailboxProperties.CERTIFICATE_STRUCTURE, MailboxProperties.PREFERRED, MailboxProperties.LANGUAGE);

    private MailboxFile() {}

    /**
     * @param rule what each line has to keep beyond its form
     * @throws StartupFailure that names the line, the address and the rule it breaks
     */
    public static List<Registration> read(Path file, Consumer<Registration> rule) {
        List<Registration> registrations = new ArrayList<>();
        Set<MailAddress> seen = new HashSet<>();
        List<String> columns = List.of();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (columns.isEmpty()) {
                columns = columns(file, line.strip());
                continue;
            }
            Registration registration = registration(file, i + 1, columns, line, rule);
            if (!seen.add(registration.address())) {
                throw wrong(file, i + 1, registration.address().toString(), "the address stands in the file twice");
            }
            registrations.add(registration);
        }
        return registrations;
    }

    private static Registration registration(
            Path file, int number, List<String> columns, String line, Consumer<Registration> rule) {
        String[] values = line.split(";", -1);
        if (values.length != columns.size()) {
            throw wrong(file, number, values[0], "it has " + values.length + " columns in place of " + columns.size());
        }
        Map<String, String> properties = new HashMap<>();
        for (int i = 1; i < values.length; i++) {
            properties.put(columns.get(i), values[i]);
        }
        // the file is the operator's
        boolean open = MailboxState.ACTIVE
                .name()
                .equalsIgnoreCase(properties.get(MailboxProperties.STATE).strip());
        properties.put(MailboxProperties.HELD, Boolean.toString(!open));
        try {
            Registration registration = MailboxProperties.create(MailAddress.parse(values[0].strip()), properties);
            rule.accept(registration);
            return registration;
        } catch (IllegalArgumentException e) {
            throw wrong(file, number, values[0], e.getMessage());
        }
    }

    private static List<String> columns(Path file, String line) {
        List<String> columns = List.of(line.split(";", -1));
        List<String> always = List.of(HEADER.split(";", -1));
        if (!columns.stream().limit(always.size()).toList().equals(always)) {
            throw new StartupFailure("The mailbox file " + file + " does not start with the line \"" + HEADER
                    + "\": correct its first line.");
        }
        List<String> more = columns.subList(always.size(), columns.size());
        if (!MORE.containsAll(more) || Set.copyOf(more).size() < more.size()) {
            throw new StartupFailure(
                    "The mailbox file " + file + " names columns behind \"" + always.get(always.size() - 1)
                            + "\" that are none of " + new TreeSet<>(MORE) + ", each once: correct its first line.");
        }
        return columns;
    }

    private static StartupFailure wrong(Path file, int number, String address, String why) {
        return new StartupFailure("The mailbox file " + file + " is wrong in line " + number + " (" + address + "), "
                + why + ": correct the line and start again.");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new StartupFailure("The mailbox file " + file + " is not UTF-8 text: save it as UTF-8.", e);
        } catch (IOException e) {
            throw new StartupFailure(
                    "The mailbox file " + file + " cannot be read: correct mailboxes.file or create it.", e);
        }
    }
}
