package org.mssante.annuaire.login;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.registry.PersonalAccess;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;
import org.mssante.core.lockout.Lockout;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

/** Log-ins of services and of the holders of PER mailboxes by password, of services and of software by certificate. Thread-safe. */
public final class Logins {
    private static final String NO_SERVICE = "wrong name or secret of a service";
    private static final String NO_NAME = "the name is none of a mailbox";
    private static final String NO_CERTIFICATES = "nobody is asked for a client certificate";
    private static final String OFF = "log-in of persons by password is switched off (login.passwords)";

    private final ServiceSecrets services;
    private final Optional<PersonalAccess> people;
    private final Optional<CertificateAccess> certificates;
    private final Lockout lockout;
    private final Trace trace;

    /** Nobody logs in by certificate. */
    public Logins(ServiceSecrets services, Optional<PersonalAccess> people, Lockout lockout, Trace trace) {
        this(services, people, Optional.empty(), lockout, trace);
    }

    /**
     * @param people empty where no person logs in by password, at whatever door
     * @param certificates empty where nobody logs in by certificate
     */
    public Logins(
            ServiceSecrets services,
            Optional<PersonalAccess> people,
            Optional<CertificateAccess> certificates,
            Lockout lockout,
            Trace trace) {
        this.services = services;
        this.people = people;
        this.certificates = certificates;
        this.lockout = lockout;
        this.trace = trace;
    }

    /** What a log-in is told. */
    public sealed interface Answer {}

    public record Granted(Identity identity) implements Answer {}

    /** Whatever the reason, which is in the trace. */
    public record Refused() implements Answer {}

    /** Too many have failed for that name or from there: not looked at for a while, so that nothing is said of the password. */
    public record TooSoon() implements Answer {}

    /** Where somebody knocks. */
    public enum Door {
        LDAP(Event.DIRECTORY_BIND_REFUSED),
        HTTPS(Event.API_LOGIN_REFUSED);

        private final Event refusal;

        Door(Event refusal) {
            this.refusal = refusal;
        }
    }

    /**
     * Who logs in where nobody can be asked for a code: LDAP (and through it the mail server's clients), FHIR.
     *
     * @param key of his entry; empty where no entry can have that name
     * @param name as he wrote it, for the trace
     * @param address the client comes from
     */
    public Answer authenticate(Door door, Optional<EntryKey> key, String name, String password, String address) {
        Client client = new Client(door, name, address);
        return key.filter(Logins::isService)
                .map(service -> authenticateService(service, client, password))
                .orElseGet(() -> authenticatePerson(
                        key.map(EntryKey::term).orElse(""),
                        client,
                        key.flatMap(Logins::mailbox),
                        (access, mailbox) -> access.ofClient(mailbox, password)));
    }

    /**
     * A person who manages his own mailbox, or those he administers, over HTTPS: by his own password, and the code of his second factor where it is on. Failures count
     * apart from those of his mail clients, whose every success would forget them.
     *
     * @param name the address of his mailbox, as he wrote it
     * @param code what he gave; not looked at where he has no second factor
     * @param address he comes from
     */
    public Answer authenticateHolder(String name, String password, Optional<String> code, String address) {
        Answer answer = authenticatePerson(
                "holder " + EntryKey.of(Branch.MAILBOXES, name).term(),
                new Client(Door.HTTPS, name, address),
                address(name),
                (access, holder) -> access.ofHolder(holder, password, code));
        if (answer instanceof Granted) {
            trace.record(TraceEntry.of(Event.API_LOGIN).with(Field.ACTOR, name).with(Field.PEER, address));
        }
        return answer;
    }

    /**
     * Who a client is by his certificate, whose key the handshake has proven to be his. Nobody guesses one, so one that is
     * refused slows nobody down.
     *
     * @param wanted the entry he wants to be; empty where he leaves it to the certificate
     * @param address the client comes from
     */
    public Answer authenticateCertificate(
            Door door, X509Certificate certificate, Optional<EntryKey> wanted, String address) {
        Client client = new Client(door, certificate.getSubjectX500Principal().getName(), address);
        if (certificates.isEmpty()) {
            return refused(client, Outcome.AUTHENTICATION_FAILED, NO_CERTIFICATES);
        }
        return attempt(Optional.empty(), client, () -> {
            CertificateAccess.Verdict verdict = certificates.get().of(certificate, wanted);
            if (verdict instanceof CertificateAccess.Refused no) {
                return refused(client, no.outcome(), no.detail());
            }
            return new Granted(((CertificateAccess.Granted) verdict).identity());
        });
    }

    /**
     * Whether one who has logged in may still look: mailboxes are suspended, passwords withdrawn, certificates revoked while
     * connections live.
     */
    public boolean holds(Identity identity) {
        if (identity instanceof Identity.Professional professional) {
            return people.filter(access -> access.holds(professional.address(), professional.credentialsVersion()))
                    .isPresent();
        }
        if (identity instanceof Identity.Software software) {
            return certificates.filter(access -> access.holds(software)).isPresent();
        }
        return !(identity instanceof Identity.Service service)
                || service.certificate().isEmpty()
                || certificates.filter(access -> access.holds(service)).isPresent();
    }

    /** @param name as it was given */
    private record Client(Door door, String name, String address) {}

    /** The secrets of services are random (ADR 3): nobody guesses them, and nobody keeps a service out by failing. */
    private Answer authenticateService(EntryKey key, Client client, String password) {
        return attempt(Optional.empty(), client, () -> {
            Optional<String> known = key.name().filter(name -> services.matches(name, password));
            if (known.isEmpty()) {
                lockout.failed(Optional.empty(), client.address());
                return refused(client, Outcome.AUTHENTICATION_FAILED, NO_SERVICE);
            }
            return new Granted(new Identity.Service(known.get()));
        });
    }

    private Answer authenticatePerson(
            String account,
            Client client,
            Optional<MailAddress> mailbox,
            BiFunction<PersonalAccess, MailAddress, PersonalAccess.Verdict> look) {
        if (people.isEmpty()) {
            return refused(client, Outcome.AUTHENTICATION_FAILED, OFF);
        }
        PersonalAccess access = people.get();
        return attempt(
                Optional.of(account),
                client,
                () -> look(account, client, mailbox, address -> look.apply(access, address)));
    }

    private Answer attempt(Optional<String> account, Client client, Supplier<Answer> look) {
        Optional<Instant> refusedUntil = lockout.begin(account, client.address());
        if (refusedUntil.isPresent()) {
            return tooSoon(client, refusedUntil.get());
        }
        try {
            return look.get();
        } finally {
            lockout.end(account, client.address());
        }
    }

    private Answer look(
            String account,
            Client client,
            Optional<MailAddress> mailbox,
            Function<MailAddress, PersonalAccess.Verdict> look) {
        Optional<PersonalAccess.Verdict> verdict = mailbox.map(look);
        if (verdict.isPresent() && verdict.get() instanceof PersonalAccess.Granted granted) {
            lockout.succeeded(account);
            return new Granted(new Identity.Professional(
                    mailbox.orElseThrow(), granted.credentialsVersion(), granted.byCode(), granted.appPassword()));
        }
        lockout.failed(Optional.of(account), client.address());
        return verdict.isPresent() && verdict.get() instanceof PersonalAccess.Refused no
                ? refused(client, no.outcome(), no.detail())
                : refused(client, Outcome.AUTHENTICATION_FAILED, NO_NAME);
    }

    private Answer tooSoon(Client client, Instant until) {
        trace(client, Outcome.AUTHENTICATION_FAILED, "not looked at before " + until);
        return new TooSoon();
    }

    private Answer refused(Client client, Outcome outcome, String why) {
        trace(client, outcome, why);
        return new Refused();
    }

    private void trace(Client client, Outcome outcome, String why) {
        trace.record(TraceEntry.of(client.door().refusal)
                .outcome(outcome)
                .with(Field.ACTOR, client.name())
                .with(Field.PEER, client.address())
                .with(Field.DETAIL, why));
    }

    private static boolean isService(EntryKey key) {
        return key.branch().filter(Branch.SERVICES::equals).isPresent();
    }

    private static Optional<MailAddress> mailbox(EntryKey key) {
        return key.branch()
                .filter(Branch.MAILBOXES::equals)
                .flatMap(branch -> key.name())
                .flatMap(Logins::address);
    }

    private static Optional<MailAddress> address(String name) {
        try {
            return Optional.of(MailAddress.parse(name));
        } catch (InvalidIdentifierException e) {
            // a mailbox that cannot exist has no password
            return Optional.empty();
        }
    }
}
