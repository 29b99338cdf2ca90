package org.mssante.annuaire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code administrator}: who administers mailboxes over the network. */
@Command(
        name = "administrator",
        description = "Says who administers mailboxes over the network, by the administration API.",
        subcommands = {
            AdministratorCommand.ListCommand.class,
            AdministratorCommand.AddCommand.class,
            AdministratorCommand.RemoveCommand.class,
            AdministratorCommand.HistoryCommand.class
        })
final class AdministratorCommand {
    private static final String ADMINISTRATORS = "administrators";
    private static final String AUTHOR = "author";
    private static final String REASON = "reason";

    @Command(name = "list", description = "Lists them, with who said so and why.")
    static final class ListCommand extends AnnuaireQuestion {
        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return annuaire.get(List.of(ADMINISTRATORS), Map.of());
        }

        @Override
        void print(JsonNode answer, PrintWriter out) {
            TextTable table = new TextTable("PERSON", "OF", "SINCE", "AUTHOR", "REASON");
            answer.forEach(one -> table.row(
                    one.path("person").asText(),
                    scope(one),
                    one.path("since").asText(),
                    one.path(AUTHOR).asText(),
                    one.path(REASON).asText()));
            table.print(out);
        }
    }

    /** What is said of one person. */
    @Command
    private abstract static class OfPerson extends AnnuaireQuestion {
        @Parameters(paramLabel = "PERSON", description = "Address of the person's own mailbox (PER).")
        String person;
    }

    /** What he is given or what is taken from him. */
    @Command
    private abstract static class Deed extends OfPerson {
        private final String deed;

        @ArgGroup(multiplicity = "1")
        private Scope scope;

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; kept in the history.")
        private String reason;

        /** Which mailboxes. */
        static final class Scope {
            @Option(
                    names = "--structure",
                    paramLabel = "ID",
                    description = "The mailboxes of this structure: 1 and the FINESS, or 3 and the SIRET.")
            private Optional<String> structure = Optional.empty();

            @Option(names = "--operator", description = "All mailboxes, as an operator.")
            private boolean operator;
        }

        Deed(String deed) {
            this.deed = deed;
        }

        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            Map<String, String> values = new HashMap<>(Map.of(REASON, reason));
            values.put("of", scope.operator ? "ALL" : scope.structure.orElse(""));
            return annuaire.post(List.of(ADMINISTRATORS, person, deed), values);
        }
    }

    @Command(name = "add", description = "Gives a person mailboxes to administer.")
    static final class AddCommand extends Deed {
        private static final String WARNING = "warning";

        AddCommand() {
            super("add");
        }

        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            ObjectNode given = (ObjectNode) super.ask(annuaire);
            JsonNode factor = annuaire.get(List.of("mailboxes", person, "second-factor"), Map.of());
            return factor.path("secondFactor").asText().equals("on")
                    ? given
                    : given.put(
                            WARNING,
                            "the person has no second factor: whoever knows the password can set one up and use the role; "
                                    + "set it up at the machine: mailbox second-factor begin " + person);
        }
    }

    @Command(name = "remove", description = "Takes them from him; it counts for whatever he does next.")
    static final class RemoveCommand extends Deed {
        RemoveCommand() {
            super("remove");
        }
    }

    @Command(name = "history", description = "Tells what a person was given and what was taken; oldest first.")
    static final class HistoryCommand extends OfPerson {
        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return annuaire.get(List.of(ADMINISTRATORS, person, "history"), Map.of());
        }

        @Override
        void print(JsonNode answer, PrintWriter out) {
            TextTable table = new TextTable("TIME", "WHAT", "OF", "AUTHOR", "REASON");
            answer.forEach(one -> table.row(
                    one.path("time").asText(),
                    one.path("what").asText(),
                    scope(one),
                    one.path(AUTHOR).asText(),
                    one.path(REASON).asText()));
            table.print(out);
        }
    }

    private static String scope(JsonNode delegation) {
        return delegation.has("structure") ? delegation.path("structure").asText() : "all mailboxes";
    }
}
