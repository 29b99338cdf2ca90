package org.mssante.annuaire.login;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.index.Audience;
import org.mssante.core.id.MailAddress;

/** Who is at the other end of a connection. */
public sealed interface Identity {
    /** What he may read; empty for nothing. */
    Optional<Audience> reads();

    /** His entry; empty text for nobody. */
    String dn();

    /** Nobody has logged in. */
    record Anonymous() implements Identity {
        @Override
        public Optional<Audience> reads() {
            return Optional.empty();
        }

        @Override
        public String dn() {
            return "";
        }
    }

    /**
     * One of our own services.
     *
     * @param certificate it is known by; empty where it is by its secret
     */
    record Service(String name, Optional<X509Certificate> certificate) implements Identity {
        /** Known by its secret. */
        public Service(String name) {
            this(name, Optional.empty());
        }

        @Override
        public Optional<Audience> reads() {
            return Optional.of(Audience.SERVICES);
        }

        @Override
        public String dn() {
            return LdapNames.serviceDn(name);
        }
    }

    /** The software of a structure, known by the certificate that opens one of its mailboxes (ADR 31): it sees what people see. */
    record Software(MailAddress address, X509Certificate certificate) implements Identity {
        @Override
        public Optional<Audience> reads() {
            return Optional.of(Audience.PROFESSIONALS);
        }

        @Override
        public String dn() {
            return LdapNames.mailboxDn(address);
        }
    }

    /**
     * The holder of a PER mailbox.
     *
     * @param credentialsVersion what his passwords stood at when he was let in
     * @param proven whether he is known by more than a password
     * @param appPassword the name of the app password that let him in
     */
    record Professional(MailAddress address, long credentialsVersion, boolean proven, Optional<String> appPassword)
            implements Identity {
        @Override
        public Optional<Audience> reads() {
            return Optional.of(Audience.PROFESSIONALS);
        }

        @Override
        public String dn() {
            return LdapNames.mailboxDn(address);
        }
    }
}
