package org.mssante.dmp.bridge.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.bridge.extract.Extracted;
import org.mssante.dmp.cda.Assessment;
import org.mssante.dmp.consent.ConsentDecision;
import org.mssante.dmp.xds.metadata.SubmissionSet;

/** One line of an inspection, written as JSON. */
sealed interface Inspected {
    void write(JsonGenerator json) throws IOException;

    /**
     * Would be filed if the patient's rights allow it.
     *
     * @param form what the operator's schematron notes about it
     */
    record Filed(
            Extracted.Document document,
            Assessment.Fileable assessment,
            Optional<ConsentDecision> decision,
            Optional<String> form,
            SubmissionSet set)
            implements Inspected {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("source", document.source());
            json.writeStringField("verdict", "WOULD_BE_FILED");
            json.writeStringField("hash", document.bytes().sha1().hex());
            json.writeNumberField("size", document.bytes().size());
            if (assessment.setId().isPresent()) {
                json.writeStringField("setId", assessment.setId().get());
            }
            if (assessment.version().isPresent()) {
                json.writeNumberField("versionNumber", assessment.version().getAsLong());
            }
            if (decision.isPresent()) {
                json.writeStringField("rule", decision.get().rule());
                json.writeStringField("inputs", decision.get().inputs());
            }
            if (form.isPresent()) {
                json.writeStringField("form", form.get());
            }
            MetadataJson metadata = new MetadataJson(json);
            metadata.texts("replaces", assessment.replaces().stream().toList());
            List<String> warnings = new ArrayList<>(document.warnings());
            warnings.addAll(assessment.warnings());
            metadata.texts("warnings", warnings);
            json.writeFieldName("submissionSet");
            metadata.set(set);
            json.writeFieldName("documentEntry");
            metadata.entry(assessment.entry());
            json.writeEndObject();
        }
    }

    /** Would wait for a source that does not answer. */
    record Waiting(String source, String documentId, Outcome outcome, String rule, String inputs) implements Inspected {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("source", source);
            json.writeStringField("verdict", "WOULD_WAIT");
            json.writeStringField("documentId", documentId);
            json.writeStringField("code", outcome.code());
            json.writeStringField("rule", rule);
            json.writeStringField("inputs", inputs);
            json.writeEndObject();
        }
    }

    record Refused(String source, Optional<String> documentId, Outcome outcome, String detail) implements Inspected {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("source", source);
            json.writeStringField("verdict", "REFUSED");
            if (documentId.isPresent()) {
                json.writeStringField("documentId", documentId.get());
            }
            json.writeStringField("code", outcome.code());
            json.writeStringField("outcome", outcome.name());
            if (outcome.applicationCode().isPresent()) {
                json.writeNumberField(
                        "applicationCode", outcome.applicationCode().get());
            }
            json.writeStringField("english", outcome.english());
            json.writeStringField("french", outcome.french());
            json.writeStringField("detail", detail);
            json.writeEndObject();
        }
    }

    /** A part that may hold a document and would not be looked into. */
    record Noted(String source, Outcome outcome, String detail) implements Inspected {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("source", source);
            json.writeStringField("verdict", "WOULD_BE_NOTED");
            json.writeStringField("code", outcome.code());
            json.writeStringField("outcome", outcome.name());
            json.writeStringField("english", outcome.english());
            json.writeStringField("french", outcome.french());
            json.writeStringField("detail", detail);
            json.writeEndObject();
        }
    }

    record Ignored(String source, String what) implements Inspected {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("source", source);
            json.writeStringField("verdict", "NOTHING_TO_FILE");
            json.writeStringField("detail", what);
            json.writeEndObject();
        }
    }
}
