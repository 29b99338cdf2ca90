package org.mssante.dmp.bridge.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mssante.dmp.bridge.extract.UnnamedSource;
import org.mssante.dmp.bridge.ledger.PersonDecision;
import org.mssante.dmp.bridge.ledger.QueuedDocument;

/** The bridge's documents as a JSON array; what is absent is left out. */
final class DocumentJson {
    private final JsonGenerator json;

    DocumentJson(JsonGenerator json) {
        this.json = json;
    }

    void write(List<QueuedDocument> documents) throws IOException {
        json.writeStartArray();
        for (QueuedDocument document : documents) {
            write(document);
        }
        json.writeEndArray();
    }

    private void write(QueuedDocument document) throws IOException {
        json.writeStartObject();
        text("documentId", document.documentId());
        json.writeStringField("messageId", document.messageId());
        json.writeStringField("source", UnnamedSource.of(document.source()));
        json.writeStringField("state", document.state().name());
        text("code", document.outcome().map(outcome -> outcome.code()));
        text("english", document.outcome().map(outcome -> outcome.english()));
        text("detail", Optional.of(document.detail()).filter(detail -> !detail.isEmpty()));
        text("rule", document.rule());
        text("inputs", document.ruleInputs());
        text("decidedAt", document.decidedAt());
        text("personVerdict", document.decision().map(PersonDecision::verdict));
        text("person", document.decision().map(PersonDecision::by));
        text("personDecidedAt", document.decision().map(PersonDecision::at));
        text("personReason", document.decision().flatMap(PersonDecision::reason));
        text("form", document.form());
        json.writeNumberField("attempts", document.attempts());
        json.writeNumberField("failures", document.failures());
        text("foundAt", Optional.of(document.foundAt()));
        text("dueAt", document.state().isFinal() ? Optional.empty() : Optional.of(document.dueAt()));
        text("doneAt", document.doneAt());
        text("contentFreedAt", document.freedAt());
        json.writeEndObject();
    }

    private void text(String name, Optional<?> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get().toString());
        }
    }
}
