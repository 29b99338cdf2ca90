package org.mssante.dmp.store.endpoint;

import jakarta.activation.DataHandler;
import jakarta.jws.WebService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.trace.Trace;
import org.mssante.dmp.store.registry.Refusal;
import org.mssante.dmp.store.registry.Registrar;
import org.mssante.dmp.store.registry.Registration;
import org.mssante.dmp.store.registry.Registration.Refused;
import org.mssante.dmp.store.registry.Registration.RegisteredDocument;
import org.mssante.dmp.store.registry.SubmissionRequest;
import org.mssante.dmp.store.registry.XdsError;
import org.mssante.dmp.store.sql.ContentTable;
import org.mssante.dmp.store.sql.DocumentTable;
import org.mssante.dmp.store.sql.StoreDatabase;
import org.mssante.dmp.store.sql.StoredDocument;
import org.mssante.dmp.xds.ebxml.SubmitObjectsMapping;
import org.mssante.dmp.xds.ebxml.SubmittedObjects;
import org.mssante.dmp.xds.iti41.ContentDataSource;
import org.mssante.dmp.xds.iti41.DocumentContent;
import org.mssante.dmp.xds.iti41.Registered;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.mssante.dmp.xds.soap.RegistryResponses;
import org.mssante.dmp.xds.soap.RepositoryPort;
import org.mssante.dmp.xds.soap.XdsNamespace;
import org.openehealth.ipf.commons.ihe.xds.core.ebxml.ebxml30.ProvideAndRegisterDocumentSetRequestType;
import org.openehealth.ipf.commons.ihe.xds.core.ebxml.ebxml30.RetrieveDocumentSetRequestType;
import org.openehealth.ipf.commons.ihe.xds.core.ebxml.ebxml30.RetrieveDocumentSetRequestType.DocumentRequest;
import org.openehealth.ipf.commons.ihe.xds.core.ebxml.ebxml30.RetrieveDocumentSetResponseType;
import org.openehealth.ipf.commons.ihe.xds.core.ebxml.ebxml30.RetrieveDocumentSetResponseType.DocumentResponse;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.lcm.SubmitObjectsRequest;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ExtrinsicObjectType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rs.RegistryResponseType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ITI-41 and ITI-43. */
@WebService(
        endpointInterface = "org.mssante.dmp.xds.soap.RepositoryPort",
        targetNamespace = XdsNamespace.XDS_B,
        serviceName = "DocumentRepository_Service",
        portName = "DocumentRepository_Port_Soap12")
public final class RepositoryEndpoint implements RepositoryPort {
    private static final Logger LOGGER = LoggerFactory.getLogger(RepositoryEndpoint.class);
    private static final Refusal FAILED = new Refusal(XdsError.REPOSITORY_ERROR, "The repository failed; try later.");

    private final Registrar registrar;
    private final StoreDatabase database;
    private final String repositoryId;
    private final AccessJournal journal;
    private final Caller caller;

    public RepositoryEndpoint(
            Registrar registrar, StoreDatabase database, String repositoryId, Trace trace, Caller caller) {
        this.registrar = registrar;
        this.database = database;
        this.repositoryId = repositoryId;
        this.journal = new AccessJournal(trace, caller);
        this.caller = caller;
    }

    @Override
    public RegistryResponseType provideAndRegister(ProvideAndRegisterDocumentSetRequestType request) {
        RegistryResponseType response = new RegistryResponseType();
        try {
            return register(request, response);
        } catch (RuntimeException e) {
            LOGGER.error("a submission failed: {}", FailureTrail.of(e));
            return RegistryAnswers.failure(response, FAILED);
        }
    }

    private RegistryResponseType register(
            ProvideAndRegisterDocumentSetRequestType request, RegistryResponseType response) {
        SubmissionRequest submission;
        try {
            submission = submission(request);
        } catch (InvalidMetadataException e) {
            Refusal refusal = new Refusal(XdsError.REPOSITORY_METADATA_ERROR, e.getMessage() + ".");
            journal.refused("ITI-41", refusal, Optional.empty(), Optional.empty());
            return RegistryAnswers.failure(response, refusal);
        }
        Registration registration = registrar.register(submission);
        if (registration instanceof Refused refused) {
            for (DocumentEntry entry : submission.objects().entries()) {
                journal.refused(
                        "ITI-41",
                        refused.refusal(),
                        Optional.of(entry.uniqueId()),
                        entry.patientId().ins());
            }
            return RegistryAnswers.failure(response, refused.refusal());
        }
        Registration.Registered registered = (Registration.Registered) registration;
        journal.registered(registered.patient(), registered.documents());
        RegistryAnswers.success(response);
        for (RegisteredDocument document : registered.documents()) {
            if (document.alreadyThere()) {
                RegistryAnswers.warn(
                        response, Registered.ALREADY_THERE_WARNING, "Registered before: " + document.uniqueId());
            }
        }
        return response;
    }

    private SubmissionRequest submission(ProvideAndRegisterDocumentSetRequestType request) {
        SubmitObjectsRequest metadata = Optional.ofNullable(request.getSubmitObjectsRequest())
                .orElseThrow(() -> new InvalidMetadataException("the request has no metadata"));
        SubmittedObjects objects = SubmitObjectsMapping.read(metadata);
        Map<String, ExtrinsicObjectType> entries = new HashMap<>();
        for (ExtrinsicObjectType object : SubmitObjectsMapping.objects(metadata, ExtrinsicObjectType.class)) {
            entries.put(object.getId().strip(), object);
        }
        Map<String, DocumentContent> contents = new HashMap<>();
        for (ProvideAndRegisterDocumentSetRequestType.Document document : request.getDocument()) {
            if (document.getId() == null || document.getValue() == null) {
                throw new InvalidMetadataException("a document has an id and a content");
            }
            DocumentContent twin = contents.put(document.getId().strip(), document.getValue()::getInputStream);
            if (twin != null) {
                throw new InvalidMetadataException("two documents have the same id");
            }
        }
        return new SubmissionRequest(objects, entries, contents, caller.subject());
    }

    @Override
    public RetrieveDocumentSetResponseType retrieve(RetrieveDocumentSetRequestType request) {
        RetrieveDocumentSetResponseType response = new RetrieveDocumentSetResponseType();
        response.setRegistryResponse(new RegistryResponseType());
        try {
            collect(request, response);
        } catch (RuntimeException e) {
            LOGGER.error("a retrieval failed: {}", FailureTrail.of(e));
            response.getDocumentResponse().clear();
            RegistryAnswers.failure(response.getRegistryResponse(), FAILED);
        }
        return response;
    }

    private void collect(RetrieveDocumentSetRequestType request, RetrieveDocumentSetResponseType response) {
        List<Refusal> refusals = new ArrayList<>();
        for (DocumentRequest wanted : request.getDocumentRequest()) {
            String uniqueId = wanted.getDocumentUniqueId() == null
                    ? ""
                    : wanted.getDocumentUniqueId().strip();
            if (!repositoryId.equals(wanted.getRepositoryUniqueId())) {
                refuse(
                        new Refusal(XdsError.UNKNOWN_REPOSITORY, "This is repository " + repositoryId + "."),
                        uniqueId,
                        refusals);
                continue;
            }
            Optional<StoredDocument> document =
                    database.read(connection -> DocumentTable.byUniqueId(connection, uniqueId));
            if (document.isEmpty()) {
                refuse(new Refusal(XdsError.UNKNOWN_DOCUMENT, "No document has this uniqueId."), uniqueId, refusals);
                continue;
            }
            response.getDocumentResponse().add(documentResponse(document.get()));
            journal.read(uniqueId, document.get().patient());
        }
        if (refusals.isEmpty()) {
            RegistryAnswers.success(response.getRegistryResponse());
        } else {
            boolean none = response.getDocumentResponse().isEmpty();
            RegistryAnswers.errors(
                    response.getRegistryResponse(),
                    none ? RegistryResponses.FAILURE : RegistryResponses.PARTIAL_SUCCESS,
                    refusals);
        }
    }

    private void refuse(Refusal refusal, String uniqueId, List<Refusal> refusals) {
        refusals.add(refusal);
        journal.refused("ITI-43", refusal, Optional.of(uniqueId), Optional.empty());
    }

    private DocumentResponse documentResponse(StoredDocument document) {
        DocumentResponse response = new DocumentResponse();
        response.setRepositoryUniqueId(repositoryId);
        response.setDocumentUniqueId(document.uniqueId());
        response.setMimeType(document.mimeType());
        response.setDocument(new DataHandler(
                new ContentDataSource(() -> ContentTable.read(database, document.entryUuid()), document.mimeType())));
        return response;
    }
}
