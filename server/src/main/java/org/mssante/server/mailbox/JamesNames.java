package org.mssante.server.mailbox;

import java.util.Optional;
import org.apache.james.core.Username;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;

/** James' names of people and addresses, and ours. */
public final class JamesNames {
    private JamesNames() {}

    /** The account of a mailbox: its whole address. */
    public static Username username(MailAddress address) {
        return Username.of(address.toString());
    }

    /** Empty where the account's name is no address of ours to begin with. */
    public static Optional<MailAddress> address(Username username) {
        return parse(username.asString());
    }

    /** Empty where the address has a form that no MSSanté mailbox has, e.g. a quoted local part. */
    public static Optional<MailAddress> address(org.apache.james.core.MailAddress address) {
        return parse(address.asString());
    }

    public static Optional<MailAddress> parse(String address) {
        try {
            return Optional.of(MailAddress.parse(address));
        } catch (InvalidIdentifierException e) {
            return Optional.empty();
        }
    }
}
