package org.mssante.annuaire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mailbox app-password}: passwords of a personal mailbox for one mail client each. */
@Command(
        name = "app-password",
        description = "Passwords of a mailbox of type PER for one mail client each.",
        subcommands = {
            AppPasswordCommand.ListCommand.class,
            AppPasswordCommand.CreateCommand.class,
            AppPasswordCommand.RemoveCommand.class
        })
final class AppPasswordCommand {
    private static final String APP_PASSWORDS = "app-passwords";
    private static final String NAME = "name";

    private static void table(JsonNode answer, PrintWriter out) {
        TextTable table = new TextTable("NAME", "MADE", "LAST USED", "ENDS");
        answer.forEach(known -> table.row(
                known.path(NAME).asText(),
                known.path("made").asText(),
                known.path("usedOn").asText(),
                known.path("ends").asText()));
        table.print(out);
    }

    @Command(
            name = "list",
            description = "Lists them: when each was made, on which day it was used last, when it ends.")
    static final class ListCommand extends MailboxCommand.OnMailbox {
        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return look(annuaire, APP_PASSWORDS);
        }

        @Override
        void print(JsonNode answer, PrintWriter out) {
            table(answer, out);
        }
    }

    /** Changes one of them. */
    @Command
    private abstract static class Named extends MailboxCommand.Deed {
        @Parameters(paramLabel = "NAME", description = "The client it is for, in its holder's words.")
        private String name;

        private final String deed;

        Named(String deed) {
            this.deed = deed;
        }

        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return act(annuaire, Map.of(NAME, name), APP_PASSWORDS, deed);
        }
    }

    @Command(name = "create", description = "Makes one and prints it, this once.")
    static final class CreateCommand extends Named {
        CreateCommand() {
            super("create");
        }
    }

    @Command(
            name = "remove",
            description = "Removes one. All open sessions of the mailbox's passwords end within seconds; clients whose "
                    + "password still counts log in again.")
    static final class RemoveCommand extends Named {
        RemoveCommand() {
            super("remove");
        }

        @Override
        void print(JsonNode answer, PrintWriter out) {
            table(answer, out);
        }
    }
}
