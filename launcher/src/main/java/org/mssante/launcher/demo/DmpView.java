package org.mssante.launcher.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.iti18.RegistryClient;
import org.mssante.dmp.xds.iti43.RetrieveClient;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.launcher.CommandFailure;

/** The DMP as a professional's software asks it: which documents a patient has, and their bytes. */
final class DmpView {
    private final RegistryClient registry;
    private final RetrieveClient repository;

    DmpView(RegistryClient registry, RetrieveClient repository) {
        this.registry = registry;
        this.repository = repository;
    }

    /** FindDocuments (ITI-18); a refusal says nothing about what the DMP holds. */
    List<DocumentEntry> documents(Ins patient) {
        return registry.findDocuments(patient)
                .<List<DocumentEntry>>fold(
                        Answer.Given::value,
                        refused -> {
                            throw new CommandFailure("The DMP refuses the search (" + refused.errorCode() + ").");
                        },
                        unavailable -> {
                            throw new CommandFailure("The DMP does not answer (" + unavailable.why() + ").");
                        });
    }

    /** RetrieveDocumentSet (ITI-43). */
    byte[] content(String uniqueId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            return repository
                    .retrieve(uniqueId, bytes)
                    .fold(
                            given -> bytes.toByteArray(),
                            refused -> {
                                throw new CommandFailure("The DMP refuses the document (" + refused.errorCode() + ").");
                            },
                            unavailable -> {
                                throw new CommandFailure("The DMP does not answer (" + unavailable.why() + ").");
                            });
        } catch (IOException e) {
            throw new CommandFailure("The document cannot be read (" + e.getMessage() + ").", e);
        }
    }
}
