package org.mssante.dmp.cda;

import java.util.List;
import java.util.Optional;
import org.mssante.dmp.xds.metadata.Code;

/**
 * The header of a CDA R2 document, as written: nothing is checked here beyond being there, so that a foreign document
 * can be read and refused with the right code. Times are HL7 text.
 *
 * @param orders inFulfillmentOf/order/id
 * @param accessions inFulfillmentOf/order/accessionNumber
 */
public record CdaHeader(
        RootForm form,
        List<TemplateId> templateIds,
        Optional<InstanceId> id,
        Optional<InstanceId> setId,
        Optional<String> versionNumber,
        Optional<Code> code,
        Optional<String> title,
        Optional<String> effectiveTime,
        Optional<Code> confidentiality,
        Optional<String> language,
        List<Patient> patients,
        List<Participant> authors,
        Optional<Participant> legalAuthenticator,
        Optional<Organisation> custodian,
        List<ServiceEvent> serviceEvents,
        Optional<Encounter> encounter,
        List<RelatedDocument> relatedDocuments,
        List<InstanceId> orders,
        List<InstanceId> accessions,
        Body body) {

    public CdaHeader {
        templateIds = List.copyOf(templateIds);
        patients = List.copyOf(patients);
        authors = List.copyOf(authors);
        serviceEvents = List.copyOf(serviceEvents);
        relatedDocuments = List.copyOf(relatedDocuments);
        orders = List.copyOf(orders);
        accessions = List.copyOf(accessions);
    }

    /** The main act: the first with a start and a performer. */
    public Optional<ServiceEvent> mainEvent() {
        return serviceEvents.stream().filter(ServiceEvent::isMain).findFirst();
    }

    /** The identifiers of the document this one replaces; empty where it replaces none. */
    public List<InstanceId> replaced() {
        return relatedDocuments.stream()
                .filter(RelatedDocument::replaces)
                .flatMap(related -> related.parents().stream())
                .toList();
    }

    /** Shows what identifies the document, never the patient. */
    @Override
    public String toString() {
        return "CdaHeader[" + id.map(InstanceId::toString).orElse("no id") + "]";
    }
}
