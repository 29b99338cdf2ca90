package org.mssante.dmp.xds.ebxml;

import java.util.List;
import org.mssante.dmp.xds.metadata.Author;
import org.mssante.dmp.xds.metadata.Availability;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ExtrinsicObjectType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.VersionInfoType;

/** A document entry as an ExtrinsicObject. */
public final class DocumentEntryWriter {
    private DocumentEntryWriter() {}

    public static ExtrinsicObjectType write(DocumentEntry entry) {
        ExtrinsicObjectType object = new ExtrinsicObjectType();
        object.setId(entry.id());
        object.setObjectType(Scheme.STABLE_DOCUMENT);
        object.setMimeType(entry.mimeType());
        entry.logicalId().ifPresent(object::setLid);
        entry.availability().map(Availability::urn).ifPresent(object::setStatus);
        entry.version().ifPresent(version -> {
            VersionInfoType info = new VersionInfoType();
            info.setVersionName(version);
            object.setVersionInfo(info);
        });
        entry.title().map(RegistryObjectWriter::localized).ifPresent(object::setName);
        entry.comments().map(RegistryObjectWriter::localized).ifPresent(object::setDescription);
        RegistryObjectWriter writer = new RegistryObjectWriter(object);
        slots(entry, writer);
        classifications(entry, writer);
        writer.identifier(
                Scheme.DOCUMENT_PATIENT_ID,
                "XDSDocumentEntry.patientId",
                entry.patientId().text());
        writer.identifier(Scheme.DOCUMENT_UNIQUE_ID, "XDSDocumentEntry.uniqueId", entry.uniqueId());
        return object;
    }

    /** What a registry and repository set on an entry they accept, whatever the sender wrote. */
    public static void register(ExtrinsicObjectType object, RegistryAttributes attributes) {
        object.setId(attributes.entryUuid());
        object.setLid(attributes.logicalId());
        object.setStatus(attributes.availability().urn());
        VersionInfoType info = new VersionInfoType();
        info.setVersionName("1");
        object.setVersionInfo(info);
        RegistryObjectWriter.replaceSlot(
                object, SlotName.HASH, attributes.hash().hex());
        RegistryObjectWriter.replaceSlot(object, SlotName.SIZE, Long.toString(attributes.size()));
        RegistryObjectWriter.replaceSlot(object, SlotName.REPOSITORY_UNIQUE_ID, attributes.repositoryId());
        object.getClassification().forEach(part -> part.setClassifiedObject(attributes.entryUuid()));
        object.getExternalIdentifier().forEach(part -> part.setRegistryObject(attributes.entryUuid()));
    }

    private static void slots(DocumentEntry entry, RegistryObjectWriter writer) {
        entry.creationTime().ifPresent(time -> writer.slot(SlotName.CREATION_TIME, time.value()));
        entry.hash().ifPresent(hash -> writer.slot(SlotName.HASH, hash.hex()));
        entry.languageCode().ifPresent(language -> writer.slot(SlotName.LANGUAGE_CODE, language));
        entry.legalAuthenticator().ifPresent(person -> writer.slot(SlotName.LEGAL_AUTHENTICATOR, person.text()));
        entry.repositoryId().ifPresent(id -> writer.slot(SlotName.REPOSITORY_UNIQUE_ID, id));
        entry.serviceStartTime().ifPresent(time -> writer.slot(SlotName.SERVICE_START_TIME, time.value()));
        entry.serviceStopTime().ifPresent(time -> writer.slot(SlotName.SERVICE_STOP_TIME, time.value()));
        entry.size().ifPresent(size -> writer.slot(SlotName.SIZE, Long.toString(size)));
        entry.sourcePatientId().ifPresent(id -> writer.slot(SlotName.SOURCE_PATIENT_ID, id.text()));
        writer.slot(SlotName.SOURCE_PATIENT_INFO, entry.sourcePatientInfo().lines());
        entry.uri().ifPresent(uri -> writer.slot(SlotName.URI, uri));
        writer.slot(
                SlotName.REFERENCE_ID_LIST,
                entry.referenceIds().stream().map(Cx::text).toList());
    }

    private static void classifications(DocumentEntry entry, RegistryObjectWriter writer) {
        for (Author author : entry.authors()) {
            writer.author(Scheme.DOCUMENT_AUTHOR, author);
        }
        entry.classCode().ifPresent(code -> writer.code(Scheme.CLASS_CODE, code));
        codes(entry.confidentialityCodes(), Scheme.CONFIDENTIALITY_CODE, writer);
        codes(entry.eventCodes(), Scheme.EVENT_CODE, writer);
        entry.formatCode().ifPresent(code -> writer.code(Scheme.FORMAT_CODE, code));
        entry.healthcareFacilityTypeCode().ifPresent(code -> writer.code(Scheme.FACILITY_TYPE_CODE, code));
        entry.practiceSettingCode().ifPresent(code -> writer.code(Scheme.PRACTICE_SETTING_CODE, code));
        entry.typeCode().ifPresent(code -> writer.code(Scheme.TYPE_CODE, code));
    }

    private static void codes(List<Code> codes, String scheme, RegistryObjectWriter writer) {
        codes.forEach(code -> writer.code(scheme, code));
    }
}
