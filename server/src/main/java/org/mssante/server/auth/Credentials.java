package org.mssante.server.auth;

import java.util.Optional;
import org.mssante.core.id.MailAddress;

/**
 * What a client sends to log in with a password.
 *
 * @param person whose password it is
 * @param mailbox the mailbox he wants to act for, where it is not his own
 */
public record Credentials(MailAddress person, Optional<MailAddress> mailbox, String password) {
    private static final int PARTS = 3;
    private static final int PARTS_WITHOUT_AUTHORIZATION = 2;

    /**
     * Reads the message of SASL PLAIN: {@code authzid NUL authcid NUL passwd} in UTF-8 (RFC 4616 §2). Some clients leave
     * the first NUL out with the identity before it; others send the user name twice, which names one identity.
     *
     * @return empty where it has another form
     */
    public static Optional<Credentials> ofPlain(byte[] message) {
        return Utf8.text(message).flatMap(Credentials::ofPlainText);
    }

    /**
     * Reads a user name and a password. {@code mailbox*person} names both for clients that cannot send an authorization
     * identity.
     *
     * @return empty where a name is no mail address
     */
    public static Optional<Credentials> of(String userName, String password) {
        return UserName.parse(userName).map(name -> new Credentials(name.person(), name.mailbox(), password));
    }

    public LoginNames names() {
        return new LoginNames(Optional.of(person), mailbox);
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return "Credentials[" + person
                + mailbox.map(address -> " for " + address).orElse("") + "]";
    }

    private static Optional<Credentials> ofPlainText(String message) {
        String[] parts = message.split("\0", -1);
        if (parts.length == PARTS_WITHOUT_AUTHORIZATION) {
            return of(parts[0], parts[1]);
        }
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        Optional<Credentials> credentials = of(parts[1], parts[2]);
        if (parts[0].isEmpty() || credentials.isEmpty()) {
            return credentials;
        }
        Credentials named = credentials.get();
        return UserName.parse(parts[0])
                .filter(authorization ->
                        authorization.acting().map(named.person()::equals).orElse(true))
                .map(UserName::wanted)
                .filter(wanted -> named.mailbox().map(wanted::equals).orElse(true))
                .map(wanted -> new Credentials(named.person(), Optional.of(wanted), named.password()));
    }
}
