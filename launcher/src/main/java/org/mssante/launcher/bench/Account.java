package org.mssante.launcher.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mssante.core.id.MailAddress;
import org.mssante.launcher.CommandFailure;

/**
 * A mailbox whose address is also its log-in.
 *
 * @param password empty where it logs in by certificate, or not at all
 */
public record Account(MailAddress address, String password) {

    /** Reads lines {@code address:password}; empty lines and those that begin with # say nothing. */
    public static List<Account> read(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> parse(line, file))
                    .toList();
        } catch (IOException e) {
            throw new CommandFailure("The accounts in " + file + " cannot be read: correct its path.", e);
        }
    }

    private static Account parse(String line, Path file) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new CommandFailure("A line of " + file + " is not address:password: correct it.");
        }
        return new Account(MailAddress.parse(line.substring(0, colon)), line.substring(colon + 1));
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return address.toString();
    }
}
