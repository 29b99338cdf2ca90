package org.mssante.annuaire.index;

import java.util.List;
import org.mssante.annuaire.api.LdapNames;

/** The object classes of the kinds of entries. */
public final class ObjectClasses {
    private static final String TOP = "top";
    private static final String PERSON = "person";
    private static final String ORGANIZATIONAL_PERSON = "organizationalPerson";
    private static final String INET_ORG_PERSON = "inetOrgPerson";

    public static final List<String> PROFESSIONAL =
            List.of(TOP, PERSON, ORGANIZATIONAL_PERSON, INET_ORG_PERSON, LdapNames.PROFESSIONAL_CLASS);
    public static final List<String> STRUCTURE = List.of(TOP, "organization", LdapNames.STRUCTURE_CLASS);

    /** They let address books show a mailbox of any type (annuaire.md §3.4). */
    public static final List<String> MAILBOX =
            List.of(TOP, PERSON, ORGANIZATIONAL_PERSON, INET_ORG_PERSON, LdapNames.MAILBOX_CLASS);

    public static final List<String> OWN_MAILBOX = List.of(
            TOP,
            PERSON,
            ORGANIZATIONAL_PERSON,
            INET_ORG_PERSON,
            LdapNames.MAILBOX_CLASS,
            LdapNames.MANAGED_MAILBOX_CLASS);
    public static final List<String> BASE = List.of(TOP, "domain");
    public static final List<String> BRANCH = List.of(TOP, "organizationalUnit");
    public static final List<String> SERVICE = List.of(TOP, "account");

    /** By the number that stands for them in a packed entry and, by class, in {@link EntryTraits}: none is moved or taken away. */
    static final List<List<String>> ALL = List.of(PROFESSIONAL, STRUCTURE, MAILBOX, OWN_MAILBOX, BASE, BRANCH, SERVICE);

    private ObjectClasses() {}
}
