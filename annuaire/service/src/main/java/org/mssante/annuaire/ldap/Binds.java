package org.mssante.annuaire.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import java.util.Optional;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.login.Identity;
import org.mssante.annuaire.login.Logins;

/** Simple binds: log-ins by the name of an entry. Thread-safe. */
final class Binds {
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

    /** Whether one who has logged in may still look: a mailbox is suspended or closed while its connections live. */
    boolean holds(Identity identity) {
        return logins.holds(identity);
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
