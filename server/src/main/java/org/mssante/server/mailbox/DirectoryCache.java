package org.mssante.server.mailbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.mssante.annuaire.api.Directory;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.PasswordVerdict;
import org.mssante.annuaire.api.Professional;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;

/**
 * The annuaire behind a bounded memory of its answers: fresh ones spare a question, older ones stand in while it is
 * down (promise 2: mail flows on the last valid data). Passwords are never remembered. Thread-safe; two threads may ask
 * the same question at once, and both answers are good.
 */
public final class DirectoryCache implements Directory {
    private final Directory directory;
    private final Clock clock;
    private final CacheLimits limits;
    private final Memory<MailAddress, Mailbox> mailboxes;
    private final Memory<String, List<Mailbox>> certificates;
    private final Memory<Rpps, List<Mailbox>> holders;
    private final Memory<Rpps, Professional> professionals;

    public DirectoryCache(Directory directory, CacheLimits limits, Clock clock) {
        this.directory = directory;
        this.limits = limits;
        this.clock = clock;
        this.mailboxes = new Memory<>(limits.entries());
        this.certificates = new Memory<>(limits.entries());
        this.holders = new Memory<>(limits.entries());
        this.professionals = new Memory<>(limits.entries());
    }

    private DirectoryCache(DirectoryCache shared, CacheLimits limits) {
        this.directory = shared.directory;
        this.limits = limits;
        this.clock = shared.clock;
        this.mailboxes = shared.mailboxes;
        this.certificates = shared.certificates;
        this.holders = shared.holders;
        this.professionals = shared.professionals;
    }

    /** The same memory for somebody who takes no fresh answer from it: it asks, remembers, and stands in when it must. */
    public Directory askedAnew() {
        return new DirectoryCache(this, new CacheLimits(Duration.ZERO, limits.stale(), limits.entries()));
    }

    /** The same memory for somebody to whom nothing counts that is remembered, whatever the reason: he fills it, and never reads it. */
    public Directory neverFromMemory() {
        return new DirectoryCache(this, new CacheLimits(Duration.ZERO, Duration.ZERO, limits.entries()));
    }

    /**
     * Only a mailbox that is active spares a question: a refusal is final for whoever is refused, and must not be that of a state, or
     * of an absence, which is over.
     */
    @Override
    public Lookup<Mailbox> mailbox(MailAddress address) {
        return answer(mailboxes, address, DirectoryCache::isActive, () -> directory.mailbox(address));
    }

    @Override
    public Lookup<List<Mailbox>> mailboxesOfCertificate(String subject) {
        return answer(certificates, subject, known -> true, () -> directory.mailboxesOfCertificate(subject));
    }

    @Override
    public Lookup<List<Mailbox>> mailboxesOfHolder(Rpps holder) {
        return answer(holders, holder, known -> true, () -> directory.mailboxesOfHolder(holder));
    }

    @Override
    public Lookup<Professional> professional(Rpps rpps) {
        return answer(professionals, rpps, known -> true, () -> directory.professional(rpps));
    }

    @Override
    public PasswordVerdict checkPassword(MailAddress person, String password) {
        return directory.checkPassword(person, password);
    }

    /** @param spares whether an answer, while it is fresh, spares the question */
    private <K, V> Lookup<V> answer(
            Memory<K, V> memory, K question, Predicate<Lookup<V>> spares, Supplier<Lookup<V>> ask) {
        Optional<Remembered<V>> known = memory.get(question);
        if (known.isPresent()
                && isYounger(known.get(), limits.fresh())
                && spares.test(known.get().answer())) {
            return known.get().answer();
        }
        Lookup<V> answer = ask.get();
        if (answer instanceof Lookup.Unavailable<V>) {
            return known.filter(old -> isYounger(old, limits.stale()))
                    .map(Remembered::answer)
                    .orElse(answer);
        }
        memory.put(question, new Remembered<>(answer, clock.instant()));
        return answer;
    }

    private static boolean isActive(Lookup<Mailbox> answer) {
        return answer instanceof Lookup.Found<Mailbox> found && found.value().isActive();
    }

    private boolean isYounger(Remembered<?> remembered, Duration age) {
        return clock.instant().isBefore(remembered.at().plus(age));
    }

    private record Remembered<V>(Lookup<V> answer, Instant at) {}

    /** The most recently used answers. */
    private static final class Memory<K, V> {
        private final Map<K, Remembered<V>> answers;

        Memory(int entries) {
            this.answers = new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<K, Remembered<V>> eldest) {
                    return size() > entries;
                }
            };
        }

        synchronized Optional<Remembered<V>> get(K question) {
            return Optional.ofNullable(answers.get(question));
        }

        synchronized void put(K question, Remembered<V> answer) {
            answers.put(question, answer);
        }
    }
}
