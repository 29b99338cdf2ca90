package org.mssante.annuaire.office;

import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.registry.AppPassword;
import org.mssante.annuaire.registry.AppPasswords;
import org.mssante.annuaire.registry.Enrolment;
import org.mssante.annuaire.registry.InvalidRegistrationException;
import org.mssante.annuaire.registry.SecondFactor;
import org.mssante.annuaire.registry.SecondFactors;
import org.mssante.core.id.MailAddress;

/**
 * Administers what a person logs in with beside his own password: the app passwords of his mail clients and his second factor. What
 * is withdrawn is withdrawn in the directory, too, when it is answered, or with its next take-over. Thread-safe.
 */
public final class CredentialOffice {
    private final MailboxOffice mailboxes;
    private final AppPasswords apps;
    private final SecondFactors factors;

    /** @param mailboxes knows who may do what */
    public CredentialOffice(MailboxOffice mailboxes, AppPasswords apps, SecondFactors factors) {
        this.mailboxes = mailboxes;
        this.apps = apps;
        this.factors = factors;
    }

    /** Those of a mailbox in the order they were made. */
    public Answer<List<AppPassword>> appPasswords(Author author, MailAddress address) {
        return Answer.of(() -> {
            mailboxes.permit(author, address, Deed.SEE_CREDENTIALS);
            return apps.list(address);
        });
    }

    /** Makes one; its text is told this once. */
    public Answer<String> makeAppPassword(Order order, String name) {
        return Answer.of(() -> apps.create(order.address(), name, mailboxes.warrant(order, Deed.CHANGE_CREDENTIALS)));
    }

    /** Removes one; those that are left are the answer. */
    public Answer<List<AppPassword>> removeAppPassword(Order order, String name) {
        return Answer.of(() -> {
            apps.remove(order.address(), name, mailboxes.warrant(order, Deed.WITHDRAW_APP_PASSWORD));
            mailboxes.show();
            return apps.list(order.address());
        });
    }

    /** Empty where there is none. */
    public Answer<Optional<SecondFactor>> secondFactor(Author author, MailAddress address) {
        return Answer.of(() -> {
            mailboxes.permit(author, address, Deed.SEE_CREDENTIALS);
            return factors.find(address);
        });
    }

    /** Gives out a secret for an authenticator app, this once; it counts once a first code has confirmed it. */
    public Answer<Enrolment> beginSecondFactor(Order order) {
        return Answer.of(() -> factors.enrol(order.address(), mailboxes.warrant(order, Deed.CHANGE_CREDENTIALS)));
    }

    public Answer<Optional<SecondFactor>> confirmSecondFactor(Order order, String code) {
        return Answer.of(() -> {
            if (!factors.confirm(order.address(), code, mailboxes.warrant(order, Deed.CHANGE_CREDENTIALS))) {
                throw new InvalidRegistrationException(
                        "the code is wrong: look at the clock of the device that shows it");
            }
            mailboxes.show();
            return factors.find(order.address());
        });
    }

    public Answer<Optional<SecondFactor>> takeOffSecondFactor(Order order) {
        return Answer.of(() -> {
            factors.takeOff(order.address(), mailboxes.warrant(order, Deed.CHANGE_CREDENTIALS));
            mailboxes.show();
            return factors.find(order.address());
        });
    }
}
