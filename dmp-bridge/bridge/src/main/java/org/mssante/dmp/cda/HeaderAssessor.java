package org.mssante.dmp.cda;

import java.util.Optional;

/** Judges a header: whose document it is, then whether its metadata are complete. Thread-safe. */
public final class HeaderAssessor {
    private final PatientIdentity identity;
    private final CdaMetadata metadata;

    public HeaderAssessor(PatientIdentity identity, CdaMetadata metadata) {
        this.identity = identity;
        this.metadata = metadata;
    }

    public Assessment assess(CdaHeader header, SenderMetadata sender) {
        Optional<String> documentId = header.id().map(DocumentId::key);
        IdentityVerdict verdict = identity.identify(header);
        if (verdict instanceof IdentityVerdict.Unidentified refused) {
            return new Assessment.Refused(documentId, refused.outcome(), refused.detail());
        }
        IdentityVerdict.Identified patient = (IdentityVerdict.Identified) verdict;
        MetadataVerdict mapped = metadata.map(header, patient, sender);
        if (mapped instanceof MetadataVerdict.Incomplete incomplete) {
            return new Assessment.Refused(documentId, incomplete.outcome(), incomplete.detail());
        }
        MetadataVerdict.Complete complete = (MetadataVerdict.Complete) mapped;
        return new Assessment.Fileable(
                patient.ins(),
                complete.entry(),
                complete.contentType(),
                header.setId().map(DocumentId::key),
                header.versionNumber(),
                header.replaced().stream().map(DocumentId::key).toList(),
                complete.warnings());
    }
}
