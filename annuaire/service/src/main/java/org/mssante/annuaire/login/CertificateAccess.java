package org.mssante.annuaire.login;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.Registration;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;

/**
 * Whom client certificates are: our services, by what the configuration says of them, and the software of structures, by
 * the mailboxes their certificate opens (ADR 31, ADR 37). Thread-safe.
 */
public final class CertificateAccess {
    private final ClientCertificates certificates;
    private final Map<String, X500Principal> services;
    private final MailboxRegistry registry;

    /** @param services the subject of each one's certificate, by its name */
    public CertificateAccess(
            ClientCertificates certificates, Map<String, X500Principal> services, MailboxRegistry registry) {
        this.certificates = certificates;
        this.services = Map.copyOf(services);
        this.registry = registry;
    }

    /** An answer. */
    sealed interface Verdict {}

    record Granted(Identity identity) implements Verdict {}

    record Refused(Outcome outcome, String detail) implements Verdict {}

    /** @param wanted who he says he is; where he says nothing, his certificate has to be that of one alone */
    Verdict of(X509Certificate certificate, Optional<EntryKey> wanted) {
        Optional<ClientCertificates.Objection> objection = certificates.objectionTo(certificate);
        if (objection.isPresent()) {
            return new Refused(objection.get().outcome(), objection.get().detail());
        }
        X500Principal subject = certificate.getSubjectX500Principal();
        List<Identity> identities = new ArrayList<>();
        services.forEach((name, service) -> {
            if (service.equals(subject)) {
                identities.add(new Identity.Service(name, Optional.of(certificate)));
            }
        });
        for (MailAddress address : registry.openedBy(subject)) {
            identities.add(new Identity.Software(address, certificate));
        }
        identities.removeIf(
                identity -> wanted.filter(key -> !key.equals(key(identity))).isPresent());
        return identities.size() == 1
                ? new Granted(identities.get(0))
                : new Refused(
                        Outcome.CERTIFICATE_WITHOUT_MAILBOX,
                        "it opens " + identities.size() + " of those it may have meant: "
                                + subject.getName(X500Principal.RFC2253));
    }

    /** Whether one who was let in may still look: certificates are revoked, mailboxes suspended and given others. */
    boolean holds(Identity.Service service) {
        return service.certificate()
                .filter(certificate -> certificates.objectionTo(certificate).isEmpty())
                .isPresent();
    }

    boolean holds(Identity.Software software) {
        return registry.find(software.address())
                        .map(Registration::mailbox)
                        .filter(Mailbox::isActive)
                        .filter(mailbox ->
                                mailbox.opensTo(software.certificate().getSubjectX500Principal()))
                        .isPresent()
                && certificates.objectionTo(software.certificate()).isEmpty();
    }

    private static EntryKey key(Identity identity) {
        return identity instanceof Identity.Service service
                ? EntryKey.of(Branch.SERVICES, service.name())
                : EntryKey.of(
                        Branch.MAILBOXES,
                        ((Identity.Software) identity).address().toString());
    }
}
