package org.mssante.annuaire.fhir;

import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.BundleProviderWithNamedPages;
import ca.uhn.fhir.rest.server.IPagingProvider;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import java.io.IOException;
import java.time.Clock;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.index.Snapshot;
import org.mssante.annuaire.index.TimeRange;

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

    /** What an entry stands for. */
    @FunctionalInterface
    interface Writer {
        List<Match> of(DirectoryEntry entry, Resources resources) throws IOException;
    }

    /**
     * What is searched in one branch.
     *
     * @param changed when its entries changed; empty where any time will do
     */
    record Part(Branch branch, Condition condition, Optional<TimeRange> changed, Writer writer) {
        /** Of mailboxes, which are looked at for whom they belong to. */
        static Part ofMailboxes(Condition condition, Writer writer) {
            return new Part(Branch.MAILBOXES, condition, Optional.empty(), writer);
        }
    }

    /**
     * One search; nothing of it changes from page to page.
     *
     * @param parts one behind the other
     */
    record Search(List<Part> parts, Audience reader, int page) {
        /** Whether all its pages together give a number of entries at most. */
        boolean isLimited() {
            return reader != Audience.SERVICES;
        }
    }

    private record Place(Search search, long snapshot, FilledPage.Next next, int given) {}

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

    /**
     * The first page of a search.
     *
     * @param parts none of which finds what one before it has found
     */
    IBundleProvider first(RequestDetails request, List<Part> parts, Optional<Integer> count) {
        int page = Math.min(count.orElse(limits.page()), limits.largestPage());
        if (page < 1) {
            throw new InvalidRequestException("_count is at least 1");
        }
        Search search = new Search(parts, FhirServlet.reader(request), page);
        try (Snapshot snapshot = index.snapshot()) {
            return page(new Place(search, snapshot.version(), FilledPage.Next.FIRST, 0), snapshot);
        } catch (IOException e) {
            throw unanswered(e);
        }
    }

    /** Looks into the directory as it is now. */
    <T> T look(RequestDetails request, Look<T> look) {
        Audience reader = FhirServlet.reader(request);
        int most = reader == Audience.SERVICES ? limits.pageEntries() : limits.professionalEntries();
        try (Snapshot snapshot = index.snapshot()) {
            return look.at(new Resources(snapshot, reader, allowance(most, false)));
        } catch (IOException e) {
            throw unanswered(e);
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
            return page(place, snapshot);
        } catch (IOException e) {
            throw unanswered(e);
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

    /** Services are told of which commit it is; others get the time at which they ask, as HAPI has it. See {@link Criteria#of}. */
    private IBundleProvider page(Place place, Snapshot snapshot) throws IOException {
        Search search = place.search();
        int may = search.isLimited() ? limits.professionalEntries() - place.given() : limits.pageEntries();
        Allowance allowance = allowance(may, search.isLimited());
        FilledPage page = new FilledPage(search, snapshot, allowance);
        Optional<FilledPage.Next> next = page.fill(place.next());
        String id = UUID.randomUUID().toString();
        BundleProviderWithNamedPages bundle = new BundleProviderWithNamedPages(page.content(), id, "this", null);
        if (search.reader() == Audience.SERVICES) {
            bundle.setPublished(new InstantType(Date.from(snapshot.time())));
        }
        if (next.isPresent()) {
            int given = place.given() + may - allowance.left();
            remember(id, new Place(search, snapshot.version(), next.get(), given));
            bundle.setNextPageId(NEXT);
        }
        return bundle;
    }

    private Allowance allowance(int entries, boolean cutting) {
        return new Allowance(
                limits.pageEntries(), entries, cutting, clock.instant().plus(limits.searchTime()), clock);
    }

    private static BaseServerResponseException unanswered(IOException failure) {
        if (failure instanceof Allowance.LateException) {
            return new UnclassifiedServerFailureException(TIME_IS_UP, failure.getMessage());
        }
        if (failure instanceof Allowance.SpentException) {
            OperationOutcome outcome = Outcomes.tooLarge();
            return new ForbiddenOperationException(outcome.getIssueFirstRep().getDiagnostics(), outcome);
        }
        return new InternalErrorException("the directory cannot be read", failure);
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
