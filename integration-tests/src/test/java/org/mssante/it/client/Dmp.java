package org.mssante.it.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.core.tls.TlsContexts;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.client.DmpClients;
import org.mssante.dmp.xds.client.DmpConnection;
import org.mssante.dmp.xds.iti18.RegistryClient;
import org.mssante.dmp.xds.iti43.RetrieveClient;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServicePort;

/** Asks an instance's DMP store by ITI-18 and ITI-43, with the bridge's certificate. */
public final class Dmp implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int IN_MEMORY = 50_000_000;

    private final DmpClients clients;
    private final RegistryClient registry;
    private final RetrieveClient repository;

    private Dmp(DmpClients clients) {
        this.clients = clients;
        this.registry = clients.registry();
        this.repository = clients.retrieve();
    }

    public static Dmp of(TestInstance instance) {
        Path spool = instance.instance().runDir().resolve("it-spool");
        try {
            Files.createDirectories(spool);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DmpConnection connection = new DmpConnection(
                URI.create("https://" + instance.endpoint(ServicePort.SOAP) + "/si-dmp-server/v2/services"),
                TlsContexts.mutual(
                        instance.instance().identity("bridge"),
                        instance.instance().anchors()),
                Optional.empty(),
                ANSWER,
                ANSWER,
                instance.instance().settings(ServiceKind.STORE).text("repository.id"),
                spool,
                IN_MEMORY);
        return new Dmp(new DmpClients(connection, Clock.systemUTC()));
    }

    /** The uniqueIds of a patient's documents (ITI-18, FindDocuments). */
    public List<String> documents(Ins patient) {
        return given(registry.findDocuments(patient)).stream()
                .map(DocumentEntry::uniqueId)
                .toList();
    }

    /** What the registry holds about one document (ITI-18, GetDocuments). */
    public List<DocumentEntry> entriesOf(String uniqueId) {
        return given(registry.getDocuments(uniqueId, Optional.empty()));
    }

    /** The bytes of a document (ITI-43). */
    public byte[] retrieve(String uniqueId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            given(repository.retrieve(uniqueId, bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T given(Answer<T> answer) {
        return answer.fold(
                Answer.Given::value,
                refused -> {
                    throw new AssertionError("the DMP refused: " + refused.errorCode() + " " + refused.codeContext());
                },
                unavailable -> {
                    throw new AssertionError("the DMP does not answer: " + unavailable.why());
                });
    }

    @Override
    public void close() {
        clients.close();
    }
}
