package org.mssante.annuaire.api;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.StructureId;

/** The structures an organisation certificate names: each OU of its subject that is a Struct_IdNat (mssante.md §3.4). */
public final class NamedStructures {
    private NamedStructures() {}

    /** Mostly one; none where the subject has no such OU. */
    public static Set<StructureId> in(X500Principal subject) {
        Set<StructureId> named = new LinkedHashSet<>();
        try {
            for (RDN rdn : new DN(subject.getName(X500Principal.RFC2253)).getRDNs()) {
                for (int i = 0; i < rdn.getAttributeNames().length; i++) {
                    if (rdn.getAttributeNames()[i].equalsIgnoreCase("OU")) {
                        add(named, rdn.getAttributeValues()[i]);
                    }
                }
            }
        } catch (LDAPException e) {
            throw new IllegalArgumentException("a subject has the form of RFC 2253", e);
        }
        return named;
    }

    private static void add(Set<StructureId> named, String unit) {
        try {
            named.add(StructureId.ofNationalId(unit));
        } catch (InvalidIdentifierException e) {
            // the name of a department, say: an OU may hold anything
            return;
        }
    }
}
