package org.mssante.dmp.bridge.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.settings.StartupFailure;
import org.mssante.dmp.bridge.BridgeSettings;
import org.mssante.dmp.bridge.extract.Extracted;
import org.mssante.dmp.bridge.extract.MailExtractor;
import org.mssante.dmp.bridge.filing.SubmissionSource;
import org.mssante.dmp.cda.Assessment;
import org.mssante.dmp.cda.CdaMetadata;
import org.mssante.dmp.cda.CdaSchema;
import org.mssante.dmp.cda.DocumentAssessor;
import org.mssante.dmp.cda.FormReport;
import org.mssante.dmp.cda.HeaderAssessor;
import org.mssante.dmp.cda.PatientIdentity;
import org.mssante.dmp.cda.Schematron;
import org.mssante.dmp.consent.ConsentCheck;
import org.mssante.dmp.consent.ConsentDecision;
import org.mssante.dmp.consent.FilingQuestion;

/** What the bridge would do with a file, without any service; the patient's rights are those a file tells, or left out. */
final class Inspection {
    private final MailExtractor extractor;
    private final DocumentAssessor assessor;
    private final FormReport form;
    private final SubmissionSource source;
    private final Optional<ConsentCheck> consent;

    Inspection(BridgeSettings settings, Optional<ConsentCheck> consent) {
        this.consent = consent;
        BridgeSettings.DocumentPart rules = settings.documents();
        PatientIdentity identity = new PatientIdentity(rules.ins());
        this.extractor = new MailExtractor(rules.limits(), identity, rules.unstated());
        this.assessor = new DocumentAssessor(
                new HeaderAssessor(identity, new CdaMetadata(rules.associations(), rules.ins(), rules.zone())),
                new CdaSchema(),
                rules.schema());
        this.form = rules.schematron()
                .<FormReport>map(part -> Schematron.open(part.file(), part.limits()))
                .orElse(FormReport.NONE);
        this.source = new SubmissionSource(settings.dmp().sourceId());
    }

    MailExtractor extractor() {
        return extractor;
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StartupFailure(
                    "The file " + file + " does not exist or cannot be read: name a file that is there.", e);
        }
    }

    /** A file of the wrong kind is a refusal, not an empty answer. */
    static List<Extracted> orRefused(List<Extracted> found, Outcome outcome, String detail) {
        if (found.stream()
                .anyMatch(result -> result instanceof Extracted.Document || result instanceof Extracted.Refused)) {
            return found;
        }
        String what = found.stream()
                .map(result ->
                        result instanceof Extracted.Noted noted ? noted.detail() : ((Extracted.Ignored) result).what())
                .collect(Collectors.joining(", "));
        String source = found.isEmpty() ? "1" : found.get(0).source();
        return List.of(Extracted.Refused.of(source, outcome, detail + ", it is " + what));
    }

    /** Prints the results; the exit code is returned. */
    int print(Path file, List<Extracted> found) {
        List<Inspected> results = found.stream().map(this::inspected).toList();
        try (JsonGenerator json = new JsonFactory().createGenerator(System.out).useDefaultPrettyPrinter()) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField("file", file.toString());
            json.writeStringField("verdict", verdict(results));
            json.writeArrayFieldStart("documents");
            for (Inspected result : results) {
                result.write(json);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("standard output cannot be written", e);
        }
        return switch (verdict(results)) {
            case "WOULD_BE_FILED" -> ExitCode.OK;
            case "WOULD_WAIT" -> ExitCode.UNAVAILABLE;
            default -> ExitCode.REFUSED;
        };
    }

    /** The least good of all. */
    private static String verdict(List<Inspected> results) {
        if (results.stream().anyMatch(Inspected.Refused.class::isInstance)) {
            return "REFUSED";
        }
        if (results.stream().anyMatch(Inspected.Waiting.class::isInstance)) {
            return "WOULD_WAIT";
        }
        return results.stream().anyMatch(Inspected.Filed.class::isInstance) ? "WOULD_BE_FILED" : "NOTHING_TO_FILE";
    }

    private Inspected inspected(Extracted result) {
        if (result instanceof Extracted.Ignored ignored) {
            return new Inspected.Ignored(ignored.source(), ignored.what());
        }
        if (result instanceof Extracted.Noted noted) {
            return new Inspected.Noted(noted.source(), noted.outcome(), noted.detail());
        }
        if (result instanceof Extracted.Refused refused) {
            return new Inspected.Refused(refused.source(), refused.documentId(), refused.outcome(), refused.detail());
        }
        Extracted.Document document = (Extracted.Document) result;
        Assessment assessment = assessor.assess(document.bytes().copy(), document.header(), document.metadata());
        if (assessment instanceof Assessment.Refused refused) {
            return new Inspected.Refused(document.source(), refused.documentId(), refused.outcome(), refused.detail());
        }
        Assessment.Fileable fileable = (Assessment.Fileable) assessment;
        Optional<ConsentDecision> decision =
                consent.map(check -> check.decide(FilingQuestion.about(fileable.patient(), fileable.entry())));
        if (decision.isPresent() && decision.get() instanceof ConsentDecision.MustNotFile no) {
            return new Inspected.Refused(
                    document.source(),
                    Optional.of(fileable.entry().uniqueId()),
                    no.outcome(),
                    "rule " + no.rule() + ": " + no.inputs());
        }
        if (decision.isPresent() && decision.get() instanceof ConsentDecision.Unknown unknown) {
            return new Inspected.Waiting(
                    document.source(),
                    fileable.entry().uniqueId(),
                    unknown.outcome(),
                    unknown.rule(),
                    unknown.inputs());
        }
        return new Inspected.Filed(
                document,
                fileable,
                decision,
                form.of(document.bytes().copy()),
                source.set(fileable, document.bytes().sha1(), Clock.systemUTC().instant()));
    }
}
