package org.mssante.dmp.bridge.filing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mssante.core.id.Ins;
import org.mssante.dmp.bridge.ledger.DocumentLedger;
import org.mssante.dmp.bridge.ledger.FiledVersion;
import org.mssante.dmp.bridge.ledger.StoredDocument;
import org.mssante.dmp.cda.Assessment;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.iti18.RegistryClient;
import org.mssante.dmp.xds.metadata.Availability;
import org.mssante.dmp.xds.metadata.DocumentEntry;

/**
 * Finds what a document replaces, so that one of a line is in force: the newest filed of its set below its own version, else what its
 * relatedDocument RPLC names; and where that is in force no longer, what has replaced it since, unless this was made later. Never a
 * newer version, nor another patient's document. The ledger says what has replaced what, the DMP what is in force.
 *
 * <p>A document without a version number stands above none by itself: it replaces only what it names, or what has replaced that. Nor does
 * a version stand above one without a number where a newer one is filed: that may be what the one without a number replaced. A parent
 * that the DMP does not know is no obstacle: the document is filed as a first version.
 */
final class PlaceFinder {
    private final DocumentLedger ledger;
    private final RegistryClient registry;

    PlaceFinder(DocumentLedger ledger, RegistryClient registry) {
        this.ledger = ledger;
        this.registry = registry;
    }

    Answer<Place> place(StoredDocument document, Assessment.Fileable assessment) {
        Ins patient = assessment.patient();
        List<FiledVersion> set = ledger.filedOfSet(document.setId(), patient);
        boolean isOlder = set.stream().anyMatch(filed -> isNewer(filed, document));
        Set<String> spared = set.stream()
                .filter(filed ->
                        isNewer(filed, document) || (isOlder && filed.version().isEmpty()))
                .map(FiledVersion::documentId)
                .collect(Collectors.toCollection(HashSet::new));
        spared.add(document.documentId());
        List<String> replaced = replaced(document, assessment, set, spared);
        return ask(replaced, patient)
                .then(held -> held.inForce().isPresent()
                        ? new Answer.Given<>(new Place.Instead(
                                held.inForce().get(),
                                held.remark()
                                        + (isOlder ? "as an older version of its set" : "as a new version of its set")))
                        : ask(successors(replaced, spared, patient), patient)
                                .then(since -> new Answer.Given<>(since.inForce()
                                        .map(entry -> behindOrInstead(entry, assessment))
                                        .orElseGet(() -> beside(held, isOlder)))));
    }

    private static boolean isNewer(FiledVersion filed, StoredDocument document) {
        return document.version().isPresent()
                && filed.isAbove(document.version().getAsLong());
    }

    /** What the document replaces by its number, and by what it says. */
    private List<String> replaced(
            StoredDocument document, Assessment.Fileable assessment, List<FiledVersion> set, Set<String> spared) {
        Stream<String> numbered = set.stream()
                .filter(filed -> document.version().isPresent())
                .map(FiledVersion::documentId)
                .filter(id -> !spared.contains(id))
                .limit(1);
        Stream<String> named =
                assessment.replaces().stream().flatMap(id -> named(id).stream()).filter(id -> !spared.contains(id));
        return Stream.concat(numbered, named).distinct().toList();
    }

    /** What is named, and where that is not filed what it would have replaced: that waits for its place, or was refused. */
    private List<String> named(String documentId) {
        List<String> named = new ArrayList<>();
        for (String id : ledger.lineage(documentId)) {
            named.add(id);
            if (ledger.filed(id).isPresent()) {
                break;
            }
        }
        return named;
    }

    /** What has been filed in the place of these since, as a later version of its set or by name: the latest of a line first. */
    private List<String> successors(List<String> replaced, Set<String> spared, Ins patient) {
        Set<String> seen = new HashSet<>(spared);
        seen.addAll(replaced);
        List<String> found = new ArrayList<>();
        List<String> generation = replaced;
        while (!generation.isEmpty()) {
            List<String> next = generation.stream()
                    .flatMap(id -> Stream.concat(later(id, patient), ledger.filedReplacing(id, patient).stream()))
                    .map(FiledVersion::documentId)
                    .filter(seen::add)
                    .toList();
            found.addAll(0, next);
            generation = next;
        }
        return found;
    }

    private Stream<FiledVersion> later(String documentId, Ins patient) {
        return ledger.filed(documentId).filter(filed -> filed.version().isPresent()).stream()
                .flatMap(filed -> ledger.filedOfSet(filed.setId(), patient).stream()
                        .filter(other -> other.isAbove(filed.version().getAsLong())));
    }

    private static Place behindOrInstead(DocumentEntry entry, Assessment.Fileable assessment) {
        boolean isBehind = assessment
                .entry()
                .creationTime()
                .flatMap(own -> entry.creationTime().filter(own::isBefore))
                .isPresent();
        return isBehind
                ? new Place.Behind(entry.uniqueId())
                : new Place.Instead(entry, "in the place of what has replaced the one before it: " + entry.uniqueId());
    }

    private static Place beside(Held held, boolean isOlder) {
        if (isOlder) {
            return new Place.Beside(held.foreign() + "as an older version of its set");
        }
        return new Place.Beside(held.remark().isEmpty() ? "" : held.remark() + "as a first version");
    }

    /**
     * What the DMP holds of some documents.
     *
     * @param isForeign true where one is another patient's
     * @param isGone true where one is the patient's and in force no longer
     */
    private record Held(Optional<DocumentEntry> inForce, boolean isForeign, boolean isGone) {

        static Held of(List<DocumentEntry> entries, Ins patient) {
            List<DocumentEntry> own =
                    entries.stream().filter(entry -> isOf(patient, entry)).toList();
            Optional<DocumentEntry> inForce = own.stream()
                    .filter(entry -> entry.availability()
                            .filter(Availability.APPROVED::equals)
                            .isPresent())
                    .findFirst();
            return new Held(inForce, own.size() < entries.size(), inForce.isEmpty() && !own.isEmpty());
        }

        Held and(Held next) {
            return new Held(next.inForce, isForeign || next.isForeign, isGone || next.isGone);
        }

        String foreign() {
            return isForeign ? "the document it says it replaces is another patient's; " : "";
        }

        String remark() {
            boolean isLost = isGone && inForce.isEmpty();
            return foreign() + (isLost ? "the document it would replace is in force no longer; " : "");
        }

        private static boolean isOf(Ins patient, DocumentEntry entry) {
            return patient.names(entry.patientId().id(), entry.patientId().authority());
        }
    }

    /** Asks for one after the other until one is in force. */
    private Answer<Held> ask(List<String> uniqueIds, Ins patient) {
        Answer<Held> all = new Answer.Given<>(new Held(Optional.empty(), false, false));
        for (String uniqueId : uniqueIds) {
            all = all.then(before -> registry.getDocuments(uniqueId, Optional.of(patient))
                    .then(entries -> new Answer.Given<>(before.and(Held.of(entries, patient)))));
            if (all.fold(given -> given.value().inForce().isPresent(), refused -> true, unavailable -> true)) {
                return all;
            }
        }
        return all;
    }
}
