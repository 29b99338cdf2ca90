package org.mssante.server.trust;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mssante.core.id.MailDomain;

/**
 * The domains of the trust space, each with the certificates that speak for it. A domain counts exactly as listed, none
 * below it; each of its rows is as good as the others. Immutable.
 */
public final class TrustList {
    private final Instant generated;
    private final Map<MailDomain, Set<DistinguishedName>> operators;
    private final Set<DistinguishedName> names;
    private final List<SkippedRow> skipped;

    /**
     * A row that cannot be used. The others stand.
     *
     * @param number its place in the list, from 1
     */
    public record SkippedRow(int number, String domain, String why) {}

    /** @param generated DateDeGeneration */
    public TrustList(Instant generated, Map<MailDomain, Set<DistinguishedName>> operators, List<SkippedRow> skipped) {
        this.generated = generated;
        this.operators = operators.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, row -> Set.copyOf(row.getValue())));
        Set<DistinguishedName> all = new HashSet<>();
        this.operators.values().forEach(all::addAll);
        this.names = Set.copyOf(all);
        this.skipped = List.copyOf(skipped);
    }

    public Instant generated() {
        return generated;
    }

    /** The subjects that may speak for a domain; empty where the domain is not listed. */
    public Optional<Set<DistinguishedName>> operatorsOf(MailDomain domain) {
        return Optional.ofNullable(operators.get(domain));
    }

    /** True where the name is listed for some domain. */
    public boolean isOperator(DistinguishedName name) {
        return names.contains(name);
    }

    public Set<MailDomain> domains() {
        return operators.keySet();
    }

    public int domainCount() {
        return operators.size();
    }

    /** Distinct pairs of domain and certificate name. */
    public int rowCount() {
        return operators.values().stream().mapToInt(Set::size).sum();
    }

    /** Distinct certificate names. */
    public int nameCount() {
        return names.size();
    }

    public List<SkippedRow> skipped() {
        return skipped;
    }
}
