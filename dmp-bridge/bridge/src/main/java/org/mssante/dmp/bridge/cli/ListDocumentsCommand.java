package org.mssante.dmp.bridge.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mssante.core.id.Ins;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.Oid;
import org.mssante.dmp.bridge.BridgeSettings;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.iti18.RegistryClient;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dmp list --patient INS}: ITI-18, FindDocuments. */
@Command(name = "list", description = "Print as JSON the documents in force of a patient's DMP (ITI-18).")
final class ListDocumentsCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Option(
            names = "--patient",
            required = true,
            paramLabel = "INS",
            description = "The matricule, sought under every authority of ins.roots, or INS^^^&OID&ISO^NH.")
    private String patient = "";

    @Override
    public Integer call() throws IOException {
        BridgeSettings settings = configuration.settings();
        List<Ins> identities = identities(settings.documents().ins().roots());
        if (identities.isEmpty()) {
            System.err.println("An INS has 15 characters: give the matricule with its key.");
            return ExitCode.USAGE;
        }
        Map<String, DocumentEntry> entries = new LinkedHashMap<>();
        Optional<String> unavailable = Optional.empty();
        List<String> refusals = new ArrayList<>();
        try (DmpQuestion question = DmpQuestion.open(settings)) {
            RegistryClient registry = question.clients().registry();
            for (Ins ins : identities) {
                Answer<List<DocumentEntry>> answer = registry.findDocuments(ins);
                answer.fold(
                                given -> given.value(),
                                refused -> List.<DocumentEntry>of(),
                                later -> List.<DocumentEntry>of())
                        .forEach(entry -> entries.put(entry.id(), entry));
                unavailable = unavailable.or(() -> answer.fold(
                        given -> Optional.empty(), refused -> Optional.empty(), later -> Optional.of(later.why())));
                answer.fold(
                                given -> Optional.<String>empty(),
                                refused -> Optional.of(refused.errorCode()),
                                later -> Optional.<String>empty())
                        .ifPresent(refusals::add);
            }
        }
        if (unavailable.isPresent()) {
            System.err.println(unavailable.get());
            return ExitCode.UNAVAILABLE;
        }
        if (refusals.size() == identities.size()) {
            System.err.println("The DMP refused the question: " + String.join(", ", refusals));
            return ExitCode.REFUSED;
        }
        print(System.out, entries.values().stream().toList());
        return ExitCode.OK;
    }

    private List<Ins> identities(List<Oid> roots) {
        try {
            if (patient.indexOf('^') >= 0) {
                return new Cx(patient).ins().stream().toList();
            }
            return roots.stream().map(root -> new Ins(patient.strip(), root)).toList();
        } catch (InvalidIdentifierException | InvalidMetadataException e) {
            return List.of();
        }
    }

    private static void print(PrintStream out, List<DocumentEntry> entries) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter()) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartArray();
            for (DocumentEntry entry : entries) {
                new MetadataJson(json).entry(entry);
            }
            json.writeEndArray();
            json.writeRaw('\n');
        }
    }
}
