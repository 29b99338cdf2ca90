package org.mssante.dmp.bridge.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.mssante.dmp.bridge.ledger.QueuedDocument;

/** The bridge's documents as a JSON array on standard output; what is absent is left out. */
final class QueueJson {
    private QueueJson() {}

    static void print(List<QueuedDocument> documents) {
        try (JsonGenerator json = new JsonFactory().createGenerator(System.out).useDefaultPrettyPrinter()) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartArray();
            for (QueuedDocument document : documents) {
                write(json, document);
            }
            json.writeEndArray();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("standard output cannot be written", e);
        }
    }

    private static void write(JsonGenerator json, QueuedDocument document) throws IOException {
        json.writeStartObject();
        text(json, "documentId", document.documentId());
        json.writeStringField("messageId", document.messageId());
        json.writeStringField("source", document.source());
        json.writeStringField("state", document.state().name());
        text(json, "code", document.outcome().map(outcome -> outcome.code()));
        text(json, "english", document.outcome().map(outcome -> outcome.english()));
        text(json, "detail", Optional.of(document.detail()).filter(detail -> !detail.isEmpty()));
        text(json, "rule", document.rule());
        text(json, "inputs", document.ruleInputs());
        text(json, "decidedAt", document.decidedAt());
        json.writeNumberField("attempts", document.attempts());
        json.writeNumberField("failures", document.failures());
        text(json, "foundAt", Optional.of(document.foundAt()));
        text(json, "dueAt", document.state().isFinal() ? Optional.empty() : Optional.of(document.dueAt()));
        text(json, "doneAt", document.doneAt());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, Optional<?> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get().toString());
        }
    }
}
