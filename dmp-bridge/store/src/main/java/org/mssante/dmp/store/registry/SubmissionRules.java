package org.mssante.dmp.store.registry;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mssante.dmp.xds.ebxml.MetadataFlaw;
import org.mssante.dmp.xds.ebxml.SubmittedObjects;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;

/** What a submission must be in itself, before the registry is looked into (ITI TF-2 §3.41.4.1.3). */
final class SubmissionRules {
    /** Far above the 64 characters of an OID: foreign identifiers are longer, the columns hold this. */
    private static final int MAX_ID = 256;

    private SubmissionRules() {}

    static Optional<Refusal> firstBroken(SubmissionRequest request) {
        SubmittedObjects objects = request.objects();
        if (!objects.flaws().isEmpty()) {
            MetadataFlaw flaw = objects.flaws().get(0);
            return refusal(
                    XdsError.REPOSITORY_METADATA_ERROR,
                    flaw.attribute() + " of " + flaw.object() + " is not valid: " + flaw.rule() + ".");
        }
        Cx patient = objects.submissionSet().patientId();
        if (objects.entries().stream().anyMatch(entry -> !entry.patientId().names(patient))) {
            return refusal(XdsError.PATIENT_DOES_NOT_MATCH, "The documents of a submission are of one patient.");
        }
        if (objects.submissionSet().uniqueId().length() > MAX_ID
                || objects.submissionSet().sourceId().length() > MAX_ID
                || objects.entries().stream().anyMatch(SubmissionRules::isTooLong)) {
            return refusal(
                    XdsError.REPOSITORY_METADATA_ERROR, "An identifier has more than " + MAX_ID + " characters.");
        }
        Set<String> uniqueIds = new HashSet<>();
        if (!objects.entries().stream().map(DocumentEntry::uniqueId).allMatch(uniqueIds::add)) {
            return refusal(XdsError.DUPLICATE_IN_MESSAGE, "Two documents of the submission have the same uniqueId.");
        }
        return contents(request);
    }

    private static boolean isTooLong(DocumentEntry entry) {
        return entry.uniqueId().length() > MAX_ID || entry.mimeType().length() > MAX_ID;
    }

    private static Optional<Refusal> contents(SubmissionRequest request) {
        List<String> ids =
                request.objects().entries().stream().map(DocumentEntry::id).toList();
        Set<String> entries = ids.stream().collect(Collectors.toSet());
        if (entries.size() != ids.size()) {
            return refusal(XdsError.REPOSITORY_METADATA_ERROR, "Two document entries have the same id.");
        }
        if (!request.contents().keySet().containsAll(entries)) {
            return refusal(XdsError.MISSING_DOCUMENT, "A document entry has no document of the same id.");
        }
        if (!entries.containsAll(request.contents().keySet())) {
            return refusal(XdsError.MISSING_DOCUMENT_METADATA, "A document has no document entry of the same id.");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refusal(XdsError error, String context) {
        return Optional.of(new Refusal(error, context));
    }
}
