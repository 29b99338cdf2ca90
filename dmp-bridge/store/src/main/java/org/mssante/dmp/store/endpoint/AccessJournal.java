package org.mssante.dmp.store.endpoint;

import java.util.List;
import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.store.registry.Refusal;
import org.mssante.dmp.store.registry.Registration.RegisteredDocument;

/** The access journal: who did what on which document of which patient (CSP R1111-43), refusals included. */
final class AccessJournal {
    private final Trace trace;
    private final Caller caller;

    AccessJournal(Trace trace, Caller caller) {
        this.trace = trace;
        this.caller = caller;
    }

    void registered(Ins patient, List<RegisteredDocument> documents) {
        for (RegisteredDocument document : documents) {
            trace.record(entry(Event.STORE_REGISTERED, "ITI-41")
                    .outcome(document.alreadyThere() ? Outcome.DOCUMENT_ALREADY_FILED : Outcome.DOCUMENT_FILED)
                    .with(Field.DOCUMENT_ID, document.uniqueId())
                    .with(Field.PATIENT, patient.cx())
                    .with(Field.HASH, document.hash())
                    .with(Field.SIZE, document.size()));
        }
    }

    /** @param what the document's uniqueId; empty where the request is not about one */
    void refused(String transaction, Refusal refusal, Optional<String> what, Optional<Ins> patient) {
        trace.record(entry(Event.STORE_REFUSED, transaction)
                .outcome(refusal.error().outcome())
                .with(Field.REPLY, refusal.error().code() + " " + refusal.context())
                .with(Field.DOCUMENT_ID, what)
                .with(Field.PATIENT, patient.map(Ins::cx)));
    }

    void searched(Optional<Ins> patient, int found) {
        trace.record(entry(Event.STORE_READ, "ITI-18")
                .with(Field.PATIENT, patient.map(Ins::cx))
                .with(Field.COUNT, found));
    }

    void read(String uniqueId, Ins patient) {
        trace.record(entry(Event.STORE_READ, "ITI-43")
                .with(Field.DOCUMENT_ID, uniqueId)
                .with(Field.PATIENT, patient.cx()));
    }

    void asked(Ins patient, String state) {
        trace.record(entry(Event.STORE_READ, "TD0.2")
                .with(Field.PATIENT, patient.cx())
                .with(Field.DETAIL, state));
    }

    private TraceEntry entry(Event event, String transaction) {
        return TraceEntry.of(event).with(Field.PROTOCOL, transaction).with(Field.ACTOR, caller.subject());
    }
}
