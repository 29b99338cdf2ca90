package org.mssante.dmp.bridge.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.mssante.dmp.bridge.BridgeSettings;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.iti43.RetrievedDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dmp get --document OID --out FILE}: ITI-43. */
@Command(name = "get", description = "Write a document of the DMP to a file, byte for byte (ITI-43).")
final class GetDocumentCommand implements Callable<Integer> {
    /** ITI TF-3 §4.2.4: the uniqueId is unknown to the repository. */
    private static final String NO_SUCH_DOCUMENT = "XDSDocumentUniqueIdError";

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Option(names = "--document", required = true, paramLabel = "OID", description = "The document's uniqueId.")
    private String document = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write it.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws IOException {
        BridgeSettings settings = configuration.settings();
        Path target = out.toAbsolutePath();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        if (!Files.isWritable(target.getParent())) {
            return cannotBeWritten(target);
        }
        try {
            Answer<RetrievedDocument> answer;
            try (DmpQuestion question = DmpQuestion.open(settings);
                    OutputStream sink = Files.newOutputStream(part)) {
                answer = question.clients().retrieve().retrieve(document, sink);
            }
            return answer.fold(
                    given -> moved(part, target, given.value()),
                    refused -> told(
                            ExitCode.REFUSED,
                            refused.errorCode().equals(NO_SUCH_DOCUMENT)
                                    ? "The DMP has no document " + document + ": ./mssante dmp list shows a patient's."
                                    : "The DMP refused: " + refused.errorCode()),
                    later -> told(ExitCode.UNAVAILABLE, later.why()));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static int moved(Path part, Path target, RetrievedDocument retrieved) {
        try {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            return cannotBeWritten(target);
        }
        System.out.println("{\"document\": \"" + retrieved.uniqueId() + "\", \"size\": " + retrieved.size()
                + ", \"sha1\": \"" + retrieved.hash() + "\"}");
        return ExitCode.OK;
    }

    private static int cannotBeWritten(Path target) {
        return told(ExitCode.USAGE, "The file " + target + " cannot be written: choose another.");
    }

    private static int told(int code, String sentence) {
        System.err.println(sentence);
        return code;
    }
}
