package org.mssante.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mssante.launcher.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./mssante quota}. */
@Command(
        name = "quota",
        description = "Shows how much room a mailbox takes and has, and gives it more or less.",
        mixinStandardHelpOptions = true,
        subcommands = {QuotaCommand.ShowCommand.class, QuotaCommand.SetCommand.class})
final class QuotaCommand {
    private static final String ROOT = "quotas";
    private static final String OCTETS = "octets";
    private static final String MESSAGES = "messages";

    /** Of which mailbox. */
    @Command
    private abstract static class OnQuota extends OnMailServer {
        @Parameters(paramLabel = "ADDRESS", description = "Address of the mailbox.")
        String address;

        int print(JsonNode quota) {
            return print(line(quota, OCTETS) + System.lineSeparator() + line(quota, MESSAGES));
        }

        private static String line(JsonNode quota, String what) {
            JsonNode of = quota.path(what);
            return what + ": " + of.path("used").asLong() + " of "
                    + (of.has("limit") ? of.path("limit").asText() : "no limit");
        }
    }

    @Command(name = "show", description = "Shows what a mailbox takes, and its limits.")
    static final class ShowCommand extends OnQuota {
        @Override
        public Integer call() {
            return print(server().get(Map.of(), ROOT, address));
        }
    }

    @Command(name = "set", description = "Gives a mailbox limits of its own.")
    static final class SetCommand extends OnQuota {
        @Option(
                names = "--octets",
                paramLabel = "N",
                description = "At most so many octets, 0 for no limit, or default.")
        private Optional<String> octets;

        @Option(
                names = "--messages",
                paramLabel = "N",
                description = "At most so many messages, 0 for no limit, or default.")
        private Optional<String> messages;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept in the trace.")
        private String reason;

        @Override
        public Integer call() {
            if (octets.isEmpty() && messages.isEmpty()) {
                throw new CommandFailure("Say which limit: --octets, --messages or both.");
            }
            Map<String, String> values = new HashMap<>(Map.of("reason", reason));
            octets.ifPresent(limit -> values.put(OCTETS, limit));
            messages.ifPresent(limit -> values.put(MESSAGES, limit));
            return print(server().post(values, ROOT, address));
        }
    }
}
