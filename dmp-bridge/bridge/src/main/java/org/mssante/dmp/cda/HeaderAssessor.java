package org.mssante.dmp.cda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mssante.core.outcome.Outcome;

/**
 * Judges a header: that there is a document behind it (EX_GEN-1060: nothing empty is filed), whose it is, whether its metadata
 * are complete, and that it replaces one document at most (CI-SIS structuration minimale, relatedDocument 0..1). Thread-safe.
 */
public final class HeaderAssessor {
    /** xs:integer (CDA R2, versionNumber), of as many digits as any database keeps whole. */
    private static final Pattern VERSION = Pattern.compile("\\+?0*([0-9]{1,18})");

    private final PatientIdentity identity;
    private final CdaMetadata metadata;

    public HeaderAssessor(PatientIdentity identity, CdaMetadata metadata) {
        this.identity = identity;
        this.metadata = metadata;
    }

    public Assessment assess(CdaHeader header, SenderMetadata sender) {
        Optional<String> documentId = header.id().map(DocumentId::key);
        if (!header.body().hasContent()) {
            return new Assessment.Refused(documentId, Outcome.CDA_UNREADABLE, "the document has no content");
        }
        IdentityVerdict verdict = identity.identify(header);
        if (verdict instanceof IdentityVerdict.Unidentified refused) {
            return new Assessment.Refused(documentId, refused.outcome(), refused.detail());
        }
        IdentityVerdict.Identified patient = (IdentityVerdict.Identified) verdict;
        MetadataVerdict mapped = metadata.map(header, patient, sender);
        if (mapped instanceof MetadataVerdict.Incomplete incomplete) {
            return new Assessment.Refused(documentId, incomplete.outcome(), incomplete.detail());
        }
        List<String> replaced =
                header.replaced().stream().map(DocumentId::key).distinct().toList();
        if (replaced.size() > 1) {
            return new Assessment.Refused(
                    documentId,
                    Outcome.CDA_HEADER_INCOMPLETE,
                    "relatedDocument names " + replaced.size() + " documents to replace, and may name one only");
        }
        // a version is named by setId and versionNumber together (CI-SIS structuration minimale)
        Optional<Matcher> version = header.setId()
                .flatMap(set -> header.versionNumber())
                .map(String::strip)
                .map(VERSION::matcher);
        if (version.filter(number -> !number.matches()).isPresent()) {
            return new Assessment.Refused(
                    documentId, Outcome.VERSION_UNREADABLE, "versionNumber is no whole number of up to 18 digits");
        }
        MetadataVerdict.Complete complete = (MetadataVerdict.Complete) mapped;
        return new Assessment.Fileable(
                patient.ins(),
                complete.entry(),
                complete.contentType(),
                header.setId().map(DocumentId::key),
                version.map(number -> OptionalLong.of(Long.parseLong(number.group(1))))
                        .orElseGet(OptionalLong::empty),
                replaced.stream().findFirst(),
                warnings(header, complete.warnings()));
    }

    /** What another relation than a replacement says is not taken over; an addendum (APND) or a transformation is filed for itself. */
    private static List<String> warnings(CdaHeader header, List<String> mapped) {
        List<String> warnings = new ArrayList<>(mapped);
        if (header.setId().isEmpty() && header.versionNumber().isPresent()) {
            warnings.add("setId is missing: versionNumber counts nothing without it");
        }
        if (header.relatedDocuments().stream().anyMatch(related -> !related.replaces())) {
            warnings.add("relatedDocument names a document by another relation than RPLC; the DMP is not told of it");
        }
        if (header.relatedDocuments().stream()
                .anyMatch(related -> related.replaces() && related.parents().isEmpty())) {
            warnings.add("relatedDocument names what it replaces by no id: only versions of its set are replaced");
        }
        return warnings;
    }
}
