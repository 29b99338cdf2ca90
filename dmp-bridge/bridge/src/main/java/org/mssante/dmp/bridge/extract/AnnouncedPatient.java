package org.mssante.dmp.bridge.extract;

import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.dmp.cda.CdaHeader;
import org.mssante.dmp.cda.IdentityVerdict;
import org.mssante.dmp.cda.PatientIdentity;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;

/**
 * Compares the patient of the metadata with the patient of the document. An INS is compared with the one INS the document is
 * filed under, whatever other identifiers the document has; an identifier of another authority with that authority's.
 */
final class AnnouncedPatient {
    private final PatientIdentity identity;

    AnnouncedPatient(PatientIdentity identity) {
        this.identity = identity;
    }

    private enum Comparison {
        SAME,
        DIFFERENT,
        IMPOSSIBLE
    }

    /** Empty where they are the same, and where the document has no identity to compare, for which it is refused itself. */
    Optional<PackageFinding> finding(CdaHeader header, DocumentEntry entry) {
        return identity.identify(header) instanceof IdentityVerdict.Identified patient
                ? finding(patient, entry)
                : Optional.empty();
    }

    /** True where both can be compared and are not the same. */
    static boolean differ(Cx one, Cx other) {
        boolean comparable = one.authority().equals(other.authority())
                || (Ins.isAuthority(one.authority()) && Ins.isAuthority(other.authority()));
        return comparable && !one.id().equals(other.id());
    }

    private static Optional<PackageFinding> finding(IdentityVerdict.Identified patient, DocumentEntry entry) {
        Comparison announced = compare(patient, entry.patientId());
        Comparison source = entry.sourcePatientId()
                // a local number that differs beside the right INS is the sender's own affair, another INS is another
                // patient
                .filter(id -> announced == Comparison.IMPOSSIBLE || Ins.isAuthority(id.authority()))
                .map(id -> compare(patient, id))
                .orElse(Comparison.IMPOSSIBLE);
        if (announced == Comparison.DIFFERENT || source == Comparison.DIFFERENT) {
            return Optional.of(PackageFinding.PATIENT_DIFFERS);
        }
        return announced == Comparison.SAME || source == Comparison.SAME
                ? Optional.empty()
                : Optional.of(PackageFinding.PATIENT_NOT_COMPARABLE);
    }

    private static Comparison compare(IdentityVerdict.Identified document, Cx announced) {
        if (Ins.isAuthority(announced.authority())) {
            return document.ins().names(announced.id(), announced.authority()) ? Comparison.SAME : Comparison.DIFFERENT;
        }
        if (announced.authority().isEmpty()) {
            return document.ins().matricule().equals(announced.id()) ? Comparison.SAME : Comparison.IMPOSSIBLE;
        }
        if (document.patient().ids().stream().noneMatch(id -> id.root().equals(announced.authority()))) {
            return Comparison.IMPOSSIBLE;
        }
        return document.patient().ids().stream()
                        .anyMatch(id -> id.root().equals(announced.authority())
                                && id.extension().equals(announced.id()))
                ? Comparison.SAME
                : Comparison.DIFFERENT;
    }
}
