package org.mssante.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;
import org.mssante.core.trace.TraceReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells why the trust space last said no: to a peer, to a sender of ours, to a list. */
@Command(
        name = "explain",
        description = "Explains the last refusals of the trust space, newest last.",
        mixinStandardHelpOptions = true)
final class TrustExplainCommand implements Callable<Integer> {
    private static final String TRUST_CODES = "MSS-T";
    private static final List<String> EVENTS = Stream.of(
                    Event.TRUST_LIST_REJECTED, Event.TRUST_LIST_WAITING, Event.TRUST_ALARM)
            .map(Event::name)
            .toList();
    private static final List<Field> SHOWN = List.of(
            Field.PEER,
            Field.MESSAGE_ID,
            Field.RULE,
            Field.FROM,
            Field.TO,
            Field.CERTIFICATE_SUBJECT,
            Field.CERTIFICATE_SERIAL,
            Field.LIST_DATE,
            Field.REPLY,
            Field.DETAIL);

    @Mixin
    private final TrustFolder folder = new TrustFolder();

    @Option(names = "--last", paramLabel = "N", defaultValue = "10", description = "How many; ${DEFAULT-VALUE}.")
    private int last;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** picocli makes it. */
    TrustExplainCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<TraceLine> refusals = new TraceReader(folder.runDir()).find(TrustExplainCommand::isRefusal);
        refusals.subList(Math.max(0, refusals.size() - last), refusals.size()).forEach(line -> print(line, out));
        if (refusals.isEmpty()) {
            out.println("The trust space has refused nothing.");
        }
        out.flush();
        return TrustCommand.YES;
    }

    private static boolean isRefusal(TraceLine line) {
        return EVENTS.contains(line.event())
                || line.outcome()
                        .filter(outcome -> outcome.code().startsWith(TRUST_CODES) || outcome == Outcome.FROM_INVALID)
                        .isPresent();
    }

    private static void print(TraceLine line, PrintWriter out) {
        out.println(line.time() + "  " + line.outcome().map(Outcome::code).orElse("") + "  " + line.event());
        line.outcome().ifPresent(outcome -> {
            out.println("  " + outcome.english());
            out.println("  " + outcome.french());
        });
        for (Field field : SHOWN) {
            line.get(field).ifPresent(value -> out.printf("  %-18s %s%n", field.key(), MailAddress.maskedIn(value)));
        }
    }
}
