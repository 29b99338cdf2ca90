package org.mssante.annuaire.index;

import java.util.Arrays;
import java.util.Optional;
import org.mssante.annuaire.api.LdapNames;

/** The branches of the tree; all entries of one are named by the same attribute. */
public enum Branch {
    MAILBOXES(LdapNames.MAILBOXES, Attribute.MAIL),
    PROFESSIONALS(LdapNames.PROFESSIONALS, Attribute.UID),
    STRUCTURES(LdapNames.STRUCTURES, Attribute.UID),
    SERVICES(LdapNames.SERVICES, Attribute.UID);

    private final String unit;
    private final Attribute naming;

    Branch(String unit, Attribute naming) {
        this.unit = unit;
        this.naming = naming;
    }

    /** The value of {@code ou}. */
    public String unit() {
        return unit;
    }

    /** The attribute of the relative distinguished name of its entries. */
    public Attribute naming() {
        return naming;
    }

    public static Optional<Branch> ofUnit(String unit) {
        return Arrays.stream(values())
                .filter(branch -> branch.unit.equalsIgnoreCase(unit))
                .findFirst();
    }
}
