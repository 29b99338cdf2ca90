package org.mssante.dmp.cda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * A document is about one patient (CI-SIS structuration minimale, recordTarget 1..1) of one INS. The same matricule under
     * several authorities is one INS, because they all number the same persons; an INS-C beside it is no second one.
     */
    public IdentityVerdict identify(CdaHeader header) {
        if (header.patients().size() > 1) {
            return refused(
                    Outcome.INS_MISMATCH,
                    "the document is about " + header.patients().size() + " patients, and may be about one only");
        }
        Optional<Patient> patient = header.patients().stream().findFirst();
        Map<String, Ins> found = new LinkedHashMap<>();
        for (InstanceId id : patient.map(Patient::ids).orElse(List.of())) {
            if (rules.accepts(id.root())) {
                try {
                    Ins ins = new Ins(id.extension(), new Oid(id.root()));
                    found.putIfAbsent(ins.matricule(), ins);
                } catch (InvalidIdentifierException e) {
                    return refused(Outcome.INS_INCOMPLETE, e.getMessage());
                }
            }
        }
        if (patient.isEmpty() || found.isEmpty()) {
            return refused(
                    Outcome.INS_ABSENT, "no patient identifier of " + rules.roots() + ", only of " + roots(header));
        }
        if (found.size() > 1) {
            return refused(Outcome.INS_MISMATCH, "the patient has " + found.size() + " different INS");
        }
        return checked(patient.get(), found.values().iterator().next());
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
        List<String> malformed = rules.traits().stream()
                .sorted()
                .filter(trait -> !trait.hasForm(patient))
                .map(Trait::key)
                .toList();
        List<String> warnings = new ArrayList<>();
        if (!malformed.isEmpty()) {
            String words = "identity traits have not the form of one: " + String.join(", ", malformed);
            if (rules.formMustHold()) {
                return refused(Outcome.INS_INCOMPLETE, words);
            }
            warnings.add(words);
        }
        if (!ins.keyHolds()) {
            if (rules.keyMustHold()) {
                return refused(Outcome.INS_INCOMPLETE, "the key of the INS is wrong");
            }
            warnings.add("the key of the INS is wrong");
        }
        return new IdentityVerdict.Identified(ins, patient, warnings);
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
