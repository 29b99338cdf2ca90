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
import org.mssante.server.mailbox.MailboxDecision;
import org.mssante.server.mailbox.Mailboxes;
import org.mssante.server.trust.CertificateUse;
import org.mssante.server.trust.CertificateVerdict;
import org.mssante.server.trust.CertificateVerifier;

/**
 * Decides who may log in, and as whom (mssante.md §5.3): a person by password, a software (APP) by client certificate
 * alone, an organisation's or practice's mailbox (ORG, CAB) only by one of its members under his own name. Thread-safe.
 */
public final class Doorkeeper {
    private final Directory directory;
    private final Mailboxes mailboxes;
    private final CertificateVerifier certificates;
    private final Clock clock;

    public Doorkeeper(Directory directory, Mailboxes mailboxes, CertificateVerifier certificates, Clock clock) {
        this.directory = directory;
        this.mailboxes = mailboxes;
        this.certificates = certificates;
        this.clock = clock;
    }

    /**
     * Log-in by password.
     *
     * @param right what a member must be allowed to do in the mailbox he wants to act for
     */
    public LoginDecision byPassword(Credentials credentials, MemberRight right) {
        MailAddress person = credentials.person();
        // the password first: whoever does not know it must not learn who is a member of what
        PasswordVerdict verdict = directory.checkPassword(person, credentials.password());
        return switch (verdict) {
            case ACCEPTED ->
                credentials
                        .mailbox()
                        .map(mailbox -> entering(person, mailbox, right))
                        .orElseGet(() -> entering(person, person, right));
            case REFUSED -> refused("wrong password, or no mailbox of a person: " + person);
            case UNAVAILABLE ->
                new LoginDecision.RetryLater(
                        Outcome.DIRECTORY_UNAVAILABLE, "the directory could not check the password of " + person);
        };
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
                    : refused(bad.outcome().code() + ", " + bad.detail());
        }
        String subject = chain.get(0).getSubjectX500Principal().getName(X500Principal.RFC2253);
        Lookup<List<Mailbox>> found = directory.mailboxesOfCertificate(subject);
        if (found instanceof Lookup.Unavailable<List<Mailbox>> unavailable) {
            return new LoginDecision.RetryLater(Outcome.DIRECTORY_UNAVAILABLE, unavailable.why());
        }
        List<MailAddress> open = found.found().orElse(List.of()).stream()
                .filter(mailbox -> mailbox.type() == MailboxType.APP && mailbox.isActive())
                .map(Mailbox::address)
                .filter(address -> wanted.map(address::equals).orElse(true))
                .toList();
        return open.size() == 1
                ? new LoginDecision.Granted(Login.byCertificate(open.get(0), chain.get(0)))
                : refused(open.size() + " active mailboxes log in with the certificate " + subject);
    }

    /**
     * What has become of the certificate behind a log-in since (mssante.md §4.1: each message, not once a session).
     *
     * @return why it counts no longer; empty where it does, or where there is none
     */
    public Optional<CertificateVerdict.NotValid> objectionTo(Login login) {
        return login.certificate()
                .map(certificate -> certificates.verify(certificate, CertificateUse.TLS_CLIENT, clock.instant()))
                .filter(CertificateVerdict.NotValid.class::isInstance)
                .map(CertificateVerdict.NotValid.class::cast);
    }

    private LoginDecision entering(MailAddress person, MailAddress mailbox, MemberRight right) {
        MailboxDecision decision = mailboxes.use(person, mailbox, right);
        if (decision instanceof MailboxDecision.Refused no) {
            return refused(no.outcome().code() + ", " + no.detail());
        }
        if (decision instanceof MailboxDecision.RetryLater later) {
            return new LoginDecision.RetryLater(later.outcome(), later.detail());
        }
        return new LoginDecision.Granted(new Login(person, mailbox));
    }

    private static LoginDecision refused(String detail) {
        return new LoginDecision.Refused(Outcome.AUTHENTICATION_FAILED, detail);
    }
}
