package org.mssante.server.mailbox;

import java.util.List;
import javax.inject.Inject;
import org.apache.james.core.Domain;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;

/** James' domains are the configured ones. */
public final class OwnDomainList implements DomainList {
    private final List<Domain> domains;

    @Inject
    public OwnDomainList(Mailboxes mailboxes) {
        this.domains = mailboxes.ownDomains().stream()
                .map(domain -> Domain.of(domain.name()))
                .sorted((one, other) -> one.asString().compareTo(other.asString()))
                .toList();
    }

    @Override
    public List<Domain> getDomains() {
        return domains;
    }

    @Override
    public boolean containsDomain(Domain domain) {
        return domains.contains(domain);
    }

    @Override
    public Domain getDefaultDomain() {
        return domains.get(0);
    }

    @Override
    public void addDomain(Domain domain) throws DomainListException {
        throw configured();
    }

    @Override
    public void removeDomain(Domain domain) throws DomainListException {
        throw configured();
    }

    private static DomainListException configured() {
        return new DomainListException("domains are set in server.properties");
    }
}
