package org.mssante.annuaire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mailbox}: the operator's own mailboxes, their life, members and history. */
@Command(
        name = "mailbox",
        description = "Shows and administers this operator's own mailboxes.",
        subcommands = {
            MailboxCommand.ListCommand.class,
            MailboxCommand.ShowCommand.class,
            MailboxCommand.HistoryCommand.class,
            MailboxCommand.CreateCommand.class,
            MailboxCommand.ChangeCommand.class,
            MailboxCommand.SuspendCommand.class,
            MailboxCommand.CloseCommand.class,
            MailboxCommand.ReopenCommand.class,
            MailboxCommand.PurgeCommand.class,
            MailboxCommand.MembersCommand.class,
            MailboxCommand.RightsCommand.class,
            MailboxCommand.AbsenceCommand.class,
            MailboxCommand.PasswordCommand.class,
            AppPasswordCommand.class,
            SecondFactorCommand.class
        })
final class MailboxCommand {
    private static final String MAILBOXES = "mailboxes";
    private static final String ADDRESS = "address";
    private static final String STATE = "state";
    private static final String MEMBERS = "members";

    /** What is asked of one mailbox. */
    @Command
    abstract static class OnMailbox extends AnnuaireQuestion {
        @Parameters(paramLabel = "ADDRESS", description = "Address of the mailbox.")
        String address;

        /** @param which of its sides; none for its properties */
        JsonNode look(AnnuaireSocket annuaire, String... which) {
            return annuaire.get(place(which), Map.of());
        }

        List<String> place(String... which) {
            return Stream.concat(Stream.of(MAILBOXES, address), Stream.of(which))
                    .toList();
        }
    }

    /** Changes a mailbox: nobody does without saying why. */
    @Command
    abstract static class Deed extends OnMailbox {
        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; kept in the history.")
        String reason;

        JsonNode act(AnnuaireSocket annuaire, Map<String, String> values, String... deed) {
            Map<String, String> all = new HashMap<>(values);
            all.put("reason", reason);
            return annuaire.post(place(deed), all);
        }
    }

    /** Takes a mailbox to another state of its life. */
    @Command
    private abstract static class Step extends Deed {
        private final String step;

        Step(String step) {
            this.step = step;
        }

        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return act(annuaire, Map.of(), step);
        }
    }

    @Command(name = "list", description = "Lists this operator's own mailboxes, in whatever state.")
    static final class ListCommand extends AnnuaireQuestion {
        @Option(names = "--type", paramLabel = "TYPE", description = "PER, ORG, APP or CAB.")
        private Optional<String> type;

        @Option(names = "--state", paramLabel = "STATE", description = "ACTIVE, SUSPENDED, CLOSED or PURGED.")
        private Optional<String> state;

        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            Map<String, String> values = new HashMap<>();
            type.ifPresent(value -> values.put("type", value));
            state.ifPresent(value -> values.put(STATE, value));
            return annuaire.get(List.of(MAILBOXES), values);
        }

        @Override
        void print(JsonNode answer, PrintWriter out) {
            TextTable table = new TextTable("ADDRESS", "TYPE", "STATE", "DMP FILING", "MEMBERS", "NAME");
            answer.forEach(mailbox -> table.row(
                    mailbox.path(ADDRESS).asText(),
                    mailbox.path("type").asText(),
                    mailbox.path(STATE).asText(),
                    filing(mailbox),
                    Integer.toString(members(mailbox).size()),
                    mailbox.path("displayName").asText()));
            table.print(out);
        }
    }

    @Command(name = "show", description = "Shows one mailbox with all its properties.")
    static final class ShowCommand extends OnMailbox {
        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return look(annuaire);
        }
    }

    @Command(name = "history", description = "Tells what happened to a mailbox: when, who, what and why; oldest first.")
    static final class HistoryCommand extends OnMailbox {
        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return look(annuaire, "history");
        }

        @Override
        void print(JsonNode answer, PrintWriter out) {
            TextTable table = new TextTable("TIME", "AUTHOR", "REASON", "WHAT");
            answer.forEach(change -> table.row(
                    change.path("time").asText(),
                    change.path("author").asText(),
                    change.path("reason").asText(),
                    change.path("what").asText()));
            table.print(out);
        }
    }

    @Command(
            name = "create",
            description = "Creates a mailbox. An address that was ever given is never given again; a PER mailbox gets "
                    + "its password by \"mailbox password\".")
    static final class CreateCommand extends Deed {
        @Option(names = "--type", paramLabel = "TYPE", required = true, description = "PER, ORG, APP or CAB.")
        private String type;

        @Mixin
        private MailboxOptions properties;

        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            Map<String, String> values = new HashMap<>(properties.given());
            values.put("type", type);
            return act(annuaire, values, "create");
        }
    }

    @Command(name = "change", description = "Changes properties of a mailbox; an empty text takes one away.")
    static final class ChangeCommand extends Deed {
        @Mixin
        private MailboxOptions properties;

        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return act(annuaire, properties.given(), "change");
        }
    }

    @Command(name = "suspend", description = "Lets a mailbox refuse mail and log-in until it is opened again.")
    static final class SuspendCommand extends Step {
        SuspendCommand() {
            super("suspend");
        }
    }

    @Command(name = "close", description = "Gives a mailbox up; it can still be opened again.")
    static final class CloseCommand extends Step {
        CloseCommand() {
            super("close");
        }
    }

    @Command(name = "reopen", description = "Makes a suspended or closed mailbox active again.")
    static final class ReopenCommand extends Step {
        ReopenCommand() {
            super("reopen");
        }
    }

    @Command(
            name = "purge",
            description =
                    "Ends a closed mailbox for ever: its passwords go, its address is never given again, the mail "
                            + "server deletes its messages (mailbox.purged.check).")
    static final class PurgeCommand extends Step {
        PurgeCommand() {
            super("purge");
        }
    }

    @Command(name = MEMBERS, description = "Lists who may use a mailbox of type ORG or CAB, and what each may do.")
    static final class MembersCommand extends OnMailbox {
        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return look(annuaire);
        }

        @Override
        void print(JsonNode answer, PrintWriter out) {
            TextTable table = new TextTable("PERSON", "RIGHTS");
            members(answer).forEach(member -> {
                int colon = member.lastIndexOf(':');
                table.row(member.substring(0, colon), member.substring(colon + 1));
            });
            table.print(out);
        }
    }

    @Command(
            name = "rights",
            description = "Says what a person may do in a mailbox of type ORG or CAB. Who loses rights loses them in "
                    + "open sessions too, within seconds.")
    static final class RightsCommand extends Deed {
        private static final String NONE = "none";

        @Parameters(paramLabel = "PERSON", description = "Address of the person's own mailbox.")
        private String person;

        @Parameters(paramLabel = "RIGHTS", description = "READ, WRITE, SEND, MANAGE with commas between, or none.")
        private String rights;

        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            Map<String, String> values = new HashMap<>(Map.of("person", person));
            if (!rights.equalsIgnoreCase(NONE)) {
                values.put("rights", rights);
            }
            return act(annuaire, values, "member");
        }
    }

    @Command(
            name = "absence",
            description = "Tells who writes to a mailbox that nobody reads it, once a sender, from one day to another.")
    static final class AbsenceCommand extends Deed {
        @ArgGroup(multiplicity = "1")
        private Span span;

        /** The days and the text, or that it is over. */
        static final class Span {
            @ArgGroup(exclusive = false)
            private Days days;

            @Option(names = "--end", description = "Nobody is told any more.")
            private boolean end;
        }

        /** Both days included, in the time zone of the mail server. */
        static final class Days {
            @Option(names = "--from", paramLabel = "DAY", required = true, description = "First day, e.g. 2026-08-01.")
            private String from;

            @Option(names = "--until", paramLabel = "DAY", required = true, description = "Last day.")
            private String until;

            @Option(names = "--text", paramLabel = "TEXT", required = true, description = "What senders are told.")
            private String text;
        }

        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return act(
                    annuaire,
                    Map.of(
                            "absenceFrom", span.end ? "" : span.days.from,
                            "absenceUntil", span.end ? "" : span.days.until,
                            "absenceText", span.end ? "" : span.days.text),
                    "change");
        }
    }

    @Command(
            name = "password",
            description = "Gives a mailbox of type PER a new password and prints it, this once. Its app "
                    + "passwords are removed, its open sessions end.")
    static final class PasswordCommand extends Deed {
        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return act(annuaire, Map.of(), "password");
        }
    }

    private static String filing(JsonNode mailbox) {
        return switch (mailbox.path("dmpFiling").asText()) {
            case "true" -> "on";
            case "ask" -> "ask";
            default -> "off";
        };
    }

    private static List<String> members(JsonNode mailbox) {
        String members = mailbox.path(MEMBERS).asText();
        return members.isEmpty() ? List.of() : List.of(members.split(" ", -1));
    }
}
