package org.mssante.annuaire.fhir;

import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntrySearchModeEnum;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.mssante.annuaire.index.Answer;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.Question;
import org.mssante.annuaire.index.Scope;
import org.mssante.annuaire.index.Snapshot;

/**
 * One page of a search: filled up to its count, unless there is no more, the time is up, or no more may be given. What is given is
 * whole, or an OperationOutcome in it says that it is not. Not thread-safe.
 */
final class FilledPage {
    private static final int MOST_AT_ONCE = 1_000;

    private final DirectoryPages.Search search;
    private final Snapshot snapshot;
    private final Allowance allowance;
    private final Resources resources;
    private final Map<String, Resource> matches = new LinkedHashMap<>();
    private final Map<String, Resource> included = new LinkedHashMap<>();
    private Optional<OperationOutcome> outcome = Optional.empty();
    private int part;
    private int from;
    /** Matches found from there on that are in this page, or in one before. */
    private int given;

    /**
     * Where the next page begins.
     *
     * @param part of the search
     * @param from place in the index
     * @param skip matches that were found from there on and belong to the pages before
     */
    record Next(int part, int from, int skip) {
        static final Next FIRST = new Next(0, 0, 0);
    }

    /** @param allowance of this page */
    FilledPage(DirectoryPages.Search search, Snapshot snapshot, Allowance allowance) {
        this.search = search;
        this.snapshot = snapshot;
        this.allowance = allowance;
        this.resources = new Resources(snapshot, search.reader(), allowance);
    }

    /**
     * Fills it.
     *
     * @return empty where the search ends with this page
     * @throws Allowance.LateException where not even one resource was found in time
     * @throws Allowance.SpentException where a single resource is larger than a page may be
     */
    Optional<Next> fill(Next begin) throws IOException {
        try {
            part = begin.part();
            from = begin.from();
            int skip = begin.skip();
            int batch = search.page();
            while (true) {
                given = 0;
                int before = matches.size();
                Answer answer = allowance.some(snapshot, question(), from, batch);
                if (isFullWith(answer, skip)) {
                    return outcome.isPresent() ? Optional.empty() : Optional.of(new Next(part, from, given));
                }
                boolean ended = answer.end() == Answer.End.COMPLETE;
                if (ended && part == search.parts().size() - 1) {
                    return Optional.empty();
                }
                skip = ended ? 0 : Math.max(0, skip - given);
                from = ended ? 0 : answer.next();
                part += ended ? 1 : 0;
                given = 0;
                if (answer.end() == Answer.End.TIME) {
                    throw new Allowance.LateException();
                }
                // where most of what the index finds is nothing of the search, it is asked for more at a time
                batch = matches.size() == before
                        ? Math.min(2 * batch, MOST_AT_ONCE)
                        : Math.max(1, search.page() - matches.size());
            }
        } catch (Allowance.LateException e) {
            if (matches.isEmpty()) {
                throw e;
            }
            return Optional.of(new Next(part, from, given));
        }
    }

    private Question question() {
        DirectoryPages.Part searched = search.parts().get(part);
        return new Question(
                EntryKey.of(searched.branch()),
                Scope.ONE_LEVEL,
                searched.condition(),
                Resources.SHOWN,
                searched.changed());
    }

    /** Whether no more comes into it; what would is the one behind those that are given. */
    private boolean isFullWith(Answer answer, int skip) throws IOException {
        for (DirectoryEntry entry : answer.entries()) {
            for (Match match : search.parts().get(part).writer().of(entry, resources)) {
                boolean before = given < skip || matches.containsKey(match.id());
                if (!before && (matches.size() == search.page() || !add(match) || allowance.isCut())) {
                    return true;
                }
                given++;
            }
        }
        return false;
    }

    /** The matches, what goes with them, and what is to be said of them. */
    List<IBaseResource> content() {
        List<IBaseResource> content = new ArrayList<>();
        matches.values().forEach(match -> content.add(marked(match, BundleEntrySearchModeEnum.MATCH)));
        included.forEach((id, resource) -> {
            if (!matches.containsKey(id)) {
                content.add(marked(resource, BundleEntrySearchModeEnum.INCLUDE));
            }
        });
        outcome.ifPresent(words -> content.add(marked(words, BundleEntrySearchModeEnum.OUTCOME)));
        return content;
    }

    /** False where it stays outside: it is the first of the next page, or the outcome says why there is none. */
    private boolean add(Match match) throws IOException {
        try {
            List<Resource> made = match.making().make(resources);
            matches.put(match.id(), made.get(0));
            made.stream().skip(1).forEach(other -> included.putIfAbsent(id(other), other));
            if (allowance.isCut()) {
                outcome = Optional.of(Outcomes.limit("what belongs to " + match.id() + " is not all here"));
            }
            return true;
        } catch (Allowance.SpentException e) {
            if (search.isLimited()) {
                outcome = Optional.of(Outcomes.limit("there is more"));
            } else if (matches.isEmpty()) {
                throw e;
            }
            return false;
        }
    }

    private static String id(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }

    private static IBaseResource marked(Resource resource, BundleEntrySearchModeEnum mode) {
        ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE.put(resource, mode);
        return resource;
    }
}
