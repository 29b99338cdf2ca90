package org.mssante.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.mssante.launcher.CommandFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./mssante quarantine}. */
@Command(
        name = "quarantine",
        description = "Shows mail that could not go its way, and decides what becomes of it.",
        mixinStandardHelpOptions = true,
        subcommands = {
            QuarantineCommand.ListCommand.class,
            QuarantineCommand.ShowCommand.class,
            QuarantineCommand.ExportCommand.class,
            QuarantineCommand.ReplayCommand.class,
            QuarantineCommand.RemoveCommand.class
        })
final class QuarantineCommand {
    private static final String ROOT = "quarantine";

    /** Which mail, and why. */
    @Command
    private abstract static class OnMail extends OnMailServer {
        @Parameters(index = "0", paramLabel = "NAME", description = "The mail's name, as quarantine list shows it.")
        String name;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept in the trace.")
        String reason;
    }

    @Command(name = "list", description = "Lists the mails with their last error.")
    static final class ListCommand extends OnMailServer {
        @Option(names = "--json", description = "As JSON.")
        private boolean json;

        @Override
        public Integer call() {
            JsonNode mails = server().get(Map.of(), ROOT);
            if (json) {
                return print(mails.toPrettyString());
            }
            new WaitingMails(out()).print(mails);
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(name = "show", description = "Shows one mail with its headers, as JSON; never its content.")
    static final class ShowCommand extends OnMailServer {
        @Parameters(paramLabel = "NAME", description = "The mail's name, as quarantine list shows it.")
        private String name;

        @Override
        public Integer call() {
            return print(server().get(Map.of(), ROOT, name).toPrettyString());
        }
    }

    @Command(name = "export", description = "Writes one mail with its content to a new file that only you may read.")
    static final class ExportCommand extends OnMail {
        @Parameters(index = "1", paramLabel = "FILE", description = "Must not exist yet.")
        private Path file;

        @Override
        public Integer call() {
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (FileAlreadyExistsException e) {
                throw new CommandFailure("The file " + file + " exists already: choose another one.", e);
            } catch (IOException e) {
                throw new CommandFailure("The file " + file + " cannot be written (" + e + "): choose another one.", e);
            }
            try {
                long octets = server().post(
                                body -> {
                                    try (OutputStream out = Files.newOutputStream(file)) {
                                        return body.transferTo(out);
                                    }
                                },
                                Map.of("reason", reason),
                                ROOT,
                                name,
                                "export");
                return print(octets + " octets written to " + file + ".");
            } catch (CommandFailure e) {
                // half a mail must not be taken for a whole one
                delete(file, e);
                throw e;
            }
        }

        private static void delete(Path file, CommandFailure why) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                why.addSuppressed(e);
            }
        }
    }

    @Command(name = "replay", description = "Sends one mail on its way again, with all its attempts before it.")
    static final class ReplayCommand extends OnMail {
        @Override
        public Integer call() {
            server().post(Map.of("reason", reason), ROOT, name, "replay");
            return print(name + " is in the spool again: ./mssante explain shows how it goes on.");
        }
    }

    @Command(
            name = "remove",
            description = "Gives one mail up: its sender, if it has one, is told that it was not delivered.")
    static final class RemoveCommand extends OnMail {
        @Override
        public Integer call() {
            server().post(Map.of("reason", reason), ROOT, name, "remove");
            return print(name + " is removed.");
        }
    }
}
