package org.mssante.annuaire.registry;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.MailDomain;
import org.mssante.core.outcome.Outcome;

/**
 * What a mailbox keeps beyond its form to be created here, for its address is never given again; one that was created before
 * stays as it is. Immutable.
 */
public final class Admission {
    /** What log-in ({@code mailbox*person}), lists of addresses and file names take for a name, whoever reads them. */
    private static final Pattern LOCAL = Pattern.compile("[a-z0-9]++([._'-][a-z0-9]++)*+");

    private final Set<MailDomain> served;

    /** @param served the domains whose mailboxes live here */
    public Admission(Set<MailDomain> served) {
        this.served = Set.copyOf(served);
    }

    /**
     * The address of a mailbox to be.
     *
     * @throws InvalidRegistrationException where it is none, or has characters that no mailbox is given
     */
    public static MailAddress address(String text) {
        int at = text.lastIndexOf('@');
        if (at >= 0) {
            checkLocal(text.substring(0, at).toLowerCase(Locale.ROOT));
        }
        try {
            return MailAddress.parse(text);
        } catch (InvalidIdentifierException e) {
            throw new InvalidRegistrationException(Outcome.REQUEST_WRONG, e.getMessage(), e);
        }
    }

    /** @throws InvalidRegistrationException that says what keeps it from being created */
    void check(Registration registration) {
        if (!served.contains(registration.address().domain())) {
            throw new InvalidRegistrationException(
                    Outcome.DOMAIN_NOT_SERVED,
                    "the domain of the address is none of those this server serves (mail.domains: " + names() + ")");
        }
        checkLocal(registration.address().local());
        TypeRule.checkGiven(Optional.empty(), registration);
    }

    private static void checkLocal(String local) {
        if (!LOCAL.matcher(local).matches()) {
            throw new InvalidRegistrationException(
                    Outcome.ADDRESS_NOT_GIVEN,
                    "before its @ the address of a mailbox has letters from a to z, digits, and between them . - _ or '");
        }
    }

    private String names() {
        return served.stream().map(MailDomain::toString).sorted().collect(Collectors.joining(", "));
    }
}
