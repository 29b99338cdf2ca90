package org.mssante.launcher.mail;

import org.mssante.core.id.MailAddress;
import org.mssante.core.tls.KeyMaterial;

/** As whom a mail client logs in. */
public sealed interface MailLogin {
    /** The mailbox that is used. */
    MailAddress mailbox();

    /** A machine: the client certificate is the log-in (SASL EXTERNAL, RFC 4422 appendix A). */
    record ByCertificate(MailAddress mailbox, KeyMaterial identity) implements MailLogin {}

    /**
     * A person with his password, in his own mailbox or in one he is a member of; then the authorization identity of
     * SASL PLAIN is the mailbox and the authentication identity the person (RFC 4616).
     */
    record ByPassword(MailAddress mailbox, MailAddress person, String password) implements MailLogin {

        /** The one user name a mail client without a field for two identities can give: {@code mailbox*person}. */
        public String combinedName() {
            return mailbox.equals(person) ? mailbox.toString() : mailbox + "*" + person;
        }

        /** The same log-in as such a mail client makes it. */
        public ByCombinedName combined() {
            return new ByCombinedName(mailbox, combinedName(), password);
        }

        /** The password stays out of logs. */
        @Override
        public String toString() {
            return "ByPassword[" + combinedName() + "]";
        }
    }

    /** A person in a shared mailbox with one user name for both. */
    record ByCombinedName(MailAddress mailbox, String userName, String password) implements MailLogin {
        /** The password stays out of logs. */
        @Override
        public String toString() {
            return "ByCombinedName[" + userName + "]";
        }
    }
}
