package org.mssante.dmp.store.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mssante.core.id.Ins;
import org.mssante.dmp.store.query.QueryParameters.MalformedException;
import org.mssante.dmp.store.registry.Refusal;
import org.mssante.dmp.store.registry.XdsError;
import org.mssante.dmp.store.sql.DocumentTable;
import org.mssante.dmp.store.sql.StoreDatabase;
import org.mssante.dmp.store.sql.StoredDocument;
import org.mssante.dmp.xds.ebxml.DocumentEntryReader;
import org.mssante.dmp.xds.ebxml.EbXml;
import org.mssante.dmp.xds.iti18.StoredQuery;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.AdhocQueryType;

/** Runs FindDocuments and GetDocuments; another query is refused as unknown. Thread-safe. */
public final class StoredQueries {
    private final StoreDatabase database;
    private final int maxResults;

    /** @param maxResults documents a query may look at and return */
    public StoredQueries(StoreDatabase database, int maxResults) {
        this.database = database;
        this.maxResults = maxResults;
    }

    public Found run(AdhocQueryType query) {
        try {
            QueryParameters parameters = QueryParameters.of(query);
            return switch (query.getId() == null ? "" : query.getId().strip()) {
                case StoredQuery.FIND_DOCUMENTS -> findDocuments(parameters);
                case StoredQuery.GET_DOCUMENTS -> getDocuments(parameters);
                default -> refused(XdsError.UNKNOWN_STORED_QUERY, "The store knows FindDocuments and GetDocuments.");
            };
        } catch (MalformedException e) {
            return new Found.Refused(e.refusal());
        }
    }

    /** Whom a query is about; empty where it names nobody, or not as ITI-18 says. */
    public static Optional<Ins> patient(AdhocQueryType query) {
        try {
            return QueryParameters.of(query).first(StoredQuery.PATIENT_ID).flatMap(StoredQueries::ins);
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private Found findDocuments(QueryParameters parameters) {
        Optional<String> unsupported = DocumentFilter.unsupported(parameters);
        if (unsupported.isPresent()) {
            return refused(XdsError.QUERY_PARAMETER_WRONG, "The store has no filter " + unsupported.get() + ".");
        }
        Optional<String> patientId = parameters.first(StoredQuery.PATIENT_ID);
        List<String> statuses = parameters.list(StoredQuery.STATUS);
        if (patientId.isEmpty() || statuses.isEmpty()) {
            return refused(XdsError.QUERY_PARAMETER_MISSING, "FindDocuments needs a patientId and a status.");
        }
        Optional<Ins> patient = ins(patientId.get());
        if (patient.isEmpty()) {
            return refused(XdsError.UNKNOWN_PATIENT, "The patientId is not an INS.");
        }
        List<StoredDocument> documents =
                database.read(connection -> DocumentTable.ofPatient(connection, patient.get(), maxResults + 1));
        if (documents.size() > maxResults) {
            return tooMany();
        }
        Predicate<DocumentEntry> filter = DocumentFilter.of(parameters);
        return new Found.Documents(
                patient,
                documents.stream()
                        .filter(document -> statuses.contains(document.status().urn()))
                        .filter(document -> filter.test(entry(document)))
                        .toList());
    }

    private Found getDocuments(QueryParameters parameters) {
        List<String> uniqueIds = parameters.list(StoredQuery.UNIQUE_ID);
        List<String> entryUuids = parameters.list(StoredQuery.ENTRY_UUID);
        if (uniqueIds.isEmpty() == entryUuids.isEmpty()) {
            return refused(XdsError.QUERY_PARAMETER_MISSING, "GetDocuments needs uniqueIds or entryUUIDs, not both.");
        }
        if (uniqueIds.size() + entryUuids.size() > maxResults) {
            return tooMany();
        }
        return database.read(connection -> {
            List<StoredDocument> documents = new ArrayList<>();
            for (String uniqueId : uniqueIds) {
                DocumentTable.byUniqueId(connection, uniqueId).ifPresent(documents::add);
            }
            for (String entryUuid : entryUuids) {
                DocumentTable.byEntryUuid(connection, entryUuid).ifPresent(documents::add);
            }
            return new Found.Documents(Optional.empty(), documents);
        });
    }

    private static DocumentEntry entry(StoredDocument document) {
        return DocumentEntryReader.read(EbXml.extrinsicObject(document.metadata()), new ArrayList<>());
    }

    private static Optional<Ins> ins(String patientId) {
        try {
            return new Cx(patientId).ins();
        } catch (InvalidMetadataException e) {
            return Optional.empty();
        }
    }

    private Found tooMany() {
        return refused(XdsError.TOO_MANY_RESULTS, "A query may return " + maxResults + " documents.");
    }

    private static Found refused(XdsError error, String context) {
        return new Found.Refused(new Refusal(error, context));
    }
}
