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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.index.Answer;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.Question;
import org.mssante.annuaire.index.Scope;
import org.mssante.annuaire.index.Snapshot;

/** Searches of clients who have logged in. Entries are taken from one snapshot and sent after it is let go. Thread-safe. */
final class Searches {
    private static final ASN1OctetString NO_COOKIE = new ASN1OctetString();

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
        Optional<ServerSideSortResponseControl> order =
                sorting.map(asked -> asked.response(paging.isPresent(), reader));
        boolean sorts = order.filter(answer -> answer.getResultCode().equals(ResultCode.SUCCESS))
                .isPresent();
        if (order.isPresent() && !sorts && sorting.get().isCritical()) {
            return new Found(List.of(), ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, List.of(order.get()));
        }
        EntryKey base = Tree.key(request.getBaseDN()).orElseThrow(Searches::noSuchObject);
        Question question =
                new Question(base, scope(request.getScope()), Filters.condition(request.getFilter(), limits), reader);
        Optional<PageCookies.Position> position = position(paging);
        int given = position.map(PageCookies.Position::given).orElse(0);
        int left = sizeLimit(request, reader, paging.isPresent()) - given;
        int page = paging.map(control -> pageSize(control, left)).orElse(left);
        try (Snapshot snapshot = snapshot(position)) {
            checkBase(snapshot, base, reader);
            Answer answer = snapshot.search(
                    question,
                    position.map(PageCookies.Position::next).orElse(0),
                    page,
                    clock.instant().plus(timeLimit(request)),
                    clock);
            EntryWriter writer = new EntryWriter(reader, request.getAttributes(), request.typesOnly());
            List<DirectoryEntry> found = sorts ? sorting.get().sorted(answer.entries(), reader) : answer.entries();
            List<Entry> entries = new ArrayList<>();
            for (DirectoryEntry entry : found) {
                entries.add(writer.write(entry));
            }
            if (writer.countsSubordinates()) {
                countSubordinates(snapshot, found, entries);
            }
            boolean pageFull = answer.end() == Answer.End.LIMIT && paging.isPresent() && page < left;
            ResultCode result = pageFull ? ResultCode.SUCCESS : result(answer.end());
            List<Control> controls = new ArrayList<>();
            paging.map(unused -> new SimplePagedResultsControl(
                            0,
                            pageFull
                                    ? cookies.cookie(new PageCookies.Position(
                                            snapshot.version(), answer.next(), given + entries.size()))
                                    : NO_COOKIE))
                    .ifPresent(controls::add);
            order.ifPresent(controls::add);
            return new Found(entries, result, controls);
        }
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

    /** A base the reader may not see does not exist for him. */
    private static void checkBase(Snapshot snapshot, EntryKey base, Audience reader) throws LDAPException, IOException {
        if (snapshot.find(base)
                .filter(entry -> reader.mayRead(entry.audience()))
                .isEmpty()) {
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
