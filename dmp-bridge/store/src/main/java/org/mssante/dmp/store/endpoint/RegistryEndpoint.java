package org.mssante.dmp.store.endpoint;

import jakarta.jws.WebService;
import java.util.List;
import java.util.Optional;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.trace.Trace;
import org.mssante.dmp.store.query.Found;
import org.mssante.dmp.store.query.StoredQueries;
import org.mssante.dmp.store.registry.Refusal;
import org.mssante.dmp.store.registry.XdsError;
import org.mssante.dmp.store.sql.StoredDocument;
import org.mssante.dmp.xds.ebxml.EbXml;
import org.mssante.dmp.xds.iti18.StoredQuery;
import org.mssante.dmp.xds.soap.RegistryPort;
import org.mssante.dmp.xds.soap.XdsNamespace;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.query.AdhocQueryRequest;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.query.AdhocQueryResponse;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ExtrinsicObjectType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ObjectFactory;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ObjectRefType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.RegistryObjectListType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ITI-18. */
@WebService(
        endpointInterface = "org.mssante.dmp.xds.soap.RegistryPort",
        targetNamespace = XdsNamespace.XDS_B,
        serviceName = "DocumentRegistry_Service",
        portName = "DocumentRegistry_Port_Soap12")
public final class RegistryEndpoint implements RegistryPort {
    private static final Logger LOGGER = LoggerFactory.getLogger(RegistryEndpoint.class);
    private static final ObjectFactory RIM = new ObjectFactory();
    private static final Refusal FAILED = new Refusal(XdsError.REGISTRY_ERROR, "The registry failed; try later.");

    private final StoredQueries queries;
    private final AccessJournal journal;

    public RegistryEndpoint(StoredQueries queries, Trace trace, Caller caller) {
        this.queries = queries;
        this.journal = new AccessJournal(trace, caller);
    }

    @Override
    public AdhocQueryResponse query(AdhocQueryRequest request) {
        AdhocQueryResponse response = new AdhocQueryResponse();
        response.setRegistryObjectList(new RegistryObjectListType());
        try {
            return answer(request, response);
        } catch (RuntimeException e) {
            LOGGER.error("a query failed: {}", FailureTrail.of(e));
            return RegistryAnswers.failure(response, FAILED);
        }
    }

    private AdhocQueryResponse answer(AdhocQueryRequest request, AdhocQueryResponse response) {
        String form = request.getResponseOption() == null
                ? ""
                : String.valueOf(request.getResponseOption().getReturnType()).strip();
        if (request.getAdhocQuery() == null
                || !List.of(StoredQuery.LEAF_CLASS, StoredQuery.OBJECT_REF).contains(form)) {
            return refused(
                    response, new Refusal(XdsError.QUERY_PARAMETER_WRONG, "A query returns LeafClass or ObjectRef."));
        }
        Found found = queries.run(request.getAdhocQuery());
        if (found instanceof Found.Refused refusal) {
            return refused(response, refusal.refusal());
        }
        Found.Documents documents = (Found.Documents) found;
        journal.searched(documents.patient(), documents.documents().size());
        for (StoredDocument document : documents.documents()) {
            response.getRegistryObjectList()
                    .getIdentifiable()
                    .add(
                            form.equals(StoredQuery.OBJECT_REF)
                                    ? RIM.createObjectRef(reference(document))
                                    : RIM.createExtrinsicObject(object(document)));
        }
        return RegistryAnswers.success(response);
    }

    private AdhocQueryResponse refused(AdhocQueryResponse response, Refusal refusal) {
        journal.refused("ITI-18", refusal, Optional.empty(), Optional.empty());
        return RegistryAnswers.failure(response, refusal);
    }

    private static ObjectRefType reference(StoredDocument document) {
        ObjectRefType reference = new ObjectRefType();
        reference.setId(document.entryUuid());
        return reference;
    }

    /** The status is that of today, the rest as it was registered. */
    private static ExtrinsicObjectType object(StoredDocument document) {
        ExtrinsicObjectType object = EbXml.extrinsicObject(document.metadata());
        object.setStatus(document.status().urn());
        return object;
    }
}
