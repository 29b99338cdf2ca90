package org.mssante.annuaire.ldap;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Matching;

/**
 * The attribute types as LDAP names and describes them. Those of the standards bear their registered identifiers and all their
 * names (RFC 4519, RFC 4524, RFC 2798); ours have identifiers derived from a UUID (ITU-T X.667), which needs no registration.
 */
final class AttributeTypes {
    /** Of our own identifiers. */
    static final String ARC = "2.25.266767000768449737502727789333532913264";

    private static final String SYNTAX = "1.3.6.1.4.1.1466.115.121.1.";
    private static final Map<Attribute, Registration> REGISTERED = registered();
    private static final Map<String, Attribute> BY_DESCRIPTION = byDescription();

    private AttributeTypes() {}

    /** @param others names beside the one that we use */
    private record Registration(String identifier, List<String> others) {}

    /** The attribute of that name, in whatever case, or of that identifier. */
    static Optional<Attribute> described(String description) {
        return Optional.ofNullable(BY_DESCRIPTION.get(description.toLowerCase(Locale.ROOT)));
    }

    /** The definition of a type (RFC 4512 §4.1.2). */
    static String definition(Attribute attribute) {
        List<String> names = names(attribute);
        String quoted = names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(" "));
        return "( " + identifier(attribute) + " NAME " + (names.size() == 1 ? quoted : "( " + quoted + " )") + " "
                + rules(attribute.matching()) + (isSingle(attribute) ? " SINGLE-VALUE" : "") + " )";
    }

    /** What an entry keeps one of is shown beside other values where it is a part of what an attribute shows. */
    private static boolean isSingle(Attribute attribute) {
        return attribute.single() && Shown.parts(attribute).size() == 1;
    }

    /** Whether the attribute's values are compared for equality by the rule of that name or identifier (RFC 4517 §4.2). */
    static boolean isEqualityRule(Attribute attribute, String rule) {
        return switch (attribute.matching()) {
            case TEXT, CODE -> rule.equalsIgnoreCase("caseIgnoreMatch") || rule.equals("2.5.13.2");
            case PHONE -> rule.equalsIgnoreCase("telephoneNumberMatch") || rule.equals("2.5.13.20");
            case OBJECT_IDENTIFIER -> rule.equalsIgnoreCase("objectIdentifierMatch") || rule.equals("2.5.13.0");
            case DISTINGUISHED_NAME -> rule.equalsIgnoreCase("distinguishedNameMatch") || rule.equals("2.5.13.1");
        };
    }

    private static String rules(Matching matching) {
        return switch (matching) {
            case TEXT, CODE ->
                "EQUALITY caseIgnoreMatch ORDERING caseIgnoreOrderingMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX "
                        + SYNTAX + "15";
            case PHONE -> "EQUALITY telephoneNumberMatch SUBSTR telephoneNumberSubstringsMatch SYNTAX " + SYNTAX + "50";
            case OBJECT_IDENTIFIER -> "EQUALITY objectIdentifierMatch SYNTAX " + SYNTAX + "38";
            case DISTINGUISHED_NAME -> "EQUALITY distinguishedNameMatch SYNTAX " + SYNTAX + "12";
        };
    }

    private static String identifier(Attribute attribute) {
        Registration registration = REGISTERED.get(attribute);
        return registration == null ? ARC + ".1." + attribute.number() : registration.identifier();
    }

    private static List<String> names(Attribute attribute) {
        Registration registration = REGISTERED.get(attribute);
        return registration == null
                ? List.of(attribute.ldapName())
                : Stream.concat(Stream.of(attribute.ldapName()), registration.others().stream())
                        .toList();
    }

    private static Map<Attribute, Registration> registered() {
        Map<Attribute, Registration> types = new EnumMap<>(Attribute.class);
        put(types, Attribute.OBJECT_CLASS, "2.5.4.0");
        put(types, Attribute.COMMON_NAME, "2.5.4.3", "commonName");
        put(types, Attribute.FAMILY_NAME, "2.5.4.4", "surname");
        put(types, Attribute.TOWN, "2.5.4.7", "localityName");
        put(types, Attribute.STREET, "2.5.4.9", "streetAddress");
        put(types, Attribute.ORGANISATION, "2.5.4.10", "organizationName");
        put(types, Attribute.ORGANISATIONAL_UNIT, "2.5.4.11", "organizationalUnitName");
        put(types, Attribute.TITLE, "2.5.4.12");
        put(types, Attribute.DESCRIPTION, "2.5.4.13");
        put(types, Attribute.POSTAL_CODE, "2.5.4.17");
        put(types, Attribute.PHONE, "2.5.4.20");
        put(types, Attribute.GIVEN_NAME, "2.5.4.42", "gn");
        put(types, Attribute.UID, "0.9.2342.19200300.100.1.1", "userid");
        put(types, Attribute.MAIL, "0.9.2342.19200300.100.1.3", "rfc822Mailbox");
        put(types, Attribute.DOMAIN_COMPONENT, "0.9.2342.19200300.100.1.25", "domainComponent");
        put(types, Attribute.DISPLAY_NAME, "2.16.840.1.113730.3.1.241");
        put(types, Attribute.LANGUAGE, "2.16.840.1.113730.3.1.39");
        return types;
    }

    private static void put(
            Map<Attribute, Registration> types, Attribute attribute, String identifier, String... others) {
        types.put(attribute, new Registration(identifier, List.of(others)));
    }

    private static Map<String, Attribute> byDescription() {
        Map<String, Attribute> attributes = new HashMap<>();
        for (Attribute attribute : Attribute.values()) {
            names(attribute).forEach(name -> attributes.put(name.toLowerCase(Locale.ROOT), attribute));
            attributes.put(identifier(attribute), attribute);
        }
        return Map.copyOf(attributes);
    }
}
