package org.mssante.dmp.store.http;

import java.util.List;
import java.util.Optional;
import javax.xml.transform.dom.DOMSource;
import org.mssante.core.id.Ins;
import org.mssante.dmp.store.query.StoredQueries;
import org.mssante.dmp.xds.ebxml.SubmitObjectsMapping;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.mssante.dmp.xds.td02.ExistenceRequest;
import org.openehealth.ipf.commons.ihe.xds.core.ebxml.ebxml30.ProvideAndRegisterDocumentSetRequestType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.query.AdhocQueryRequest;

/** Whom a request is about; nobody where it does not say, or its endpoint will refuse it as unreadable. */
final class RequestPatient {
    private RequestPatient() {}

    /** @param parameters of the operation, as CXF hands them to the endpoint */
    static Optional<Ins> of(List<?> parameters) {
        return parameters == null || parameters.isEmpty() ? Optional.empty() : ofBody(parameters.get(0));
    }

    private static Optional<Ins> ofBody(Object body) {
        try {
            if (body instanceof DOMSource source) {
                return Optional.of(ExistenceRequest.read(source).patient());
            }
            if (body instanceof ProvideAndRegisterDocumentSetRequestType request
                    && request.getSubmitObjectsRequest() != null) {
                return SubmitObjectsMapping.patient(request.getSubmitObjectsRequest())
                        .flatMap(Cx::ins);
            }
            if (body instanceof AdhocQueryRequest request && request.getAdhocQuery() != null) {
                return StoredQueries.patient(request.getAdhocQuery());
            }
            return Optional.empty();
        } catch (InvalidMetadataException e) {
            return Optional.empty();
        }
    }
}
