package org.mssante.server.admin;

import org.apache.mailet.Mail;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.trace.MailFacts;

/** Who of this machine did what to which mail, and why: recorded before it is done. */
final class OperatorTrace {
    private final Trace trace;

    OperatorTrace(Trace trace) {
        this.trace = trace;
    }

    void onMail(Event event, ControlRequest request, String place, Mail mail) {
        trace.record(by(MailFacts.envelope(TraceEntry.of(event), mail, mail.getRecipients()), request, place));
    }

    void onAll(Event event, ControlRequest request, String place, long count) {
        trace.record(by(TraceEntry.of(event), request, place).with(Field.COUNT, count));
    }

    private static TraceEntry by(TraceEntry entry, ControlRequest request, String place) {
        return entry.with(Field.ACTOR, "operator " + request.caller())
                .with(Field.RULE, place)
                .with(Field.REASON, request.value("reason"));
    }
}
