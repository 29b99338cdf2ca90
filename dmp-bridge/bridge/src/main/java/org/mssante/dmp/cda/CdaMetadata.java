package org.mssante.dmp.cda;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.core.id.Oid;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.xds.metadata.Author;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.DocumentEntryBuilder;
import org.mssante.dmp.xds.metadata.PatientInfo;
import org.mssante.dmp.xds.metadata.Xcn;
import org.mssante.dmp.xds.metadata.XdsTime;

/**
 * The mapping of a CDA header to an XDS DocumentEntry (CI-SIS volet Transmission, mapping page; domain notes §17.1). The
 * document decides; the sender's metadata give only what a CDA cannot say.
 */
public final class CdaMetadata {
    /** HL7 Confidentiality: whatever system the author wrote beside the code, some write the value set's, some none. */
    private static final String CONFIDENTIALITY = "2.16.840.1.113883.5.25";

    /** INS of every kind, the historic INS-C and the NIR as an insurance number: none is a local identifier (IPP). */
    private static final String NATIONAL_PATIENT_IDS = "1.2.250.1.213.1.4.";

    private static final String DEFAULT_LANGUAGE = "fr-FR";
    /** ClinicalDocument/title and XDSDocumentEntry.title (CI-SIS structuration minimale; ITI TF-3 §4.2.3.2.24). */
    private static final int MAX_TITLE = 128;

    private static final String IMAGING_CLASS = "31";
    private static final String IMAGING_REQUEST = "55115-0";
    private static final String ORDER = "urn:ihe:iti:xds:2013:order";
    private static final String ACCESSION = "urn:ihe:iti:xds:2013:accession";
    private static final String STUDY = "urn:ihe:iti:xds:2016:studyInstanceUID";

    private final Associations associations;
    private final InsRules insRules;
    private final HeaderTime times;

    /** @param zone where times without an offset were written */
    public CdaMetadata(Associations associations, InsRules insRules, ZoneId zone) {
        this.associations = associations;
        this.insRules = insRules;
        this.times = new HeaderTime(zone);
    }

    public MetadataVerdict map(CdaHeader header, IdentityVerdict.Identified identity, SenderMetadata sender) {
        Optional<Oid> id = header.id().flatMap(DocumentId::oid);
        if (id.isEmpty()) {
            return incomplete(header.id()
                    .map(written -> written.isRootOnly()
                            ? "ClinicalDocument/id is no OID"
                            : "ClinicalDocument/id has an extension; the DMP takes an OID alone")
                    .orElse("ClinicalDocument/id is missing"));
        }
        Optional<Code> type = header.code().flatMap(associations::type);
        if (type.isEmpty()) {
            return incomplete(header.code()
                    .map(code -> "the DMP takes no document of the type " + code.code() + " of " + code.codeSystem())
                    .orElse("ClinicalDocument/code is missing"));
        }
        AuthorMapping people = new AuthorMapping(insRules);
        List<Author> authors = header.authors().stream()
                .flatMap(author -> people.author(author).stream())
                .toList();
        Optional<Xcn> signatory = header.legalAuthenticator().flatMap(people::signatory);
        List<String> missing = missing(header, authors, signatory);
        if (!missing.isEmpty()) {
            return incomplete("missing or unusable in the header: " + String.join(", ", missing));
        }
        DocumentEntryBuilder entry = DocumentEntry.builder(id.get().value(), Cx.of(identity.ins()))
                .mimeType(header.form().mimeType())
                .typeCode(type.get())
                .formatCode(associations.format(header))
                .title(shortened(header.title().orElse(type.get().displayName())))
                .languageCode(header.language().orElse(DEFAULT_LANGUAGE));
        associations.classOf(type.get()).ifPresent(entry::classCode);
        patient(entry, identity);
        authors.forEach(entry::author);
        signatory.ifPresent(entry::legalAuthenticator);
        confidentiality(entry, header, sender);
        events(entry, header);
        references(entry, header, type.get());
        header.effectiveTime().flatMap(times::utc).ifPresent(entry::creationTime);
        header.encounter().flatMap(Encounter::facility).ifPresent(entry::healthcareFacilityTypeCode);
        sender.comments().ifPresent(entry::comments);
        return new MetadataVerdict.Complete(
                entry.build(), associations.contentType(header), warnings(header, identity, sender));
    }

    /** What XDS and the DMP require and nothing else can supply. */
    private List<String> missing(CdaHeader header, List<Author> authors, Optional<Xcn> signatory) {
        List<String> missing = new ArrayList<>();
        require(missing, header.effectiveTime().flatMap(times::utc), "effectiveTime");
        require(missing, authors.stream().findFirst(), "author");
        require(missing, signatory, "legalAuthenticator");
        require(missing, header.encounter().flatMap(Encounter::facility), "healthCareFacility/code");
        require(missing, header.mainEvent(), "documentationOf/serviceEvent with start and performer");
        require(missing, serviceStart(header), "serviceEvent/effectiveTime/low");
        return missing;
    }

    private static void require(List<String> missing, Optional<?> value, String name) {
        if (value.isEmpty()) {
            missing.add(name);
        }
    }

    private Optional<XdsTime> serviceStart(CdaHeader header) {
        return header.mainEvent().flatMap(ServiceEvent::start).flatMap(times::utc);
    }

    private void patient(DocumentEntryBuilder entry, IdentityVerdict.Identified identity) {
        Patient patient = identity.patient();
        Cx ins = Cx.of(identity.ins());
        entry.sourcePatientId(patient.ids().stream()
                .filter(id -> !id.root().startsWith(NATIONAL_PATIENT_IDS) && !id.isRootOnly())
                .map(id -> Cx.of(id.extension(), id.root(), Cx.LOCAL_TYPE))
                .findFirst()
                .orElse(ins));
        List<PatientInfo.Name> names = new ArrayList<>();
        String given = patient.firstGivenName().orElse("");
        patient.birthFamilyName()
                .ifPresent(family -> names.add(new PatientInfo.Name(family, given, PatientInfo.BIRTH_NAME)));
        patient.familyNameInUse()
                .ifPresent(family -> names.add(new PatientInfo.Name(
                        family, patient.name().given("CL").orElse(given), PatientInfo.NAME_IN_USE)));
        entry.sourcePatientInfo(PatientInfo.of(
                names, patient.birthDate().orElse(""), patient.sex().orElse("")));
    }

    private static String shortened(String title) {
        return title.codePointCount(0, title.length()) <= MAX_TITLE
                ? title
                : title.substring(0, title.offsetByCodePoints(0, MAX_TITLE));
    }

    /**
     * The CDA says N, R or V, and so may the sender's metadata: the stricter counts. Masks are the sender's, never the document's
     * (TRE_A07).
     */
    private static void confidentiality(DocumentEntryBuilder entry, CdaHeader header, SenderMetadata sender) {
        String code = sender.beyond(header).restriction().orElse(Restriction.ofAuthor(header));
        String label = header.confidentiality()
                .filter(written -> written.code().equals(code))
                .map(Code::displayName)
                .orElse(Restriction.label(code));
        entry.confidentialityCode(new Code(code, CONFIDENTIALITY, label));
        sender.masks().forEach(entry::confidentialityCode);
    }

    private void events(DocumentEntryBuilder entry, CdaHeader header) {
        header.serviceEvents().stream()
                .flatMap(event -> event.code().stream())
                .distinct()
                .forEach(entry::eventCode);
        serviceStart(header).ifPresent(entry::serviceStartTime);
        header.mainEvent().flatMap(ServiceEvent::stop).flatMap(times::utc).ifPresent(entry::serviceStopTime);
        header.mainEvent().flatMap(ServiceEvent::practiceSetting).ifPresent(entry::practiceSettingCode);
    }

    private void references(DocumentEntryBuilder entry, CdaHeader header, Code type) {
        header.accessions().forEach(id -> entry.referenceId(reference(id, ACCESSION)));
        header.orders().forEach(id -> entry.referenceId(reference(id, ORDER)));
        boolean imaging = type.code().equals(IMAGING_REQUEST)
                || associations
                        .classOf(type)
                        .filter(code -> code.code().equals(IMAGING_CLASS))
                        .isPresent();
        if (imaging) {
            header.serviceEvents().stream()
                    .flatMap(event -> event.ids().stream())
                    .filter(id -> id.isRootOnly() && Oid.isOid(id.root()))
                    .forEach(id -> entry.referenceId(reference(id, STUDY)));
        }
    }

    private static Cx reference(InstanceId id, String type) {
        return id.isRootOnly() ? Cx.of(id.root(), "", type) : Cx.of(id.extension(), id.root(), type);
    }

    private List<String> warnings(CdaHeader header, IdentityVerdict.Identified identity, SenderMetadata sender) {
        List<String> warnings = new ArrayList<>(identity.warnings());
        if (header.language().isEmpty()) {
            warnings.add("languageCode is missing: filed as " + DEFAULT_LANGUAGE);
        }
        header.confidentiality()
                .filter(code -> !Restriction.spelled(code.code()).equals(Restriction.ofAuthor(code)))
                .ifPresent(code -> warnings.add(
                        "confidentialityCode is none of N, R and V: filed as " + Restriction.ofAuthor(code)));
        if (sender.beyond(header).restriction().isPresent()) {
            warnings.add(
                    "the sender's metadata are stricter than the document's confidentialityCode: filed as they say");
        }
        if (associations.isForeign(header.body())) {
            warnings.add(
                    "the media type of the body is none of CI-SIS level 1: filed as a document outside the models");
        }
        if (header.title().isEmpty()) {
            warnings.add("title is missing: filed under the label of its type");
        }
        if (header.title().filter(title -> !shortened(title).equals(title)).isPresent()) {
            warnings.add("title is longer than " + MAX_TITLE + " characters: filed under its beginning");
        }
        if (sender.masks().stream().anyMatch(mask -> mask.code().equals("MASQUE_PS"))) {
            // a mask for professionals contradicts sending the document to one (MSS table of allowed combinations)
            warnings.add("the sender masks for professionals a document it sends to one: filed with the mask");
        }
        return warnings;
    }

    private static MetadataVerdict incomplete(String detail) {
        return new MetadataVerdict.Incomplete(Outcome.CDA_HEADER_INCOMPLETE, detail);
    }
}
