package org.mssante.dmp.xds.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Collects the attributes of a {@link DocumentEntry}. Lists grow by each call; other attributes keep the last value. */
public final class DocumentEntryBuilder {
    private final String uniqueId;
    private final Cx patientId;
    private String id = DocumentEntry.FIRST_ID;
    private Optional<String> logicalId = Optional.empty();
    private Optional<Cx> sourcePatientId = Optional.empty();
    private PatientInfo sourcePatientInfo = PatientInfo.NONE;
    private Optional<Code> classCode = Optional.empty();
    private Optional<Code> typeCode = Optional.empty();
    private Optional<Code> formatCode = Optional.empty();
    private Optional<Code> healthcareFacilityTypeCode = Optional.empty();
    private Optional<Code> practiceSettingCode = Optional.empty();
    private final List<Code> confidentialityCodes;
    private final List<Code> eventCodes;
    private final List<Author> authors;
    private Optional<Xcn> legalAuthenticator = Optional.empty();
    private Optional<String> title = Optional.empty();
    private Optional<String> comments = Optional.empty();
    private Optional<XdsTime> creationTime = Optional.empty();
    private Optional<XdsTime> serviceStartTime = Optional.empty();
    private Optional<XdsTime> serviceStopTime = Optional.empty();
    private Optional<String> languageCode = Optional.empty();
    private String mimeType = "text/xml";
    private final List<Cx> referenceIds;
    private Optional<Hash> hash = Optional.empty();
    private OptionalLong size = OptionalLong.empty();
    private Optional<String> uri = Optional.empty();
    private Optional<String> repositoryId = Optional.empty();
    private Optional<Availability> availability = Optional.empty();
    private Optional<String> version = Optional.empty();

    DocumentEntryBuilder(String uniqueId, Cx patientId) {
        this.uniqueId = uniqueId;
        this.patientId = patientId;
        this.confidentialityCodes = new ArrayList<>();
        this.eventCodes = new ArrayList<>();
        this.authors = new ArrayList<>();
        this.referenceIds = new ArrayList<>();
    }

    DocumentEntryBuilder(DocumentEntry entry) {
        this.id = entry.id();
        this.logicalId = entry.logicalId();
        this.uniqueId = entry.uniqueId();
        this.patientId = entry.patientId();
        this.sourcePatientId = entry.sourcePatientId();
        this.sourcePatientInfo = entry.sourcePatientInfo();
        this.classCode = entry.classCode();
        this.typeCode = entry.typeCode();
        this.formatCode = entry.formatCode();
        this.healthcareFacilityTypeCode = entry.healthcareFacilityTypeCode();
        this.practiceSettingCode = entry.practiceSettingCode();
        this.confidentialityCodes = new ArrayList<>(entry.confidentialityCodes());
        this.eventCodes = new ArrayList<>(entry.eventCodes());
        this.authors = new ArrayList<>(entry.authors());
        this.legalAuthenticator = entry.legalAuthenticator();
        this.title = entry.title();
        this.comments = entry.comments();
        this.creationTime = entry.creationTime();
        this.serviceStartTime = entry.serviceStartTime();
        this.serviceStopTime = entry.serviceStopTime();
        this.languageCode = entry.languageCode();
        this.mimeType = entry.mimeType();
        this.referenceIds = new ArrayList<>(entry.referenceIds());
        this.hash = entry.hash();
        this.size = entry.size();
        this.uri = entry.uri();
        this.repositoryId = entry.repositoryId();
        this.availability = entry.availability();
        this.version = entry.version();
    }

    public DocumentEntryBuilder id(String id) {
        this.id = id;
        return this;
    }

    public DocumentEntryBuilder logicalId(String logicalId) {
        this.logicalId = Optional.of(logicalId);
        return this;
    }

    public DocumentEntryBuilder sourcePatientId(Cx sourcePatientId) {
        this.sourcePatientId = Optional.of(sourcePatientId);
        return this;
    }

    public DocumentEntryBuilder sourcePatientInfo(PatientInfo sourcePatientInfo) {
        this.sourcePatientInfo = sourcePatientInfo;
        return this;
    }

    public DocumentEntryBuilder classCode(Code classCode) {
        this.classCode = Optional.of(classCode);
        return this;
    }

    public DocumentEntryBuilder typeCode(Code typeCode) {
        this.typeCode = Optional.of(typeCode);
        return this;
    }

    public DocumentEntryBuilder formatCode(Code formatCode) {
        this.formatCode = Optional.of(formatCode);
        return this;
    }

    public DocumentEntryBuilder healthcareFacilityTypeCode(Code healthcareFacilityTypeCode) {
        this.healthcareFacilityTypeCode = Optional.of(healthcareFacilityTypeCode);
        return this;
    }

    public DocumentEntryBuilder practiceSettingCode(Code practiceSettingCode) {
        this.practiceSettingCode = Optional.of(practiceSettingCode);
        return this;
    }

    public DocumentEntryBuilder confidentialityCode(Code confidentialityCode) {
        confidentialityCodes.add(confidentialityCode);
        return this;
    }

    public DocumentEntryBuilder eventCode(Code eventCode) {
        eventCodes.add(eventCode);
        return this;
    }

    public DocumentEntryBuilder author(Author author) {
        authors.add(author);
        return this;
    }

    public DocumentEntryBuilder legalAuthenticator(Xcn legalAuthenticator) {
        this.legalAuthenticator = Optional.of(legalAuthenticator);
        return this;
    }

    public DocumentEntryBuilder title(String title) {
        this.title = Optional.of(title);
        return this;
    }

    public DocumentEntryBuilder comments(String comments) {
        this.comments = Optional.of(comments);
        return this;
    }

    public DocumentEntryBuilder creationTime(XdsTime creationTime) {
        this.creationTime = Optional.of(creationTime);
        return this;
    }

    public DocumentEntryBuilder serviceStartTime(XdsTime serviceStartTime) {
        this.serviceStartTime = Optional.of(serviceStartTime);
        return this;
    }

    public DocumentEntryBuilder serviceStopTime(XdsTime serviceStopTime) {
        this.serviceStopTime = Optional.of(serviceStopTime);
        return this;
    }

    public DocumentEntryBuilder languageCode(String languageCode) {
        this.languageCode = Optional.of(languageCode);
        return this;
    }

    public DocumentEntryBuilder mimeType(String mimeType) {
        this.mimeType = mimeType;
        return this;
    }

    public DocumentEntryBuilder referenceId(Cx referenceId) {
        referenceIds.add(referenceId);
        return this;
    }

    public DocumentEntryBuilder hash(Hash hash) {
        this.hash = Optional.of(hash);
        return this;
    }

    public DocumentEntryBuilder size(long size) {
        this.size = OptionalLong.of(size);
        return this;
    }

    public DocumentEntryBuilder uri(String uri) {
        this.uri = Optional.of(uri);
        return this;
    }

    public DocumentEntryBuilder repositoryId(String repositoryId) {
        this.repositoryId = Optional.of(repositoryId);
        return this;
    }

    public DocumentEntryBuilder availability(Availability availability) {
        this.availability = Optional.of(availability);
        return this;
    }

    public DocumentEntryBuilder version(String version) {
        this.version = Optional.of(version);
        return this;
    }

    public DocumentEntry build() {
        return new DocumentEntry(
                id,
                logicalId,
                uniqueId,
                patientId,
                sourcePatientId,
                sourcePatientInfo,
                classCode,
                typeCode,
                formatCode,
                healthcareFacilityTypeCode,
                practiceSettingCode,
                confidentialityCodes,
                eventCodes,
                authors,
                legalAuthenticator,
                title,
                comments,
                creationTime,
                serviceStartTime,
                serviceStopTime,
                languageCode,
                mimeType,
                referenceIds,
                hash,
                size,
                uri,
                repositoryId,
                availability,
                version);
    }
}
