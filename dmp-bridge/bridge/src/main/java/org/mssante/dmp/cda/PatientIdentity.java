package org.mssante.dmp.cda;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mssante.core.id.Ins;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.Oid;
import org.mssante.core.outcome.Outcome;

/** Finds the patient's INS in a header and checks its form, its key and the traits beside it (codes 903 to 905). */
public final class PatientIdentity {
    private final InsRules rules;

    public PatientIdentity(InsRules rules) {
        this.rules = rules;
    }

    public IdentityVerdict identify(CdaHeader header) {
        Set<Ins> found = new LinkedHashSet<>();
        for (Patient patient : header.patients()) {
            for (InstanceId id : patient.ids()) {
                if (rules.accepts(id.root())) {
                    try {
                        found.add(new Ins(id.extension(), new Oid(id.root())));
                    } catch (InvalidIdentifierException e) {
                        return refused(Outcome.INS_INCOMPLETE, e.getMessage());
                    }
                }
            }
        }
        if (found.isEmpty()) {
            return refused(
                    Outcome.INS_ABSENT, "no patient identifier of " + rules.roots() + ", only of " + roots(header));
        }
        if (header.patients().size() > 1 && found.size() > 1) {
            return refused(Outcome.INS_MISMATCH, "the document names " + found.size() + " patients");
        }
        return checked(header.patients().get(0), found.iterator().next());
    }

    private IdentityVerdict checked(Patient patient, Ins ins) {
        List<String> missing = rules.traits().stream()
                .sorted()
                .filter(trait -> trait.isMissing(patient))
                .map(Trait::key)
                .toList();
        if (!missing.isEmpty()) {
            return refused(Outcome.INS_INCOMPLETE, "identity traits are missing: " + String.join(", ", missing));
        }
        if (ins.keyHolds()) {
            return new IdentityVerdict.Identified(ins, patient, List.of());
        }
        return rules.keyMustHold()
                ? refused(Outcome.INS_INCOMPLETE, "the key of the INS is wrong")
                : new IdentityVerdict.Identified(ins, patient, List.of("the key of the INS is wrong"));
    }

    private static String roots(CdaHeader header) {
        return header.patients().stream()
                .flatMap(patient -> patient.ids().stream())
                .map(InstanceId::root)
                .distinct()
                .limit(5)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static IdentityVerdict refused(Outcome outcome, String detail) {
        return new IdentityVerdict.Unidentified(outcome, detail);
    }
}
