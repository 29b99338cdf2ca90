package org.mssante.annuaire.fhir;

import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntrySearchModeEnum;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.BundleProviderWithNamedPages;
import ca.uhn.fhir.rest.server.IPagingProvider;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.mssante.annuaire.index.Answer;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.Question;
import org.mssante.annuaire.index.Scope;
import org.mssante.annuaire.index.Snapshot;

/**
 * Searches page by page. A link to the next page names a place that is remembered here, in the snapshot the search began in:
 * what is loaded meanwhile changes nothing of it. Thread-safe.
 */
final class DirectoryPages implements IPagingProvider {
    private static final int TIME_IS_UP = 503;
    private static final String NEXT = "next";

    private final DirectoryIndex index;
    private final FhirLimits limits;
    private final Clock clock;
    private final Map<String, Place> places;

    /** What the resources of an entry are. */
    @FunctionalInterface
    interface Writer {
        List<? extends IBaseResource> of(DirectoryEntry entry, Resources resources) throws IOException;
    }

    /** One search; nothing of it changes from page to page. */
    record Search(Branch branch, Condition condition, Audience reader, int page, Writer writer) {}

    private record Place(Search search, long snapshot, int next, int given) {}

    /** What is looked up without a search. */
    @FunctionalInterface
    interface Look<T> {
        T at(Resources resources) throws IOException;
    }

    DirectoryPages(DirectoryIndex index, FhirLimits limits, Clock clock) {
        this.index = index;
        this.limits = limits;
        this.clock = clock;
        this.places = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Place> eldest) {
                return size() > limits.searches();
            }
        };
    }

    /** The first page of a search. */
    IBundleProvider first(
            RequestDetails request, Branch branch, Condition condition, Optional<Integer> count, Writer writer) {
        int page = Math.min(count.orElse(limits.page()), limits.largestPage());
        if (page < 1) {
            throw new InvalidRequestException("_count is at least 1");
        }
        Search search = new Search(branch, condition, FhirServlet.reader(request), page, writer);
        try (Snapshot snapshot = index.snapshot()) {
            return page(search, snapshot, 0, 0);
        } catch (IOException e) {
            throw new InternalErrorException("the directory cannot be read", e);
        }
    }

    /** Looks into the directory as it is now. */
    <T> T look(RequestDetails request, Look<T> look) {
        try (Snapshot snapshot = index.snapshot()) {
            return look.at(resources(snapshot, FhirServlet.reader(request)));
        } catch (IOException e) {
            throw new InternalErrorException("the directory cannot be read", e);
        }
    }

    @Override
    public IBundleProvider retrieveResultList(RequestDetails request, String searchId, String pageId) {
        Place place = place(searchId);
        if (place.search().reader() != FhirServlet.reader(request)) {
            throw new ResourceGoneException("that search is not yours: start it again");
        }
        try (Snapshot snapshot = index.snapshot(place.snapshot())
                .orElseThrow(() -> new ResourceGoneException("that search is too old: start it again"))) {
            return page(place.search(), snapshot, place.next(), place.given());
        } catch (IOException e) {
            throw new InternalErrorException("the directory cannot be read", e);
        }
    }

    @Override
    public IBundleProvider retrieveResultList(RequestDetails request, String searchId) {
        return retrieveResultList(request, searchId, NEXT);
    }

    /** A page that has a next one is remembered already. */
    @Override
    public String storeResultList(RequestDetails request, IBundleProvider list) {
        return list.getUuid();
    }

    @Override
    public int getDefaultPageSize() {
        return limits.page();
    }

    @Override
    public int getMaximumPageSize() {
        return limits.largestPage();
    }

    private IBundleProvider page(Search search, Snapshot snapshot, int from, int given) throws IOException {
        int left = search.reader() == Audience.SERVICES ? Integer.MAX_VALUE : limits.professionalEntries() - given;
        Answer answer = snapshot.search(
                new Question(EntryKey.of(search.branch()), Scope.ONE_LEVEL, search.condition(), search.reader()),
                from,
                Math.min(search.page(), left),
                clock.instant().plus(limits.searchTime()),
                clock);
        if (answer.end() == Answer.End.TIME) {
            throw new UnclassifiedServerFailureException(TIME_IS_UP, "the search takes too long: narrow it down");
        }
        Resources resources = resources(snapshot, search.reader());
        Map<String, IBaseResource> found = new LinkedHashMap<>();
        for (DirectoryEntry entry : answer.entries()) {
            for (IBaseResource resource : search.writer().of(entry, resources)) {
                ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE.put(resource, BundleEntrySearchModeEnum.MATCH);
                found.putIfAbsent(resource.getIdElement().getValue(), resource);
            }
        }
        int givenNow = given + answer.entries().size();
        boolean more = answer.end() == Answer.End.LIMIT
                && (search.reader() == Audience.SERVICES || givenNow < limits.professionalEntries());
        String id = UUID.randomUUID().toString();
        BundleProviderWithNamedPages page =
                new BundleProviderWithNamedPages(new ArrayList<>(found.values()), id, "this", null);
        if (more) {
            remember(id, new Place(search, snapshot.version(), answer.next(), givenNow));
            page.setNextPageId(NEXT);
        }
        return page;
    }

    private Resources resources(Snapshot snapshot, Audience reader) {
        return new Resources(snapshot, reader, clock, limits.searchTime());
    }

    private Place place(String searchId) {
        synchronized (places) {
            return Optional.ofNullable(places.get(searchId))
                    .orElseThrow(() -> new ResourceGoneException("that search is not known any more: start it again"));
        }
    }

    private void remember(String id, Place place) {
        synchronized (places) {
            places.put(id, place);
        }
    }
}
