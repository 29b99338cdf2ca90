package org.mssante.annuaire.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ServerSideSortResponseControl;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.index.Answer;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.Question;
import org.mssante.annuaire.index.Scope;
import org.mssante.annuaire.index.Snapshot;

/** Searches of clients who have logged in. Entries are taken from one snapshot and sent after it is let go. Thread-safe. */
final class Searches {
    private static final ASN1OctetString NO_COOKIE = new ASN1OctetString();

    /** In the place of a page's beginning in the index, where the pages are sorted. */
    private static final int SORTED = -1;

    private final DirectoryIndex index;
    private final Limits limits;
    private final PageCookies cookies;
    private final Clock clock;

    /**
     * What to send.
     *
     * @param controls of the response: how a search by pages goes on, whether entries are sorted
     */
    record Found(List<Entry> entries, ResultCode result, List<Control> controls) {}

    /**
     * What is asked for at one time.
     *
     * @param position behind the pages before; empty for the first one
     * @param left entries at most, of this page and those behind it
     */
    private record Part(
            Question question, Optional<PageCookies.Position> position, int left, int page, Instant deadline) {
        int given() {
            return position.map(PageCookies.Position::given).orElse(0);
        }
    }

    Searches(DirectoryIndex index, Limits limits, PageCookies cookies, Clock clock) {
        this.index = index;
        this.limits = limits;
        this.cookies = cookies;
        this.clock = clock;
    }

    /** @throws LDAPException that is the answer to the client */
    Found search(
            SearchRequestProtocolOp request,
            Optional<SimplePagedResultsControl> paging,
            Optional<Sorting> sorting,
            Audience reader)
            throws LDAPException, IOException {
        EntryKey base = Tree.key(request.getBaseDN()).orElseThrow(Searches::noSuchObject);
        Question question =
                new Question(base, scope(request.getScope()), Filters.condition(request.getFilter(), limits), reader);
        Optional<PageCookies.Position> position = position(paging);
        int left = sizeLimit(request, reader, paging.isPresent())
                - position.map(PageCookies.Position::given).orElse(0);
        int page = paging.map(control -> pageSize(control, left)).orElse(left);
        Part part = new Part(question, position, left, page, clock.instant().plus(timeLimit(request)));
        Optional<ServerSideSortResponseControl> order = sorting.map(asked -> asked.response(reader));
        try (Snapshot snapshot = snapshot(position)) {
            checkBase(snapshot, base, reader);
            Optional<Answer> sorted = Optional.empty();
            if (order.isPresent() && order.get().getResultCode().equals(ResultCode.SUCCESS)) {
                sorted = sorted(snapshot, part, sorting.get());
                order = sorted.isPresent() ? order : Optional.of(tooMany());
            }
            if (order.isPresent() && sorted.isEmpty() && sorting.get().isCritical()) {
                return new Found(List.of(), ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, List.of(order.get()));
            }
            Answer answer = sorted.isPresent() ? sorted.get() : unsorted(snapshot, part);
            List<Entry> entries = entries(snapshot, answer, request, reader);
            boolean pageFull = answer.end() == Answer.End.LIMIT && paging.isPresent() && page < left;
            List<Control> controls = new ArrayList<>();
            if (paging.isPresent()) {
                PageCookies.Position next =
                        new PageCookies.Position(snapshot.version(), answer.next(), part.given() + entries.size());
                controls.add(new SimplePagedResultsControl(0, pageFull ? cookies.cookie(next) : NO_COOKIE));
            }
            order.ifPresent(controls::add);
            return new Found(entries, pageFull ? ResultCode.SUCCESS : result(answer.end()), controls);
        }
    }

    private static ServerSideSortResponseControl tooMany() {
        return new ServerSideSortResponseControl(ResultCode.ADMIN_LIMIT_EXCEEDED, null);
    }

    /**
     * A part of all that is found, which is read and sorted anew for each page: nothing is kept between pages, and one snapshot gives one
     * order. Empty where that is too much to sort, and where the pages before were not sorted.
     */
    private Optional<Answer> sorted(Snapshot snapshot, Part part, Sorting sorting) throws IOException {
        if (part.position().filter(before -> before.next() != SORTED).isPresent()) {
            return Optional.empty();
        }
        int wanted = part.left() + part.given();
        boolean service = part.question().reader() == Audience.SERVICES;
        int most = Math.min(wanted, service ? limits.serviceEntries() : limits.professionalEntries());
        Answer all = snapshot.search(part.question(), 0, most, part.deadline(), clock);
        if (all.end() == Answer.End.LIMIT && most < wanted) {
            return Optional.empty();
        }
        List<DirectoryEntry> sorted =
                sorting.sorted(all.entries(), part.question().reader());
        int from = Math.min(part.given(), sorted.size());
        int to = Math.min(from + part.page(), sorted.size());
        // what was found in the time there was is no order to go on in
        boolean more = to < sorted.size() && all.end() != Answer.End.TIME;
        return Optional.of(new Answer(sorted.subList(from, to), more ? Answer.End.LIMIT : all.end(), SORTED));
    }

    /** A part in the order of the index. */
    private Answer unsorted(Snapshot snapshot, Part part) throws LDAPException, IOException {
        int from = part.position().map(PageCookies.Position::next).orElse(0);
        if (from == SORTED) {
            throw new LDAPException(
                    ResultCode.UNWILLING_TO_PERFORM, "the pages of this search are sorted: start it again");
        }
        return snapshot.search(part.question(), from, part.page(), part.deadline(), clock);
    }

    private static List<Entry> entries(
            Snapshot snapshot, Answer answer, SearchRequestProtocolOp request, Audience reader) throws IOException {
        EntryWriter writer = new EntryWriter(reader, request.getAttributes(), request.typesOnly());
        List<Entry> entries = new ArrayList<>();
        for (DirectoryEntry entry : answer.entries()) {
            entries.add(writer.write(entry));
        }
        if (writer.countsSubordinates()) {
            countSubordinates(snapshot, answer.entries(), entries);
        }
        return entries;
    }

    private static void countSubordinates(Snapshot snapshot, List<DirectoryEntry> found, List<Entry> written)
            throws IOException {
        for (int i = 0; i < found.size(); i++) {
            EntryKey key = found.get(i).key();
            if (key.branch().isPresent() && key.name().isEmpty()) {
                int count = snapshot.count(key.branch().get());
                written.get(i).addAttribute(EntryWriter.SUBORDINATES, Integer.toString(count));
            }
        }
    }

    private Snapshot snapshot(Optional<PageCookies.Position> position) throws LDAPException, IOException {
        if (position.isEmpty()) {
            return index.snapshot();
        }
        return index.snapshot(position.get().snapshot())
                .orElseThrow(() -> new LDAPException(
                        ResultCode.UNWILLING_TO_PERFORM, "the paged search is too old: start it again"));
    }

    private Optional<PageCookies.Position> position(Optional<SimplePagedResultsControl> paging) throws LDAPException {
        if (paging.isEmpty() || paging.get().getCookie().getValueLength() == 0) {
            return Optional.empty();
        }
        return Optional.of(cookies.position(paging.get().getCookie())
                .orElseThrow(() ->
                        new LDAPException(ResultCode.UNWILLING_TO_PERFORM, "the cookie is not one of this server")));
    }

    /** A base the reader may not see does not exist for him. What is above the named entries is always there, and is not looked up. */
    private static void checkBase(Snapshot snapshot, EntryKey base, Audience reader) throws LDAPException, IOException {
        Optional<Audience> audience = base.name().isPresent()
                ? snapshot.find(base).map(DirectoryEntry::audience)
                : Optional.of(base.branch().map(Branch::audience).orElse(Audience.PROFESSIONALS));
        if (audience.filter(reader::mayRead).isEmpty()) {
            throw noSuchObject();
        }
    }

    /** Entries over all pages; a service that asks page by page gets all there are. */
    private int sizeLimit(SearchRequestProtocolOp request, Audience reader, boolean paged) {
        int ours = limits.professionalEntries();
        if (reader == Audience.SERVICES) {
            ours = paged ? Integer.MAX_VALUE : limits.serviceEntries();
        }
        int asked = request.getSizeLimit();
        return asked > 0 ? Math.min(asked, ours) : ours;
    }

    private int pageSize(SimplePagedResultsControl control, int left) {
        int asked = Math.max(control.getSize(), 0);
        return Math.min(Math.min(asked, limits.serviceEntries()), left);
    }

    private Duration timeLimit(SearchRequestProtocolOp request) {
        Duration asked = Duration.ofSeconds(request.getTimeLimit());
        return asked.isZero() || asked.compareTo(limits.searchTime()) > 0 ? limits.searchTime() : asked;
    }

    private static ResultCode result(Answer.End end) {
        return switch (end) {
            case COMPLETE -> ResultCode.SUCCESS;
            case LIMIT -> ResultCode.SIZE_LIMIT_EXCEEDED;
            case TIME -> ResultCode.TIME_LIMIT_EXCEEDED;
        };
    }

    private static Scope scope(SearchScope scope) throws LDAPException {
        return switch (scope.intValue()) {
            case SearchScope.BASE_INT_VALUE -> Scope.BASE;
            case SearchScope.ONE_INT_VALUE -> Scope.ONE_LEVEL;
            case SearchScope.SUB_INT_VALUE -> Scope.SUBTREE;
            case SearchScope.SUBORDINATE_SUBTREE_INT_VALUE -> Scope.SUBORDINATES;
            default -> throw new LDAPException(ResultCode.PROTOCOL_ERROR, "the scope is unknown");
        };
    }

    private static LDAPException noSuchObject() {
        return new LDAPException(ResultCode.NO_SUCH_OBJECT, "the base of the search does not exist");
    }
}
