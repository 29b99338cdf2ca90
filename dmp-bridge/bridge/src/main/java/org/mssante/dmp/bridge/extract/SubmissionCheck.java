package org.mssante.dmp.bridge.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.cda.CdaHeader;
import org.mssante.dmp.cda.DocumentId;
import org.mssante.dmp.cda.InstanceId;
import org.mssante.dmp.cda.SenderMetadata;
import org.mssante.dmp.xds.ebxml.MetadataFlaw;
import org.mssante.dmp.xds.ebxml.SubmittedObjects;
import org.mssante.dmp.xds.metadata.Association;
import org.mssante.dmp.xds.metadata.Availability;
import org.mssante.dmp.xds.metadata.DocumentEntry;

/** Judges the documents of one submission set by the rule table. */
final class SubmissionCheck {
    private final PackageRules rules;
    private final AnnouncedPatient patients;
    private final List<String> flaws;
    /** The entries of which a confidentiality has no code. */
    private final Set<String> unreadableMasks;
    /** The entries that replace another by the metadata's associations. */
    private final Set<String> replacing;

    private final List<Extracted> results = new ArrayList<>();
    private Optional<Refusal> wholeSet = Optional.empty();

    SubmissionCheck(PackageRules rules, AnnouncedPatient patients, SubmittedObjects objects) {
        this.rules = rules;
        this.patients = patients;
        this.unreadableMasks = objects.flaws().stream()
                .filter(flaw -> flaw.attribute().equals("confidentialityCode"))
                .map(MetadataFlaw::object)
                .collect(Collectors.toUnmodifiableSet());
        this.replacing = objects.associations().stream()
                .filter(association -> Association.REPLACEMENTS.contains(association.type()))
                .map(Association::source)
                .collect(Collectors.toUnmodifiableSet());
        this.flaws = objects.flaws().stream().map(SubmissionCheck::words).toList();
        boolean twoPatients = objects.entries().stream()
                .anyMatch(entry -> AnnouncedPatient.differ(
                        entry.patientId(), objects.submissionSet().patientId()));
        if (twoPatients) {
            apply(PackageFinding.TWO_PATIENTS, new ArrayList<>());
        }
    }

    /** Why a document, or a set, is refused. */
    private record Refusal(Outcome outcome, String detail) {
        /** What is said of a document in which nothing is wrong. */
        Refusal ofTheSet() {
            return new Refusal(outcome, "refused with its whole submission set: " + detail);
        }
    }

    void add(Extracted result) {
        results.add(result);
    }

    void missing(String source, DocumentEntry entry) {
        Optional<Refusal> refusal = apply(PackageFinding.DOCUMENT_MISSING, new ArrayList<>());
        results.add(refusal.<Extracted>map(reason -> new Extracted.Refused(
                        source, Optional.of(entry.uniqueId()), Optional.empty(), reason.outcome(), reason.detail()))
                .orElseGet(() -> new Extracted.Ignored(source, PackageFinding.DOCUMENT_MISSING.words())));
    }

    /** The mail announces more than it may hold: what of the set was not looked at is not filed, nor the rest of the set. */
    void exhausted(String source, DocumentEntry entry) {
        Refusal refusal =
                new Refusal(Outcome.DOCUMENT_TOO_LARGE, "more documents are announced than one mail may hold");
        wholeSet = wholeSet.or(() -> Optional.of(refusal));
        results.add(new Extracted.Refused(
                source, Optional.of(entry.uniqueId()), Optional.empty(), refusal.outcome(), refusal.detail()));
    }

    /** @param found what was noticed on the way to the document */
    void document(
            String source, DocumentBytes bytes, CdaHeader header, DocumentEntry entry, List<PackageFinding> found) {
        List<String> warnings = new ArrayList<>(flaws);
        Optional<Refusal> refusal = Optional.empty();
        List<PackageFinding> findings = new ArrayList<>(found);
        findings.addAll(findings(bytes, header, entry));
        for (PackageFinding finding : findings) {
            Optional<Refusal> reason = apply(finding, warnings);
            refusal = refusal.or(() -> reason);
        }
        results.add(refusal.map(reason -> refused(source, bytes, header, reason))
                .orElseGet(() -> new Extracted.Document(
                        source, bytes, header, SenderMetadata.of(entry).beyond(header), true, warnings)));
    }

    /** The documents, all refused where a rule refuses the set. */
    List<Extracted> results() {
        return wholeSet.map(reason -> results.stream()
                        .map(result -> result instanceof Extracted.Document document
                                ? refused(document.source(), document.bytes(), document.header(), reason.ofTheSet())
                                : result)
                        .toList())
                .orElse(List.copyOf(results));
    }

    private List<PackageFinding> findings(DocumentBytes bytes, CdaHeader header, DocumentEntry entry) {
        List<PackageFinding> findings = new ArrayList<>();
        patients.finding(header, entry).ifPresent(findings::add);
        findings.addAll(AnnouncedHash.findings(bytes, entry));
        if (header.id().isPresent() && !sameId(header.id().get(), entry.uniqueId())) {
            findings.add(PackageFinding.UNIQUE_ID_DIFFERS);
        }
        if (header.code().isPresent()
                && entry.typeCode().isPresent()
                && !header.code().get().code().equals(entry.typeCode().get().code())) {
            findings.add(PackageFinding.TYPE_DIFFERS);
        }
        if (entry.availability()
                .filter(status -> status != Availability.APPROVED)
                .isPresent()) {
            findings.add(PackageFinding.STATUS_NOT_APPROVED);
        }
        if (replacing.contains(entry.id()) && header.replaced().isEmpty()) {
            findings.add(PackageFinding.REPLACEMENT_NOT_IN_DOCUMENT);
        }
        if (SenderMetadata.hasUnknownMask(entry) || unreadableMasks.contains(entry.id())) {
            findings.add(PackageFinding.MASK_UNKNOWN);
        }
        return findings;
    }

    private static boolean sameId(InstanceId id, String uniqueId) {
        String written = id.isRootOnly() ? id.root() : id.root() + "^" + id.extension();
        return written.equalsIgnoreCase(uniqueId) || DocumentId.key(id).equals(uniqueId);
    }

    private Optional<Refusal> apply(PackageFinding finding, List<String> warnings) {
        PackageRules.Rule rule = rules.rule(finding);
        if (rule instanceof PackageRules.Rule.Refuse refuse) {
            return Optional.of(new Refusal(refuse.outcome(), finding.words()));
        }
        if (rule instanceof PackageRules.Rule.RefuseSet refuse) {
            Refusal refusal = new Refusal(refuse.outcome(), finding.words());
            wholeSet = wholeSet.or(() -> Optional.of(refusal));
            return Optional.of(refusal);
        }
        warnings.add(finding.words());
        return Optional.empty();
    }

    private static Extracted refused(String source, DocumentBytes bytes, CdaHeader header, Refusal reason) {
        return new Extracted.Refused(
                source, header.id().map(DocumentId::key), Optional.of(bytes), reason.outcome(), reason.detail());
    }

    private static String words(MetadataFlaw flaw) {
        return "the metadata have a flaw in " + flaw.attribute() + ": " + flaw.rule();
    }
}
