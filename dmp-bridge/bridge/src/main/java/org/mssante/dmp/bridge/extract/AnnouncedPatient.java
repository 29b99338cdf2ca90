package org.mssante.dmp.bridge.extract;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mssante.core.id.Ins;
import org.mssante.dmp.cda.CdaHeader;
import org.mssante.dmp.cda.InstanceId;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;

/** Compares the patient of the metadata with the patient of the document, component by component. */
final class AnnouncedPatient {
    private static final Set<String> INS_ROOTS =
            Set.of(Ins.NIR.value(), Ins.NIA.value(), Ins.NIR_TEST.value(), Ins.NIR_DEMO.value());

    private AnnouncedPatient() {}

    /** Empty where they are the same. */
    static Optional<PackageFinding> finding(CdaHeader header, DocumentEntry entry) {
        List<InstanceId> ids = header.patients().stream()
                .flatMap(patient -> patient.ids().stream())
                .toList();
        return finding(ids, entry.patientId())
                .flatMap(finding -> finding == PackageFinding.PATIENT_NOT_COMPARABLE
                        ? entry.sourcePatientId()
                                .map(source -> finding(ids, source))
                                .orElse(Optional.of(finding))
                        : Optional.of(finding));
    }

    /** True where both can be compared and are not the same. */
    static boolean differ(Cx one, Cx other) {
        return sameAuthority(one.authority(), other.authority()) && !one.id().equals(other.id());
    }

    private static Optional<PackageFinding> finding(List<InstanceId> ids, Cx announced) {
        List<InstanceId> comparable = ids.stream()
                .filter(id -> announced.authority().isEmpty()
                        ? id.extension().equals(announced.id())
                        : sameAuthority(id.root(), announced.authority()))
                .toList();
        if (comparable.isEmpty()) {
            return Optional.of(PackageFinding.PATIENT_NOT_COMPARABLE);
        }
        return comparable.stream().anyMatch(id -> id.extension().equals(announced.id()))
                ? Optional.empty()
                : Optional.of(PackageFinding.PATIENT_DIFFERS);
    }

    /** All INS authorities number the same persons: a test root beside a real one is still the same kind of number. */
    private static boolean sameAuthority(String one, String other) {
        return one.equals(other) || (INS_ROOTS.contains(one) && INS_ROOTS.contains(other));
    }
}
