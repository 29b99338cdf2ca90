package org.mssante.dmp.xds.ebxml;

import static org.mssante.dmp.xds.ebxml.RegistryObjectReader.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mssante.dmp.xds.metadata.Availability;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.DocumentEntryBuilder;
import org.mssante.dmp.xds.metadata.Hash;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.mssante.dmp.xds.metadata.PatientInfo;
import org.mssante.dmp.xds.metadata.Xcn;
import org.mssante.dmp.xds.metadata.XdsTime;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ExtrinsicObjectType;

/** An ExtrinsicObject as a document entry. */
public final class DocumentEntryReader {
    /** A URI may be cut into numbered parts (ITI TF-3 §4.2.3.2.24): {@code 1|…}, {@code 2|…}. */
    private static final Pattern PART_NUMBER = Pattern.compile("^[0-9]{1,3}\\|");

    private final ExtrinsicObjectType object;
    private final Flaws flaws;
    private final RegistryObjectReader reader;

    private DocumentEntryReader(ExtrinsicObjectType object, Flaws flaws) {
        this.object = object;
        this.flaws = flaws;
        this.reader = new RegistryObjectReader(object, flaws);
    }

    /**
     * @param found takes what was left out
     * @throws InvalidMetadataException where the id, the uniqueId, the patientId or the mime type is absent
     */
    public static DocumentEntry read(ExtrinsicObjectType object, List<MetadataFlaw> found) {
        return new DocumentEntryReader(object, new Flaws(text(object.getId()), found)).entry();
    }

    private DocumentEntry entry() {
        DocumentEntryBuilder entry = DocumentEntry.builder(
                        reader.identifier(Scheme.DOCUMENT_UNIQUE_ID, "XDSDocumentEntry.uniqueId"),
                        new Cx(reader.identifier(Scheme.DOCUMENT_PATIENT_ID, "XDSDocumentEntry.patientId")))
                .id(text(object.getId()))
                .mimeType(text(object.getMimeType()));
        texts(entry);
        codes(entry);
        times(entry);
        people(entry);
        content(entry);
        return entry.build();
    }

    private void texts(DocumentEntryBuilder entry) {
        reader.name().ifPresent(entry::title);
        reader.description().ifPresent(entry::comments);
        reader.single(SlotName.LANGUAGE_CODE).ifPresent(entry::languageCode);
        optional(object.getLid()).ifPresent(entry::logicalId);
        optional(object.getStatus()).flatMap(Availability::ofUrn).ifPresent(entry::availability);
        if (object.getVersionInfo() != null) {
            optional(object.getVersionInfo().getVersionName()).ifPresent(entry::version);
        }
    }

    private void codes(DocumentEntryBuilder entry) {
        reader.code(Scheme.CLASS_CODE, "classCode").ifPresent(entry::classCode);
        reader.code(Scheme.TYPE_CODE, "typeCode").ifPresent(entry::typeCode);
        reader.code(Scheme.FORMAT_CODE, "formatCode").ifPresent(entry::formatCode);
        reader.code(Scheme.FACILITY_TYPE_CODE, "healthcareFacilityTypeCode")
                .ifPresent(entry::healthcareFacilityTypeCode);
        reader.code(Scheme.PRACTICE_SETTING_CODE, "practiceSettingCode").ifPresent(entry::practiceSettingCode);
        reader.codes(Scheme.CONFIDENTIALITY_CODE, "confidentialityCode").forEach(entry::confidentialityCode);
        reader.codes(Scheme.EVENT_CODE, "eventCodeList").forEach(entry::eventCode);
    }

    private void times(DocumentEntryBuilder entry) {
        reader.single(SlotName.CREATION_TIME, XdsTime::parse).ifPresent(entry::creationTime);
        reader.single(SlotName.SERVICE_START_TIME, XdsTime::parse).ifPresent(entry::serviceStartTime);
        reader.single(SlotName.SERVICE_STOP_TIME, XdsTime::parse).ifPresent(entry::serviceStopTime);
    }

    private void people(DocumentEntryBuilder entry) {
        reader.single(SlotName.SOURCE_PATIENT_ID, Cx::new).ifPresent(entry::sourcePatientId);
        entry.sourcePatientInfo(new PatientInfo(reader.slot(SlotName.SOURCE_PATIENT_INFO)));
        reader.authors(Scheme.DOCUMENT_AUTHOR).forEach(entry::author);
        reader.single(SlotName.LEGAL_AUTHENTICATOR, Xcn::new).ifPresent(entry::legalAuthenticator);
        flaws.parsedAll("referenceIdList", reader.slot(SlotName.REFERENCE_ID_LIST), Cx::new)
                .forEach(entry::referenceId);
    }

    private void content(DocumentEntryBuilder entry) {
        reader.single(SlotName.HASH, Hash::new).ifPresent(entry::hash);
        reader.single(SlotName.SIZE, Long::valueOf).ifPresent(entry::size);
        reader.single(SlotName.REPOSITORY_UNIQUE_ID).ifPresent(entry::repositoryId);
        List<String> uri = reader.slot(SlotName.URI);
        if (!uri.isEmpty()) {
            entry.uri(String.join(
                    "",
                    uri.stream()
                            .map(part -> PART_NUMBER.matcher(part).replaceFirst(""))
                            .toList()));
        }
    }

    private static Optional<String> optional(String jaxb) {
        return Optional.of(text(jaxb)).filter(value -> !value.isEmpty());
    }
}
