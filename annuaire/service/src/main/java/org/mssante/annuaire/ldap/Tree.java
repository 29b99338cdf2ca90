package org.mssante.annuaire.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.Optional;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.EntryKey;

/** Names of the LDAP tree to keys of the index and back. */
final class Tree {
    private static final DN BASE = parsed(LdapNames.BASE);

    private Tree() {}

    /**
     * The key a name stands for; empty where the tree has no such place.
     *
     * @throws LDAPException where it is no distinguished name
     */
    static Optional<EntryKey> key(String name) throws LDAPException {
        DN dn = new DN(name);
        if (dn.equals(BASE)) {
            return Optional.of(EntryKey.base());
        }
        if (!dn.isDescendantOf(BASE, false)) {
            return Optional.empty();
        }
        RDN[] parts = dn.getRDNs();
        int depth = parts.length - BASE.getRDNs().length;
        Optional<Branch> branch = value(parts[depth - 1], "ou").flatMap(Branch::ofUnit);
        if (branch.isEmpty() || depth > 2) {
            return Optional.empty();
        }
        return depth == 1
                ? branch.map(EntryKey::of)
                : value(parts[0], branch.get().naming().ldapName()).map(value -> EntryKey.of(branch.get(), value));
    }

    static String dn(EntryKey key) {
        if (key.branch().isEmpty()) {
            return LdapNames.BASE;
        }
        String branchDn = LdapNames.branchDn(key.branch().get().unit());
        return key.name()
                .map(name -> new RDN(key.branch().get().naming().ldapName(), name) + "," + branchDn)
                .orElse(branchDn);
    }

    private static Optional<String> value(RDN rdn, String attribute) {
        return rdn.isMultiValued() || !rdn.getAttributeNames()[0].equalsIgnoreCase(attribute)
                ? Optional.empty()
                : Optional.of(rdn.getAttributeValues()[0]);
    }

    private static DN parsed(String dn) {
        try {
            return new DN(dn);
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }
}
