package org.mssante.annuaire.ldap;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.ServerSideSortRequestControl;
import com.unboundid.ldap.sdk.controls.ServerSideSortResponseControl;
import com.unboundid.ldap.sdk.controls.SortKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.Matching;

/** The order a client wants entries in (RFC 2891): of those that are sent, where not all are. */
final class Sorting {
    static final String OID = ServerSideSortRequestControl.SERVER_SIDE_SORT_REQUEST_OID;

    private static final int MOST_KEYS = 8;
    private static final Set<String> RULES = Set.of("caseignoreorderingmatch", "2.5.13.3");

    private final ServerSideSortRequestControl request;

    private Sorting(ServerSideSortRequestControl request) {
        this.request = request;
    }

    /** Empty where the client wants none. */
    static Optional<Sorting> in(List<Control> controls) throws LDAPException {
        for (Control control : controls) {
            if (control.getOID().equals(OID)) {
                return Optional.of(new Sorting(new ServerSideSortRequestControl(control)));
            }
        }
        return Optional.empty();
    }

    /** Whether the client would rather have nothing than what is not sorted. */
    boolean isCritical() {
        return request.isCritical();
    }

    /** Whether that can be done. */
    ServerSideSortResponseControl response(Audience reader) {
        if (request.getSortKeys().length > MOST_KEYS) {
            return new ServerSideSortResponseControl(ResultCode.ADMIN_LIMIT_EXCEEDED, null);
        }
        for (SortKey key : request.getSortKeys()) {
            Optional<Attribute> attribute = attribute(key, reader);
            if (attribute.isEmpty()) {
                return new ServerSideSortResponseControl(ResultCode.NO_SUCH_ATTRIBUTE, key.getAttributeName());
            }
            if (!attribute.get().matching().isOrdered() || !isOrdering(key)) {
                return new ServerSideSortResponseControl(ResultCode.INAPPROPRIATE_MATCHING, key.getAttributeName());
            }
        }
        return new ServerSideSortResponseControl(ResultCode.SUCCESS, null);
    }

    /** The entries in the order wanted, which {@link #response} has found possible. */
    List<DirectoryEntry> sorted(List<DirectoryEntry> entries, Audience reader) {
        List<DirectoryEntry> sorted = new ArrayList<>(entries);
        Arrays.stream(request.getSortKeys())
                .map(key -> order(key, attribute(key, reader).orElseThrow()))
                .reduce(Comparator::thenComparing)
                .ifPresent(sorted::sort);
        return sorted;
    }

    /** By the least value; an entry without one stands behind all others (RFC 2891 §2). */
    private static Comparator<DirectoryEntry> order(SortKey key, Attribute attribute) {
        Comparator<Optional<String>> byValue = (one, other) -> one.isPresent() && other.isPresent()
                ? Matching.compare(one.get(), other.get())
                : Boolean.compare(one.isEmpty(), other.isEmpty());
        Comparator<DirectoryEntry> order = Comparator.comparing(
                entry -> Shown.values(entry, attribute).stream()
                        .map(attribute.matching()::normal)
                        .min(Matching::compare),
                byValue);
        return key.reverseOrder() ? order.reversed() : order;
    }

    /** What a reader may not read does not exist for him. */
    private static Optional<Attribute> attribute(SortKey key, Audience reader) {
        return AttributeTypes.described(key.getAttributeName())
                .filter(attribute -> reader.mayRead(attribute.audience()));
    }

    private static boolean isOrdering(SortKey key) {
        return Optional.ofNullable(key.getMatchingRuleID())
                .map(rule -> RULES.contains(rule.toLowerCase(Locale.ROOT)))
                .orElse(true);
    }
}
