package org.mssante.server.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.trace.MailFacts;

/** Every attempt to hand a message over, as a line of the trace. */
public final class DeliveryTrace {
    private final Trace trace;
    private final Event success;

    DeliveryTrace(Trace trace, Event success) {
        this.trace = trace;
        this.success = success;
    }

    void success(Mail mail, List<MailAddress> taken, HandOver.Receipt receipt, int attempt) {
        trace.record(receipt.facts()
                .addTo(MailFacts.envelope(TraceEntry.of(success), mail, taken))
                .with(Field.PEER, receipt.peer())
                .with(Field.TLS, receipt.tls())
                .with(Field.REPLY, receipt.reply())
                .with(Field.ATTEMPT, attempt));
    }

    void delayed(Mail mail, Map<MailAddress, Failure> failures, int attempt, Duration wait) {
        failed(Event.RELAY_DELAYED, mail, failures)
                .forEach(entry ->
                        trace.record(entry.with(Field.ATTEMPT, attempt).with(Field.RULE, "next attempt in " + wait)));
    }

    /** One line a failure: recipients that failed alike share it. */
    public static List<TraceEntry> failed(Event event, Mail mail, Map<MailAddress, Failure> failures) {
        Map<Failure, List<MailAddress>> byFailure =
                failures.keySet().stream().collect(Collectors.groupingBy(failures::get));
        return byFailure.entrySet().stream()
                .map(group -> failed(event, mail, group.getKey(), group.getValue()))
                .toList();
    }

    private static TraceEntry failed(Event event, Mail mail, Failure failure, List<MailAddress> recipients) {
        TraceEntry entry = MailFacts.envelope(TraceEntry.of(event), mail, recipients)
                .outcome(failure.outcome())
                .with(Field.PEER, failure.peer())
                .with(Field.REPLY, failure.reply())
                .with(Field.DETAIL, failure.detail());
        return failure.facts().map(facts -> facts.addTo(entry)).orElse(entry);
    }
}
