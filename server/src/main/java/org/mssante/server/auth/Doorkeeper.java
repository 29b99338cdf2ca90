package org.mssante.server.auth;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.mssante.annuaire.api.Directory;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.api.PasswordVerdict;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.auth.token.AccessTokens;
import org.mssante.server.auth.token.TokenVerdict;
import org.mssante.server.mailbox.MailboxDecision;
import org.mssante.server.mailbox.Mailboxes;
import org.mssante.server.trust.CertificateUse;
import org.mssante.server.trust.CertificateVerdict;
import org.mssante.server.trust.CertificateVerifier;

/**
 * Decides who may log in, and as whom (mssante.md §5.3): a person by access token or password, a software (APP) by client
 * certificate alone, an organisation's or practice's mailbox (ORG, CAB) by one of its members under his own name, an ORG whose
 * structure has given it a certificate by that, too. Thread-safe.
 */
public final class Doorkeeper {
    private final Directory directory;
    private final Mailboxes mailboxes;
    private final CertificateVerifier certificates;
    private final LoginRules rules;
    private final Clock clock;

    /** Why a log-in that was granted counts no longer. */
    public record Lapse(Outcome outcome, String detail) {}

    public Doorkeeper(
            Directory directory, Mailboxes mailboxes, CertificateVerifier certificates, LoginRules rules, Clock clock) {
        this.directory = directory;
        this.mailboxes = mailboxes;
        this.certificates = certificates;
        this.rules = rules;
        this.clock = clock;
    }

    /** Whether anybody logs in by password here. */
    public boolean takesPasswords() {
        return rules.passwords();
    }

    /** Whether anybody logs in by access token here. */
    public boolean takesTokens() {
        return rules.tokens().isPresent();
    }

    /**
     * Log-in by password.
     *
     * @param right what a member must be allowed to do in the mailbox he wants to act for
     */
    public LoginDecision byPassword(Credentials credentials, MemberRight right) {
        MailAddress person = credentials.person();
        if (!rules.passwords()) {
            return refused("log-in by password is switched off (login.passwords): " + person);
        }
        // before the password is checked: what is withdrawn in between counts as withdrawn
        Lookup<Mailbox> own = directory.mailbox(person);
        // the password before the rest: whoever does not know it must not learn who is a member of what
        PasswordVerdict verdict = directory.checkPassword(person, credentials.password());
        if (verdict instanceof PasswordVerdict.Accepted accepted) {
            return own.found()
                    .map(known -> proven(entering(
                            person,
                            credentials.mailbox().orElse(person),
                            right,
                            new Means.Password(known.credentialsVersion(), accepted.appPassword()))))
                    .orElseGet(() -> new LoginDecision.RetryLater(
                            Outcome.DIRECTORY_UNAVAILABLE, "the directory did not show the mailbox of " + person));
        }
        return switch ((PasswordVerdict.Denied) verdict) {
            case REFUSED -> refused(cause(person, own));
            case TOO_SOON ->
                new LoginDecision.RetryLater(
                        Outcome.LOGINS_TOO_MANY,
                        "too many log-ins of " + person + " have failed, the directory looks at none");
            case UNAVAILABLE ->
                new LoginDecision.RetryLater(
                        Outcome.DIRECTORY_UNAVAILABLE, "the directory could not check the password of " + person);
        };
    }

    /** Why the directory refused a password; it tells whoever asks with a password nothing, and this server what it sees. */
    private static String cause(MailAddress person, Lookup<Mailbox> own) {
        if (own instanceof Lookup.Unavailable<Mailbox>) {
            return "wrong password, or no mailbox of a person: " + person;
        }
        return own.found().map(Doorkeeper::cause).orElse("there is no mailbox " + person);
    }

    private static String cause(Mailbox own) {
        if (!own.isActive()) {
            return "the mailbox " + own.address() + " is " + own.state();
        }
        return own.type() == MailboxType.PER
                ? "wrong password, or one that opens no mail client: " + own.address()
                : "a mailbox of type " + own.type() + " has no password: " + own.address();
    }

    private static LoginDecision proven(LoginDecision decision) {
        return decision instanceof LoginDecision.Refused refused
                ? new LoginDecision.Refused(refused.outcome(), refused.detail(), true)
                : decision;
    }

    /**
     * Log-in by access token (SASL XOAUTH2, OAUTHBEARER): as a mailbox of the professional it names, or as one he is a member of.
     *
     * @param right what a member must be allowed to do in the mailbox he wants to act for
     */
    public LoginDecision byToken(BearerCredentials credentials, MemberRight right) {
        Optional<AccessTokens> tokens = rules.tokens();
        if (tokens.isEmpty()) {
            return refused("log-in by access token is not set up (connect.issuer)");
        }
        TokenVerdict verdict = tokens.get().judge(credentials.token());
        if (verdict instanceof TokenVerdict.NotValid bad) {
            return refused("the access token: " + bad.detail());
        }
        if (verdict instanceof TokenVerdict.Unknown unknown) {
            return new LoginDecision.RetryLater(Outcome.CONNECT_UNAVAILABLE, unknown.detail());
        }
        TokenVerdict.Valid valid = (TokenVerdict.Valid) verdict;
        Means.Token means = new Means.Token(
                valid.professional(), valid.client(), clock.instant().plus(rules.tokenSession()));
        return entering(means, credentials, right);
    }

    /** A professional may have several mailboxes, and be a member somewhere under one of them alone. */
    private LoginDecision entering(Means.Token means, BearerCredentials wanted, MemberRight right) {
        Lookup<List<Mailbox>> found = directory.mailboxesOfHolder(means.professional());
        if (found instanceof Lookup.Unavailable<List<Mailbox>> unavailable) {
            return new LoginDecision.RetryLater(Outcome.DIRECTORY_UNAVAILABLE, unavailable.why());
        }
        List<MailAddress> own = found.found().orElse(List.of()).stream()
                .filter(mailbox -> mailbox.type() == MailboxType.PER && mailbox.isActive())
                .map(Mailbox::address)
                .filter(address -> wanted.person().map(address::equals).orElse(true))
                .toList();
        Optional<MailAddress> mailbox =
                wanted.mailbox().or(() -> own.size() == 1 ? own.stream().findFirst() : Optional.empty());
        if (own.isEmpty() || mailbox.isEmpty()) {
            LoginDecision unclear = refused(own.size() + " active personal mailboxes of " + means.professional()
                    + wanted.person().map(person -> " by the name " + person).orElse("")
                    + mailbox.map(address -> "").orElse(", and none is asked for"));
            return own.isEmpty() ? unclear : proven(unclear);
        }
        if (own.contains(mailbox.get())) {
            return entering(mailbox.get(), mailbox.get(), right, means);
        }
        List<LoginDecision> decisions = own.stream()
                .map(person -> entering(person, mailbox.get(), right, means))
                .toList();
        return decisions.stream()
                .filter(LoginDecision.Granted.class::isInstance)
                .findFirst()
                .orElse(proven(decisions.get(0)));
    }

    /**
     * Log-in by client certificate (SASL EXTERNAL, RFC 4422 appendix A).
     *
     * @param chain what the client presented in the handshake, its own certificate first
     * @param wanted the authorization identity, where the client sent one
     */
    public LoginDecision byCertificate(List<X509Certificate> chain, Optional<MailAddress> wanted) {
        if (chain.isEmpty()) {
            return refused("no client certificate");
        }
        CertificateVerdict verdict = certificates.verify(chain.get(0), CertificateUse.TLS_CLIENT, clock.instant());
        if (verdict instanceof CertificateVerdict.NotValid bad) {
            return bad.outcome().verdict() == Outcome.Verdict.RETRY_LATER
                    ? new LoginDecision.RetryLater(bad.outcome(), bad.detail())
                    : new LoginDecision.Refused(bad.outcome(), bad.detail());
        }
        X500Principal principal = chain.get(0).getSubjectX500Principal();
        String subject = principal.getName(X500Principal.RFC2253);
        Lookup<List<Mailbox>> found = directory.mailboxesOfCertificate(subject);
        if (found instanceof Lookup.Unavailable<List<Mailbox>> unavailable) {
            return new LoginDecision.RetryLater(Outcome.DIRECTORY_UNAVAILABLE, unavailable.why());
        }
        // of the structure the certificate names: what else may have been registered with it keeps nobody out
        List<Mailbox> own = found.found().orElse(List.of()).stream()
                .filter(mailbox -> mailbox.isActive() && mailbox.opensTo(principal))
                .toList();
        List<Mailbox> open = own.stream()
                .filter(mailbox -> wanted.map(mailbox.address()::equals).orElse(true))
                .toList();
        return open.size() == 1
                ? new LoginDecision.Granted(
                        new Login(open.get(0).address(), open.get(0), new Means.Certificate(chain.get(0))))
                : new LoginDecision.Refused(
                        Outcome.CERTIFICATE_WITHOUT_MAILBOX,
                        open.size() + " active mailboxes of its structure log in with the certificate " + subject
                                + wanted.map(address -> " as " + address).orElse(""),
                        !own.isEmpty());
    }

    /**
     * What has become of a log-in since (mssante.md §4.1: each message, not once a session): its certificate may have been
     * revoked or taken from the mailbox, the time it was granted for may be over, a password of the person may have been withdrawn.
     *
     * @return empty where it still counts
     */
    public Optional<Lapse> lapseOf(Login login) {
        return lapseOf(login, mailboxes);
    }

    /**
     * The same for somebody who asks about many log-ins at once.
     *
     * @param present what the mailboxes are now
     */
    public Optional<Lapse> lapseOf(Login login, Mailboxes present) {
        if (login.means() instanceof Means.Token token) {
            return clock.instant().isBefore(token.until())
                    ? Optional.empty()
                    : Optional.of(new Lapse(Outcome.LOGIN_LAPSED, "the log-in by access token ended " + token.until()));
        }
        if (login.means() instanceof Means.Password password) {
            return isWithdrawn(login.person(), password.credentialsVersion(), present)
                    ? Optional.of(new Lapse(
                            Outcome.PASSWORD_WITHDRAWN,
                            "a password of " + login.person() + " was withdrawn since the log-in"))
                    : Optional.empty();
        }
        return lapseOf(((Means.Certificate) login.means()).presented(), login.mailbox(), present);
    }

    private Optional<Lapse> lapseOf(X509Certificate certificate, MailAddress mailbox, Mailboxes present) {
        if (isTaken(mailbox, certificate.getSubjectX500Principal(), present)) {
            return Optional.of(
                    new Lapse(Outcome.LOGIN_LAPSED, "the certificate of the log-in opens " + mailbox + " no longer"));
        }
        return certificates.verify(certificate, CertificateUse.TLS_CLIENT, clock.instant())
                        instanceof CertificateVerdict.NotValid bad
                ? Optional.of(new Lapse(bad.outcome(), "the certificate of the log-in: " + bad.detail()))
                : Optional.empty();
    }

    private static boolean isTaken(MailAddress mailbox, X500Principal subject, Mailboxes present) {
        return present.recipient(mailbox) instanceof MailboxDecision.Accepted now
                && !now.mailbox().opensTo(subject);
    }

    /** Not known of any one password: whoever's still counts logs in again. While the annuaire is silent nobody is turned out. */
    private static boolean isWithdrawn(MailAddress person, long then, Mailboxes present) {
        return present.recipient(person) instanceof MailboxDecision.Accepted now
                && now.mailbox().credentialsVersion() > then;
    }

    private LoginDecision entering(MailAddress person, MailAddress mailbox, MemberRight right, Means means) {
        MailboxDecision decision = mailboxes.use(person, mailbox, right);
        if (decision instanceof MailboxDecision.Refused no) {
            return refused(no.outcome().code() + ", " + no.detail());
        }
        if (decision instanceof MailboxDecision.RetryLater later) {
            return new LoginDecision.RetryLater(later.outcome(), later.detail());
        }
        return new LoginDecision.Granted(new Login(person, ((MailboxDecision.Accepted) decision).mailbox(), means));
    }

    private static LoginDecision refused(String detail) {
        return new LoginDecision.Refused(Outcome.AUTHENTICATION_FAILED, detail);
    }
}
