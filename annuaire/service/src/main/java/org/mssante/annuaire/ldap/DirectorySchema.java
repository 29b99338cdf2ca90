package org.mssante.annuaire.ldap;

import com.unboundid.ldap.sdk.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.index.Attribute;

/**
 * The published schema (RFC 4512 §4.2): our own attribute types and object classes with the standard ones they stand
 * on.
 */
final class DirectorySchema {
    static final String DN = "cn=schema";
    /** The attribute by which each entry says where its schema is (RFC 4512 §4.2). */
    static final String SUBENTRY = "subschemaSubentry";

    /** What a client must ask for by name (RFC 4512 §4.2). */
    static final Set<String> OPERATIONAL = Set.of("attributeTypes", "objectClasses", "matchingRules", "ldapSyntaxes");

    private DirectorySchema() {}

    static Entry entry() {
        Entry entry = new Entry(DN);
        entry.addAttribute("objectClass", "top", "subschema");
        entry.addAttribute("cn", "schema");
        entry.addAttribute(
                "attributeTypes",
                Arrays.stream(Attribute.values())
                        .map(AttributeTypes::definition)
                        .toList());
        entry.addAttribute("objectClasses", objectClasses());
        entry.addAttribute("matchingRules", MatchingRules.definitions());
        entry.addAttribute("ldapSyntaxes", MatchingRules.syntaxes());
        return entry;
    }

    private static List<String> objectClasses() {
        return List.of(
                "( 2.5.6.0 NAME 'top' ABSTRACT MUST objectClass )",
                "( 0.9.2342.19200300.100.4.13 NAME 'domain' SUP top STRUCTURAL MUST dc )",
                "( 2.5.6.5 NAME 'organizationalUnit' SUP top STRUCTURAL MUST ou )",
                "( 2.5.6.4 NAME 'organization' SUP top STRUCTURAL MUST o MAY ( description $ l $ postalCode $ street"
                        + " $ telephoneNumber ) )",
                "( 0.9.2342.19200300.100.4.5 NAME 'account' SUP top STRUCTURAL MUST uid )",
                "( 2.5.6.6 NAME 'person' SUP top STRUCTURAL MUST ( sn $ cn ) MAY ( description $ telephoneNumber ) )",
                "( 2.5.6.7 NAME 'organizationalPerson' SUP person STRUCTURAL MAY ( title $ ou $ street $ postalCode $ l ) )",
                "( 2.16.840.1.113730.3.2.2 NAME 'inetOrgPerson' SUP organizationalPerson STRUCTURAL MAY ( displayName $"
                        + " givenName $ mail $ o $ preferredLanguage $ uid ) )",
                auxiliary(
                        1,
                        LdapNames.MAILBOX_CLASS,
                        Attribute.MAILBOX_TYPE,
                        Attribute.PREFERRED,
                        Attribute.PERSON_ID,
                        Attribute.PERSON_ID_TYPE,
                        Attribute.STRUCTURE_ID,
                        Attribute.STRUCTURE_ID_TYPE,
                        Attribute.PROFESSION,
                        Attribute.PROFESSION_LABEL,
                        Attribute.SPECIALITY),
                auxiliary(
                        2,
                        LdapNames.MANAGED_MAILBOX_CLASS,
                        Attribute.STATE,
                        Attribute.MEMBER,
                        Attribute.CERTIFICATE_SUBJECT,
                        Attribute.CERTIFICATE_STRUCTURE,
                        Attribute.SIGNING_POLICY,
                        Attribute.DMP_FILING,
                        Attribute.UNLISTED,
                        Attribute.RESPONSIBLE,
                        Attribute.ABSENCE,
                        Attribute.CREDENTIALS_VERSION),
                auxiliary(
                        3,
                        LdapNames.PROFESSIONAL_CLASS,
                        Attribute.PERSON_ID,
                        Attribute.PERSON_ID_TYPE,
                        Attribute.STRUCTURE_ID,
                        Attribute.STRUCTURE_ID_TYPE,
                        Attribute.PROFESSION,
                        Attribute.PROFESSION_LABEL,
                        Attribute.SPECIALITY,
                        Attribute.SKILL,
                        Attribute.DIPLOMA,
                        Attribute.ACTIVE),
                auxiliary(
                        4,
                        LdapNames.STRUCTURE_CLASS,
                        Attribute.UID,
                        Attribute.STRUCTURE_ID,
                        Attribute.STRUCTURE_ID_TYPE,
                        Attribute.STRUCTURE_NUMBER,
                        Attribute.SECTOR,
                        Attribute.LEGAL_ENTITY));
    }

    private static String auxiliary(int number, String name, Attribute... attributes) {
        return "( " + AttributeTypes.ARC + ".2." + number + " NAME '" + name + "' SUP top AUXILIARY MAY ( "
                + Stream.of(attributes).map(Attribute::ldapName).collect(Collectors.joining(" $ ")) + " ) )";
    }
}
