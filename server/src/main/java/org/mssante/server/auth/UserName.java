package org.mssante.server.auth;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mssante.core.id.MailAddress;
import org.mssante.server.mailbox.JamesNames;

/**
 * What a client gives as its user's name: an address, or {@code mailbox*person} where it cannot send an authorization identity.
 *
 * @param mailbox the one before the asterisk
 */
record UserName(MailAddress person, Optional<MailAddress> mailbox) {
    /** A domain holds no asterisk, so the first one behind the first domain separates. */
    private static final Pattern MAILBOX_AND_PERSON = Pattern.compile("([^@]+@[^@*]+)\\*(.+)");

    /** Empty where a name is no mail address. */
    static Optional<UserName> parse(String name) {
        Matcher both = MAILBOX_AND_PERSON.matcher(name);
        if (!both.matches()) {
            return JamesNames.parse(name).map(person -> new UserName(person, Optional.empty()));
        }
        Optional<MailAddress> mailbox = JamesNames.parse(both.group(1));
        return mailbox.flatMap(there -> JamesNames.parse(both.group(2)).map(person -> new UserName(person, mailbox)));
    }

    /** As an authorization identity: the mailbox to act for, which an address alone names, too. */
    MailAddress wanted() {
        return mailbox.orElse(person);
    }

    /** As an authorization identity: who says he is acting; an address alone does not say it. */
    Optional<MailAddress> acting() {
        return mailbox.map(any -> person);
    }
}
