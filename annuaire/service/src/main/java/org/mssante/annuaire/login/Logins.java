package org.mssante.annuaire.login;

import java.time.Instant;
import java.util.Optional;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.registry.Passwords;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

/** Log-ins by password of services and of the holders of PER mailboxes. Thread-safe. */
public final class Logins {
    private final ServiceSecrets services;
    private final Passwords passwords;
    private final Lockout lockout;
    private final Trace trace;

    public Logins(ServiceSecrets services, Passwords passwords, Lockout lockout, Trace trace) {
        this.services = services;
        this.passwords = passwords;
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

    /**
     * Who logs in.
     *
     * @param key of his entry; empty where no entry can have that name
     * @param name as he wrote it, for the trace
     * @param address the client comes from
     */
    public Answer authenticate(Optional<EntryKey> key, String name, String password, String address) {
        String account = key.map(EntryKey::term).orElse("");
        boolean guessable = key.filter(Logins::isService).isEmpty();
        Optional<Instant> refusedUntil =
                guessable ? lockout.refusedUntil(account, address) : lockout.refusedUntil(address);
        if (refusedUntil.isPresent()) {
            refused(name, address, "not looked at before " + refusedUntil.get());
            return new TooSoon();
        }
        Optional<Identity> identity = key.flatMap(known -> identify(known, password));
        if (identity.isPresent()) {
            lockout.succeeded(account);
        } else {
            if (guessable) {
                lockout.failed(account, address);
            } else {
                lockout.failed(address);
            }
            refused(name, address, "wrong name or password");
        }
        return identity.<Answer>map(Granted::new).orElseGet(Refused::new);
    }

    /** Whether one who has logged in may still look: a mailbox is suspended or closed while its connections live. */
    public boolean holds(Identity identity) {
        return !(identity instanceof Identity.Professional professional) || passwords.mayLogIn(professional.address());
    }

    /** The secrets of services are random (ADR 3): nobody guesses them, and nobody keeps a service out by failing. */
    private static boolean isService(EntryKey key) {
        return key.branch().filter(Branch.SERVICES::equals).isPresent();
    }

    private Optional<Identity> identify(EntryKey key, String password) {
        if (key.branch().isEmpty() || key.name().isEmpty()) {
            return Optional.empty();
        }
        String name = key.name().get();
        if (key.branch().get() == Branch.SERVICES) {
            return services.matches(name, password) ? Optional.of(new Identity.Service(name)) : Optional.empty();
        }
        if (key.branch().get() != Branch.MAILBOXES) {
            return Optional.empty();
        }
        return address(name)
                .filter(address -> passwords.check(address, password))
                .map(Identity.Professional::new);
    }

    private void refused(String name, String address, String why) {
        trace.record(TraceEntry.of(Event.DIRECTORY_BIND_REFUSED)
                .outcome(Outcome.AUTHENTICATION_FAILED)
                .with(Field.ACTOR, name)
                .with(Field.PEER, address)
                .with(Field.DETAIL, why));
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
