package org.mssante.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.mssante.launcher.CommandFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./mssante queue}. */
@Command(
        name = "queue",
        description = "Shows what waits in the mail server, and moves it.",
        mixinStandardHelpOptions = true,
        subcommands = {
            QueueCommand.ListCommand.class,
            QueueCommand.ShowCommand.class,
            QueueCommand.RetryCommand.class,
            QueueCommand.RemoveCommand.class
        })
final class QueueCommand {
    private static final String ROOT = "queues";
    private static final String RETRY = "retry";

    /** Which queue. */
    @Command
    private abstract static class OnQueue extends OnMailServer {
        @Option(
                names = "--queue",
                paramLabel = "QUEUE",
                defaultValue = "outgoing",
                description =
                        "spool (accepted, not yet delivered), outgoing (to other operators) or bridge (to the DMP "
                                + "bridge); default: ${DEFAULT-VALUE}.")
        String queue;

        int done(JsonNode answer, String what) {
            return print(answer.path(what).asText() + " " + what + ".");
        }
    }

    @Command(name = "list", description = "Lists what waits, the oldest first; without --queue how full each queue is.")
    static final class ListCommand extends OnMailServer {
        @Option(names = "--queue", paramLabel = "QUEUE", description = "spool, outgoing or bridge.")
        private Optional<String> queue;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "100",
                description = "At most so many mails (default: ${DEFAULT-VALUE}).")
        private int limit;

        @Option(names = "--json", description = "As JSON.")
        private boolean json;

        @Override
        public Integer call() {
            JsonNode answer = queue.isPresent()
                    ? server().get(Map.of("limit", Integer.toString(limit)), ROOT, queue.get())
                    : server().get(Map.of(), ROOT);
            if (json) {
                return print(answer.toPrettyString());
            }
            if (queue.isPresent()) {
                new WaitingMails(out()).print(answer);
            } else {
                new WaitingMails(out()).printDepths(answer);
            }
            out().flush();
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(name = "show", description = "Shows one mail with its headers, as JSON; never its content.")
    static final class ShowCommand extends OnQueue {
        @Parameters(paramLabel = "NAME", description = "The mail's name, as queue list shows it.")
        private String name;

        @Override
        public Integer call() {
            return print(server().get(Map.of(), ROOT, queue, name).toPrettyString());
        }
    }

    @Command(name = "retry", description = "Makes one mail, or all of a queue, due now.")
    static final class RetryCommand extends OnQueue {
        @Parameters(arity = "0..1", paramLabel = "NAME", description = "The mail's name, as queue list shows it.")
        private Optional<String> name;

        @Option(names = "--all", description = "All that wait in the queue.")
        private boolean all;

        @Override
        public Integer call() {
            if (all == name.isPresent()) {
                throw new CommandFailure("Name one mail, or take all with --all.");
            }
            return done(
                    all
                            ? server().post(Map.of(), ROOT, queue, RETRY)
                            : server().post(Map.of(), ROOT, queue, name.orElseThrow(), RETRY),
                    "due");
        }
    }

    @Command(
            name = "remove",
            description = "Gives a mail up: its sender is told that it was not delivered, and the trace who did it.")
    static final class RemoveCommand extends OnQueue {
        @Parameters(paramLabel = "NAME", description = "The mail's name, as queue list shows it.")
        private String name;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept in the trace.")
        private String reason;

        @Override
        public Integer call() {
            return done(server().post(Map.of("reason", reason), ROOT, queue, name, "remove"), "removed");
        }
    }
}
