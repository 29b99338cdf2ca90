package org.mssante.dmp.xds.metadata;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What XDS knows of one document (ITI TF-3 §4.2.3.2 and the French mapping of the CDA header). Built by
 * {@link #builder}, changed by {@link #toBuilder()}. Codes that the French profile requires may be absent in foreign
 * metadata, so they are optional here; who files decides what it needs.
 *
 * @param id the id of the registry object: symbolic in a submission, an entryUUID in an answer
 * @param logicalId stable over metadata updates, given by the registry
 * @param uniqueId the document's OID; foreign metadata also write {@code OID^extension}
 * @param patientId the patient's INS, {@code INS^^^&OID&ISO^NH}
 * @param sourcePatientId the identifier at the source (IPP)
 * @param confidentialityCodes N, R or V first, then the masks (1.2.250.1.213.1.1.4.13)
 * @param referenceIds CXi values: accession, order, studyInstanceUID in the type component
 * @param hash SHA-1 of the bytes: by the producer in an XDM package, by the repository in a registry
 * @param size octets
 * @param uri the file's name in an XDM package
 * @param repositoryId repositoryUniqueId, the OID of the repository that holds the bytes
 * @param version of the metadata, from 1
 */
public record DocumentEntry(
        String id,
        Optional<String> logicalId,
        String uniqueId,
        Cx patientId,
        Optional<Cx> sourcePatientId,
        PatientInfo sourcePatientInfo,
        Optional<Code> classCode,
        Optional<Code> typeCode,
        Optional<Code> formatCode,
        Optional<Code> healthcareFacilityTypeCode,
        Optional<Code> practiceSettingCode,
        List<Code> confidentialityCodes,
        List<Code> eventCodes,
        List<Author> authors,
        Optional<Xcn> legalAuthenticator,
        Optional<String> title,
        Optional<String> comments,
        Optional<XdsTime> creationTime,
        Optional<XdsTime> serviceStartTime,
        Optional<XdsTime> serviceStopTime,
        Optional<String> languageCode,
        String mimeType,
        List<Cx> referenceIds,
        Optional<Hash> hash,
        OptionalLong size,
        Optional<String> uri,
        Optional<String> repositoryId,
        Optional<Availability> availability,
        Optional<String> version) {
    /** The id of a document in a submission of one. */
    public static final String FIRST_ID = "Document01";

    public DocumentEntry {
        confidentialityCodes = List.copyOf(confidentialityCodes);
        eventCodes = List.copyOf(eventCodes);
        authors = List.copyOf(authors);
        referenceIds = List.copyOf(referenceIds);
        if (id.isBlank() || uniqueId.isBlank() || mimeType.isBlank()) {
            throw new InvalidMetadataException("a document entry has an id, a uniqueId and a mime type");
        }
    }

    /** Starts an entry with the id {@link #FIRST_ID} and the mime type {@code text/xml} of a CDA document. */
    public static DocumentEntryBuilder builder(String uniqueId, Cx patientId) {
        return new DocumentEntryBuilder(uniqueId, patientId);
    }

    public DocumentEntryBuilder toBuilder() {
        return new DocumentEntryBuilder(this);
    }

    /** Shows what identifies the document, never the patient. */
    @Override
    public String toString() {
        return "DocumentEntry[" + uniqueId + "]";
    }
}
