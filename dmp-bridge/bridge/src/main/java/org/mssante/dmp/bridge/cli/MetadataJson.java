package org.mssante.dmp.bridge.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mssante.dmp.xds.metadata.Author;
import org.mssante.dmp.xds.metadata.Availability;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.Specialty;
import org.mssante.dmp.xds.metadata.SubmissionSet;
import org.mssante.dmp.xds.metadata.Xcn;
import org.mssante.dmp.xds.metadata.XdsTime;
import org.mssante.dmp.xds.metadata.Xon;

/** XDS metadata as JSON, under the names of the attributes in ITI TF-3; what is absent is left out. */
final class MetadataJson {
    private final JsonGenerator json;

    MetadataJson(JsonGenerator json) {
        this.json = json;
    }

    void set(SubmissionSet set) throws IOException {
        json.writeStartObject();
        text("uniqueId", Optional.of(set.uniqueId()));
        text("sourceId", Optional.of(set.sourceId()));
        text("patientId", Optional.of(set.patientId().text()));
        text("submissionTime", set.submissionTime().map(XdsTime::value));
        text("title", set.title());
        text("comments", set.comments());
        code("contentTypeCode", set.contentTypeCode());
        authors(set.authors());
        json.writeEndObject();
    }

    void entry(DocumentEntry entry) throws IOException {
        json.writeStartObject();
        text("id", Optional.of(entry.id()));
        text("uniqueId", Optional.of(entry.uniqueId()));
        text("patientId", Optional.of(entry.patientId().text()));
        text("sourcePatientId", entry.sourcePatientId().map(Cx::text));
        texts("sourcePatientInfo", entry.sourcePatientInfo().lines());
        code("classCode", entry.classCode());
        code("typeCode", entry.typeCode());
        code("formatCode", entry.formatCode());
        code("healthcareFacilityTypeCode", entry.healthcareFacilityTypeCode());
        code("practiceSettingCode", entry.practiceSettingCode());
        codes("confidentialityCode", entry.confidentialityCodes());
        codes("eventCodeList", entry.eventCodes());
        text("title", entry.title());
        text("comments", entry.comments());
        text("creationTime", entry.creationTime().map(XdsTime::value));
        text("serviceStartTime", entry.serviceStartTime().map(XdsTime::value));
        text("serviceStopTime", entry.serviceStopTime().map(XdsTime::value));
        text("languageCode", entry.languageCode());
        text("mimeType", Optional.of(entry.mimeType()));
        text("legalAuthenticator", entry.legalAuthenticator().map(Xcn::text));
        authors(entry.authors());
        texts("referenceIdList", entry.referenceIds().stream().map(Cx::text).toList());
        registry(entry);
        json.writeEndObject();
    }

    void texts(String name, List<String> values) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    /** What a registry adds. */
    private void registry(DocumentEntry entry) throws IOException {
        text("hash", entry.hash().map(hash -> hash.hex()));
        if (entry.size().isPresent()) {
            json.writeNumberField("size", entry.size().getAsLong());
        }
        text("logicalId", entry.logicalId());
        text("repositoryUniqueId", entry.repositoryId());
        text("availabilityStatus", entry.availability().map(Availability::name));
        text("version", entry.version());
    }

    private void authors(List<Author> authors) throws IOException {
        json.writeArrayFieldStart("author");
        for (Author author : authors) {
            json.writeStartObject();
            text("authorPerson", author.person().map(Xcn::text));
            texts(
                    "authorInstitution",
                    author.institutions().stream().map(Xon::text).toList());
            texts("authorRole", author.roles());
            texts(
                    "authorSpecialty",
                    author.specialties().stream().map(Specialty::text).toList());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void codes(String name, List<Code> codes) throws IOException {
        json.writeArrayFieldStart(name);
        for (Code code : codes) {
            write(code);
        }
        json.writeEndArray();
    }

    private void code(String name, Optional<Code> code) throws IOException {
        if (code.isPresent()) {
            json.writeFieldName(name);
            write(code.get());
        }
    }

    private void write(Code code) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", code.code());
        json.writeStringField("codeSystem", code.codeSystem());
        json.writeStringField("displayName", code.displayName());
        json.writeEndObject();
    }

    private void text(String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }
}
