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
import org.mssante.annuaire.api.MailboxState;
import org.mssante.core.id.MailAddress;
import org.mssante.core.settings.StartupFailure;

/**
 * The file an operator lists his mailboxes in, UTF-8, one a line, columns between semicolons in the order of
 * {@link #HEADER}; lines that start with # are comments. A file that is wrong anywhere is refused as a whole.
 */
public final class MailboxFile {
    /** The first line that is no comment. */
    public static final String HEADER = "address;type;displayName;holder;structure;members;state;listeRouge;dmpFiling;"
            + "signingPolicy;certificateSubject;description;service;responsable";

    private MailboxFile() {}

    /** @throws StartupFailure that names the line, the address and the rule it breaks */
    public static List<Registration> read(Path file) {
        List<Registration> registrations = new ArrayList<>();
        Set<MailAddress> seen = new HashSet<>();
        boolean header = false;
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!header) {
                checkHeader(file, line);
                header = true;
                continue;
            }
            Registration registration = registration(file, i + 1, line);
            if (!seen.add(registration.address())) {
                throw wrong(file, i + 1, registration.address().toString(), "the address stands in the file twice");
            }
            registrations.add(registration);
        }
        return registrations;
    }

    private static Registration registration(Path file, int number, String line) {
        String[] values = line.split(";", -1);
        String[] columns = HEADER.split(";", -1);
        if (values.length != columns.length) {
            throw wrong(file, number, values[0], "it has " + values.length + " columns in place of " + columns.length);
        }
        Map<String, String> properties = new HashMap<>();
        for (int i = 1; i < columns.length; i++) {
            properties.put(columns[i], values[i]);
        }
        // the file is the operator's
        boolean open = MailboxState.ACTIVE
                .name()
                .equals(properties.get(MailboxProperties.STATE).strip());
        properties.put(MailboxProperties.HELD, Boolean.toString(!open));
        try {
            return MailboxProperties.create(MailAddress.parse(values[0].strip()), properties);
        } catch (IllegalArgumentException e) {
            throw wrong(file, number, values[0], e.getMessage());
        }
    }

    private static void checkHeader(Path file, String line) {
        if (!line.strip().equals(HEADER)) {
            throw new StartupFailure("The mailbox file " + file + " does not start with the line \"" + HEADER
                    + "\": correct its first line.");
        }
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
