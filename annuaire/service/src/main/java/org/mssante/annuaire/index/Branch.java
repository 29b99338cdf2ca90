package org.mssante.annuaire.index;

import java.util.Arrays;
import java.util.Optional;
import org.mssante.annuaire.api.LdapNames;

/** The branches of the tree; all entries of one are named by the same attribute. */
public enum Branch {
    MAILBOXES(LdapNames.MAILBOXES, Attribute.MAIL, Audience.PROFESSIONALS),
    PROFESSIONALS(LdapNames.PROFESSIONALS, Attribute.UID, Audience.PROFESSIONALS),
    STRUCTURES(LdapNames.STRUCTURES, Attribute.UID, Audience.PROFESSIONALS),
    SERVICES(LdapNames.SERVICES, Attribute.UID, Audience.SERVICES);

    private final String unit;
    private final Attribute naming;
    private final Audience audience;

    Branch(String unit, Attribute naming, Audience audience) {
        this.unit = unit;
        this.naming = naming;
        this.audience = audience;
    }

    /** The value of {@code ou}. */
    public String unit() {
        return unit;
    }

    /** The attribute of the relative distinguished name of its entries. */
    public Attribute naming() {
        return naming;
    }

    /** Who may know of the branch itself; each of its entries has an audience of its own. */
    public Audience audience() {
        return audience;
    }

    public static Optional<Branch> ofUnit(String unit) {
        return Arrays.stream(values())
                .filter(branch -> branch.unit.equalsIgnoreCase(unit))
                .findFirst();
    }
}
