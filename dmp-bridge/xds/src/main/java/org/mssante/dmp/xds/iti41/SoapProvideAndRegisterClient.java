package org.mssante.dmp.xds.iti41;

import jakarta.activation.DataHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.ebxml.SubmitObjectsMapping;
import org.mssante.dmp.xds.ebxml.SubmittedObjects;
import org.mssante.dmp.xds.metadata.Association;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.soap.PortAbout;
import org.mssante.dmp.xds.soap.RegistryResponses;
import org.mssante.dmp.xds.soap.RepositoryPort;
import org.mssante.dmp.xds.soap.SoapExchange;
import org.openehealth.ipf.commons.ihe.xds.core.ebxml.ebxml30.ProvideAndRegisterDocumentSetRequestType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rs.RegistryResponseType;

/** ITI-41 over SOAP; the document travels beside the envelope (MTOM) and is streamed. */
public final class SoapProvideAndRegisterClient implements ProvideAndRegisterClient {
    private final PortAbout<RepositoryPort> ports;

    public SoapProvideAndRegisterClient(PortAbout<RepositoryPort> ports) {
        this.ports = ports;
    }

    @Override
    public Answer<Registered> submit(Submission submission) {
        ProvideAndRegisterDocumentSetRequestType request = request(submission);
        return SoapExchange.call(
                () -> answer(ports.port(submission.entry().patientId().ins()).provideAndRegister(request)));
    }

    private static Answer<Registered> answer(RegistryResponseType response) {
        Optional<Answer<Registered>> failure = RegistryResponses.failure(response);
        return failure.orElseGet(() -> new Answer.Given<>(
                new Registered(RegistryResponses.warns(response, Registered.ALREADY_THERE_WARNING))));
    }

    private static ProvideAndRegisterDocumentSetRequestType request(Submission submission) {
        List<DocumentEntry> entries = new ArrayList<>(List.of(submission.entry()));
        List<Association> associations = new ArrayList<>();
        ProvideAndRegisterDocumentSetRequestType request = new ProvideAndRegisterDocumentSetRequestType();
        request.getDocument().add(document(submission.entry(), submission.content()));
        submission
                .replaces()
                .ifPresent(old -> associations.add(
                        new Association(Association.REPLACES, submission.entry().id(), old)));
        submission.signature().ifPresent(signature -> {
            entries.add(signature.entry());
            associations.add(new Association(
                    Association.SIGNS,
                    signature.entry().id(),
                    submission.submissionSet().id()));
            request.getDocument().add(document(signature.entry(), signature.content()));
        });
        request.setSubmitObjectsRequest(
                SubmitObjectsMapping.write(SubmittedObjects.of(submission.submissionSet(), entries, associations)));
        return request;
    }

    private static ProvideAndRegisterDocumentSetRequestType.Document document(
            DocumentEntry entry, DocumentContent content) {
        ProvideAndRegisterDocumentSetRequestType.Document document =
                new ProvideAndRegisterDocumentSetRequestType.Document();
        document.setId(entry.id());
        document.setValue(new DataHandler(new ContentDataSource(content, entry.mimeType())));
        return document;
    }
}
