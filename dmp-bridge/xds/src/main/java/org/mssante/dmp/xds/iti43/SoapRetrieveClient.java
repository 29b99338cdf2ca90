package org.mssante.dmp.xds.iti43;

import jakarta.activation.DataHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.metadata.Hash;
import org.mssante.dmp.xds.soap.PortAbout;
import org.mssante.dmp.xds.soap.RegistryResponses;
import org.mssante.dmp.xds.soap.RepositoryPort;
import org.mssante.dmp.xds.soap.SoapExchange;
import org.openehealth.ipf.commons.ihe.xds.core.ebxml.ebxml30.RetrieveDocumentSetRequestType;
import org.openehealth.ipf.commons.ihe.xds.core.ebxml.ebxml30.RetrieveDocumentSetResponseType;
import org.openehealth.ipf.commons.ihe.xds.core.ebxml.ebxml30.RetrieveDocumentSetResponseType.DocumentResponse;

/** ITI-43 over SOAP. */
public final class SoapRetrieveClient implements RetrieveClient {
    private static final int BUFFER = 65_536;

    private final PortAbout<RepositoryPort> ports;
    private final String repositoryId;

    public SoapRetrieveClient(PortAbout<RepositoryPort> ports, String repositoryId) {
        this.ports = ports;
        this.repositoryId = repositoryId;
    }

    @Override
    public Answer<RetrievedDocument> retrieve(String uniqueId, OutputStream sink) throws IOException {
        try {
            return SoapExchange.call(() -> document(ports.port(Optional.empty()).retrieve(request(uniqueId)), uniqueId))
                    .then(response -> copy(uniqueId, response.getMimeType(), response.getDocument(), sink));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private RetrieveDocumentSetRequestType request(String uniqueId) {
        RetrieveDocumentSetRequestType.DocumentRequest document = new RetrieveDocumentSetRequestType.DocumentRequest();
        document.setRepositoryUniqueId(repositoryId);
        document.setDocumentUniqueId(uniqueId);
        RetrieveDocumentSetRequestType request = new RetrieveDocumentSetRequestType();
        request.getDocumentRequest().add(document);
        return request;
    }

    private static Answer<DocumentResponse> document(RetrieveDocumentSetResponseType response, String uniqueId) {
        Optional<Answer<DocumentResponse>> failure = RegistryResponses.failure(response.getRegistryResponse());
        if (failure.isPresent()) {
            return failure.get();
        }
        List<DocumentResponse> documents = response.getDocumentResponse();
        if (documents.size() != 1 || !uniqueId.equals(documents.get(0).getDocumentUniqueId())) {
            return new Answer.Unavailable<>("The DMP did not answer with the document asked for.");
        }
        return new Answer.Given<>(documents.get(0));
    }

    /** A broken source is the DMP's failure, a broken sink the caller's. */
    private static Answer<RetrievedDocument> copy(
            String uniqueId, String mimeType, DataHandler document, OutputStream sink) {
        MessageDigest digest = Hash.sha1Digest();
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream source = document.getInputStream()) {
            for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
                digest.update(buffer, 0, count);
                size += count;
                write(sink, buffer, count);
            }
        } catch (IOException e) {
            return new Answer.Unavailable<>("The DMP ended the document early.");
        }
        return new Answer.Given<>(new RetrievedDocument(uniqueId, mimeType, size, Hash.of(digest)));
    }

    private static void write(OutputStream sink, byte[] buffer, int count) {
        try {
            sink.write(buffer, 0, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
