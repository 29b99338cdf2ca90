package org.mssante.server.auth;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.mssante.core.id.MailAddress;
import org.mssante.core.lockout.Lockout;
import org.mssante.core.outcome.Outcome;

/**
 * Failed log-ins of each peer address and each name, over all connections: who guesses on is not even asked for a
 * password (see {@link Lockout}). Thread-safe.
 */
public final class FailedLogins {
    private final Lockout guesses;
    private final Lockout proofs;

    /**
     * @param guesses of passwords
     * @param proofs that failed: a token that has expired is no guess, and keeps nobody behind the same address from his password;
     *     one that holds, of somebody who could have logged in with it, has not failed, whatever else he asked for
     */
    public FailedLogins(Lockout guesses, Lockout proofs) {
        this.guesses = guesses;
        this.proofs = proofs;
    }

    /**
     * One log-in of a peer, on whatever port. May wait for others that are looked at just now.
     *
     * @param person whose password is tried; empty where there is nothing to guess: a token, a certificate, no name at all
     * @param ask decides; not asked where too many have failed
     */
    public LoginDecision judge(InetAddress peer, Optional<MailAddress> person, Supplier<LoginDecision> ask) {
        String address = peer.getHostAddress();
        Optional<String> account = person.map(MailAddress::toString);
        Lockout lockout = person.isPresent() ? guesses : proofs;
        if (lockout.begin(account, address).isPresent()) {
            return new LoginDecision.RetryLater(
                    Outcome.LOGINS_TOO_MANY,
                    person.map(name -> "too many log-ins of " + name + " or of this address have failed")
                            .orElse("too many log-ins of this address by token or certificate have failed"));
        }
        try {
            LoginDecision decision = ask.get();
            if (decision instanceof LoginDecision.Refused refused && (person.isPresent() || !refused.proven())) {
                lockout.failed(refused.proven() ? Optional.empty() : account, address);
            } else if (decision instanceof LoginDecision.Granted) {
                account.ifPresent(lockout::succeeded);
            }
            return decision;
        } finally {
            lockout.end(account, address);
        }
    }
}
