package org.mssante.annuaire.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.login.Identity;
import org.mssante.annuaire.login.Logins;

/** Binds: log-ins by the name of an entry and its password, or by the client's certificate. Thread-safe. */
final class Binds {
    /** RFC 4513 §5.2.1.8. */
    private static final String BY_DN = "dn:";

    private static final String BY_USER = "u:";

    private final Logins logins;

    Binds(Logins logins) {
        this.logins = logins;
    }

    /**
     * Who logs in with that name and password.
     *
     * @param address the client comes from
     */
    Logins.Answer authenticate(String dn, String password, String address) {
        return logins.authenticate(Logins.Door.LDAP, key(dn), dn, password, address);
    }

    /**
     * The same by SASL PLAIN, at the same price: the same checks, the same lock-out, the same trace.
     *
     * @return empty where he wants to be another than he is
     */
    Optional<Logins.Answer> authenticate(PlainCredentials credentials, String address) {
        String name = credentials.authentication();
        Optional<EntryKey> key = saslKey(name);
        boolean himself = credentials.authorization().isEmpty()
                || saslKey(credentials.authorization())
                        .filter(wanted -> key.filter(wanted::equals).isPresent())
                        .isPresent();
        return himself
                ? Optional.of(logins.authenticate(Logins.Door.LDAP, key, name, credentials.password(), address))
                : Optional.empty();
    }

    /**
     * Who the certificate of a client is.
     *
     * @param authorization who he wants to be, where his certificate is that of several; may be empty
     */
    Logins.Answer authenticate(X509Certificate certificate, String authorization, String address) {
        // what names no entry is nobody the certificate could be
        Optional<EntryKey> wanted = authorization.isEmpty()
                ? Optional.empty()
                : saslKey(authorization).or(() -> Optional.of(EntryKey.base()));
        return logins.authenticateCertificate(Logins.Door.LDAP, certificate, wanted, address);
    }

    /** Whether one who has logged in may still look: a mailbox is suspended or closed while its connections live. */
    boolean holds(Identity identity) {
        return logins.holds(identity);
    }

    /** The entry of a name of SASL: a distinguished name, or the address of a mailbox. */
    private static Optional<EntryKey> saslKey(String name) {
        if (startsWith(name, BY_DN)) {
            return key(name.substring(BY_DN.length()));
        }
        String user = startsWith(name, BY_USER) ? name.substring(BY_USER.length()) : name;
        return user.contains("=") && !startsWith(name, BY_USER)
                ? key(user)
                : Optional.of(EntryKey.of(Branch.MAILBOXES, user));
    }

    private static boolean startsWith(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private static Optional<EntryKey> key(String dn) {
        try {
            return Tree.key(dn);
        } catch (LDAPException e) {
            // a name that is none is a wrong name
            return Optional.empty();
        }
    }
}
