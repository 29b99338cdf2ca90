package org.mssante.dmp.xds.ebxml;

import static org.mssante.dmp.xds.ebxml.RegistryObjectReader.text;

import jakarta.xml.bind.JAXBElement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mssante.dmp.xds.metadata.Association;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.lcm.SubmitObjectsRequest;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.AssociationType1;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ClassificationType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ExtrinsicObjectType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.IdentifiableType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ObjectFactory;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.RegistryObjectListType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.RegistryObjectType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.RegistryPackageType;

/** lcm:SubmitObjectsRequest, which ITI-41 sends and which METADATA.XML of an XDM package is. */
public final class SubmitObjectsMapping {
    private static final ObjectFactory RIM = new ObjectFactory();
    private static final String ORIGINAL = "Original";

    private SubmitObjectsMapping() {}

    /**
     * @throws InvalidMetadataException where there is not exactly one submission set, no document, one without the identifiers it
     *     needs, or a confidentiality of nobody knows what
     */
    public static SubmittedObjects read(SubmitObjectsRequest request) {
        List<MetadataFlaw> flaws = new ArrayList<>();
        gather(request);
        List<RegistryPackageType> sets = submissionSets(request);
        if (sets.size() != 1) {
            throw new InvalidMetadataException("the metadata have one submission set");
        }
        List<DocumentEntry> entries = objects(request, ExtrinsicObjectType.class).stream()
                .map(object -> DocumentEntryReader.read(object, flaws))
                .toList();
        if (entries.isEmpty()) {
            throw new InvalidMetadataException("the metadata have at least one document entry");
        }
        List<Association> associations = objects(request, AssociationType1.class).stream()
                .map(object -> new Association(
                        text(object.getAssociationType()),
                        text(object.getSourceObject()),
                        text(object.getTargetObject())))
                .toList();
        return new SubmittedObjects(SubmissionSetReader.read(sets.get(0), flaws), entries, associations, flaws);
    }

    /**
     * The patient of the one submission set; empty where there is not exactly one.
     *
     * @throws InvalidMetadataException where it lacks an identifier
     */
    public static Optional<Cx> patient(SubmitObjectsRequest request) {
        List<RegistryPackageType> sets = submissionSets(request);
        return sets.size() == 1
                ? Optional.of(
                        SubmissionSetReader.read(sets.get(0), new ArrayList<>()).patientId())
                : Optional.empty();
    }

    /** True where a submission changes the status of documents that are registered. */
    public static boolean changesStatus(SubmitObjectsRequest request) {
        return objects(request, AssociationType1.class).stream()
                .anyMatch(association -> Association.UPDATES_STATUS.equals(text(association.getAssociationType())));
    }

    /**
     * Puts classifications that stand beside the objects they classify into them, where all others stand (RIM 3.0 §4.3 allows
     * both). A document whose confidentiality was looked for in itself alone would be open.
     */
    private static void gather(SubmitObjectsRequest request) {
        Map<String, RegistryObjectType> objects = new HashMap<>();
        for (RegistryObjectType object : objects(request, RegistryObjectType.class)) {
            objects.put(Scheme.bare(text(object.getId())), object);
        }
        Set<IdentifiableType> moved = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ClassificationType beside : objects(request, ClassificationType.class)) {
            // one without a scheme names a node: that the package is a submission set
            if (!text(beside.getClassificationScheme()).isEmpty()) {
                RegistryObjectType classified = objects.get(Scheme.bare(text(beside.getClassifiedObject())));
                if (classified != null) {
                    classified.getClassification().add(beside);
                    moved.add(beside);
                } else if (Scheme.is(Scheme.CONFIDENTIALITY_CODE, text(beside.getClassificationScheme()))) {
                    throw new InvalidMetadataException(
                            "a confidentiality of the metadata belongs to none of their documents");
                }
            }
        }
        if (!moved.isEmpty()) {
            request.getRegistryObjectList().getIdentifiable().removeIf(element -> moved.contains(element.getValue()));
        }
    }

    private static List<RegistryPackageType> submissionSets(SubmitObjectsRequest request) {
        return objects(request, RegistryPackageType.class).stream()
                .filter(SubmissionSetReader::isSubmissionSet)
                .toList();
    }

    public static SubmitObjectsRequest write(SubmittedObjects objects) {
        RegistryObjectListType list = new RegistryObjectListType();
        list.getIdentifiable().add(RIM.createRegistryPackage(SubmissionSetWriter.write(objects.submissionSet())));
        for (DocumentEntry entry : objects.entries()) {
            list.getIdentifiable().add(RIM.createExtrinsicObject(DocumentEntryWriter.write(entry)));
        }
        int number = 0;
        for (Association association : objects.associations()) {
            number++;
            list.getIdentifiable().add(RIM.createAssociation(association(association, "Association" + number)));
        }
        SubmitObjectsRequest request = new SubmitObjectsRequest();
        request.setRegistryObjectList(list);
        return request;
    }

    /** The objects of one kind, in their order. */
    public static <T extends IdentifiableType> List<T> objects(SubmitObjectsRequest request, Class<T> kind) {
        RegistryObjectListType list = request.getRegistryObjectList();
        return list == null
                ? List.of()
                : list.getIdentifiable().stream()
                        .map(JAXBElement::getValue)
                        .filter(kind::isInstance)
                        .map(kind::cast)
                        .toList();
    }

    private static AssociationType1 association(Association association, String id) {
        AssociationType1 object = new AssociationType1();
        object.setId(id);
        object.setAssociationType(association.type());
        object.setSourceObject(association.source());
        object.setTargetObject(association.target());
        if (association.type().equals(Association.HAS_MEMBER)) {
            RegistryObjectWriter.slot(object, SlotName.SUBMISSION_SET_STATUS, List.of(ORIGINAL));
        }
        return object;
    }
}
