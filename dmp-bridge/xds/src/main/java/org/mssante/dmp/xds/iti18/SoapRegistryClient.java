package org.mssante.dmp.xds.iti18;

import jakarta.xml.bind.JAXBElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.ebxml.DocumentEntryReader;
import org.mssante.dmp.xds.metadata.Availability;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.soap.PortAbout;
import org.mssante.dmp.xds.soap.RegistryPort;
import org.mssante.dmp.xds.soap.RegistryResponses;
import org.mssante.dmp.xds.soap.SoapExchange;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.query.AdhocQueryRequest;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.query.AdhocQueryResponse;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.query.ResponseOptionType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.AdhocQueryType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ExtrinsicObjectType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.IdentifiableType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.SlotType1;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ValueListType;

/** ITI-18 over SOAP. */
public final class SoapRegistryClient implements RegistryClient {
    private final PortAbout<RegistryPort> ports;

    public SoapRegistryClient(PortAbout<RegistryPort> ports) {
        this.ports = ports;
    }

    @Override
    public Answer<List<DocumentEntry>> findDocuments(Ins patient) {
        return query(
                Optional.of(patient),
                StoredQuery.FIND_DOCUMENTS,
                slot(StoredQuery.PATIENT_ID, StoredQuery.quoted(patient.cx())),
                slot(StoredQuery.STATUS, StoredQuery.listed(Availability.APPROVED.urn())));
    }

    @Override
    public Answer<List<DocumentEntry>> getDocuments(String uniqueId, Optional<Ins> patient) {
        return query(patient, StoredQuery.GET_DOCUMENTS, slot(StoredQuery.UNIQUE_ID, StoredQuery.listed(uniqueId)));
    }

    private Answer<List<DocumentEntry>> query(Optional<Ins> patient, String id, SlotType1... parameters) {
        AdhocQueryType query = new AdhocQueryType();
        query.setId(id);
        query.getSlot().addAll(List.of(parameters));
        ResponseOptionType option = new ResponseOptionType();
        option.setReturnType(StoredQuery.LEAF_CLASS);
        option.setReturnComposedObjects(true);
        AdhocQueryRequest request = new AdhocQueryRequest();
        request.setResponseOption(option);
        request.setAdhocQuery(query);
        return SoapExchange.call(() -> answer(ports.port(patient).query(request)));
    }

    private static Answer<List<DocumentEntry>> answer(AdhocQueryResponse response) {
        Optional<Answer<List<DocumentEntry>>> failure = RegistryResponses.failure(response);
        return failure.orElseGet(() -> new Answer.Given<>(entries(response)));
    }

    private static List<DocumentEntry> entries(AdhocQueryResponse response) {
        List<DocumentEntry> entries = new ArrayList<>();
        if (response.getRegistryObjectList() != null) {
            for (JAXBElement<? extends IdentifiableType> element :
                    response.getRegistryObjectList().getIdentifiable()) {
                if (element.getValue() instanceof ExtrinsicObjectType object) {
                    entries.add(DocumentEntryReader.read(object, new ArrayList<>()));
                }
            }
        }
        return List.copyOf(entries);
    }

    private static SlotType1 slot(String name, String value) {
        ValueListType values = new ValueListType();
        values.getValue().add(value);
        SlotType1 slot = new SlotType1();
        slot.setName(name);
        slot.setValueList(values);
        return slot;
    }
}
