package org.mssante.annuaire.index;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mssante.annuaire.api.LdapNames;

/**
 * Every attribute of the directory: its name, how its values compare, who may read it, and whether its values are too many to be
 * walked through for a part of one (then it gets the index of parts). A nomenclature has a few hundred, however many entries.
 */
public enum Attribute {
    OBJECT_CLASS(1, "objectClass", Matching.OBJECT_IDENTIFIER, false, Audience.PROFESSIONALS),
    DOMAIN_COMPONENT(2, "dc", Matching.CODE, false, Audience.PROFESSIONALS),
    ORGANISATIONAL_UNIT(3, "ou", Matching.TEXT, true, Audience.PROFESSIONALS),
    UID(4, LdapNames.UID, Matching.CODE, false, Audience.PROFESSIONALS),
    MAIL(5, LdapNames.MAIL, Matching.CODE, true, Audience.PROFESSIONALS),
    COMMON_NAME(6, LdapNames.COMMON_NAME, Matching.TEXT, true, Audience.PROFESSIONALS),
    DISPLAY_NAME(7, LdapNames.DISPLAY_NAME, Matching.TEXT, true, Audience.PROFESSIONALS),
    FAMILY_NAME(8, LdapNames.FAMILY_NAME, Matching.TEXT, true, Audience.PROFESSIONALS),
    GIVEN_NAME(9, LdapNames.GIVEN_NAME, Matching.TEXT, true, Audience.PROFESSIONALS),
    TITLE(10, "title", Matching.TEXT, false, Audience.PROFESSIONALS),
    MAILBOX_TYPE(11, LdapNames.MAILBOX_TYPE, Matching.CODE, false, Audience.PROFESSIONALS),
    PERSON_ID(12, LdapNames.PERSON_ID, Matching.CODE, false, Audience.PROFESSIONALS),
    PERSON_ID_TYPE(13, LdapNames.PERSON_ID_TYPE, Matching.CODE, false, Audience.PROFESSIONALS),
    STRUCTURE_ID(14, LdapNames.STRUCTURE_ID, Matching.CODE, false, Audience.PROFESSIONALS),
    STRUCTURE_ID_TYPE(15, LdapNames.STRUCTURE_ID_TYPE, Matching.CODE, false, Audience.PROFESSIONALS),
    PROFESSION(16, LdapNames.PROFESSION, Matching.CODE, false, Audience.PROFESSIONALS),
    PROFESSION_LABEL(17, LdapNames.PROFESSION_LABEL, Matching.TEXT, false, Audience.PROFESSIONALS),
    SPECIALITY(18, "specialite", Matching.TEXT, false, Audience.PROFESSIONALS),
    ORGANISATION(19, LdapNames.ORGANISATION, Matching.TEXT, true, Audience.PROFESSIONALS),
    DESCRIPTION(20, "description", Matching.TEXT, true, Audience.PROFESSIONALS),
    STREET(21, "street", Matching.TEXT, false, Audience.PROFESSIONALS),
    POSTAL_CODE(22, "postalCode", Matching.CODE, false, Audience.PROFESSIONALS),
    TOWN(23, "l", Matching.TEXT, true, Audience.PROFESSIONALS),
    PHONE(24, "telephoneNumber", Matching.PHONE, false, Audience.PROFESSIONALS),
    ACTIVE(25, LdapNames.ACTIVE, Matching.CODE, false, Audience.PROFESSIONALS),
    STATE(26, LdapNames.STATE, Matching.CODE, false, Audience.SERVICES),
    MEMBER(27, LdapNames.MEMBER, Matching.CODE, false, Audience.SERVICES),
    CERTIFICATE_SUBJECT(28, LdapNames.CERTIFICATE_SUBJECT, Matching.DISTINGUISHED_NAME, false, Audience.SERVICES),
    SIGNING_POLICY(29, LdapNames.SIGNING_POLICY, Matching.CODE, false, Audience.SERVICES),
    DMP_FILING(30, LdapNames.DMP_FILING, Matching.CODE, false, Audience.SERVICES),
    UNLISTED(31, LdapNames.UNLISTED, Matching.CODE, false, Audience.SERVICES),
    /** The contact of those who answer for a mailbox: never in open access (mssante.md §5.2). */
    RESPONSIBLE(32, "responsable", Matching.TEXT, false, Audience.SERVICES),
    ABSENCE(33, LdapNames.ABSENCE, Matching.TEXT, false, Audience.SERVICES),
    CREDENTIALS_VERSION(34, LdapNames.CREDENTIALS_VERSION, Matching.CODE, false, Audience.SERVICES),
    CERTIFICATE_STRUCTURE(35, LdapNames.CERTIFICATE_STRUCTURE, Matching.CODE, false, Audience.SERVICES),
    PREFERRED(36, LdapNames.PREFERRED, Matching.CODE, false, Audience.PROFESSIONALS),
    LANGUAGE(37, LdapNames.LANGUAGE, Matching.CODE, false, Audience.SERVICES),
    /** Code, kind and label, see {@link SkillValue}. */
    SKILL(38, "savoirFaire", Matching.CODE, false, Audience.PROFESSIONALS),
    /** TRE_R02-SecteurActivite. */
    SECTOR(39, "secteurActivite", Matching.CODE, false, Audience.PROFESSIONALS),
    /** FINESS number of the legal entity of a structure. */
    LEGAL_ENTITY(40, LdapNames.LEGAL_ENTITY, Matching.CODE, false, Audience.PROFESSIONALS),
    DIPLOMA(41, "diplome", Matching.TEXT, false, Audience.PROFESSIONALS),
    /** Each number that leads to a structure, as Struct_IdNat. */
    STRUCTURE_NUMBER(42, LdapNames.STRUCTURE_NUMBER, Matching.CODE, false, Audience.PROFESSIONALS);

    private static final Map<Integer, Attribute> BY_NUMBER = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(attribute -> attribute.number, Function.identity()));

    private final int number;
    private final String ldapName;
    private final Matching matching;
    private final boolean foundByParts;
    private final Audience audience;

    Attribute(int number, String ldapName, Matching matching, boolean foundByParts, Audience audience) {
        this.number = number;
        this.ldapName = ldapName;
        this.matching = matching;
        this.foundByParts = foundByParts;
        this.audience = audience;
    }

    public String ldapName() {
        return ldapName;
    }

    public Matching matching() {
        return matching;
    }

    public Audience audience() {
        return audience;
    }

    /** True for what an entry has one of. */
    public boolean single() {
        return switch (this) {
            case FAMILY_NAME,
                    GIVEN_NAME,
                    DISPLAY_NAME,
                    TITLE,
                    UID,
                    MAIL,
                    MAILBOX_TYPE,
                    PERSON_ID,
                    PERSON_ID_TYPE,
                    ACTIVE,
                    STATE,
                    CERTIFICATE_SUBJECT,
                    CERTIFICATE_STRUCTURE,
                    SIGNING_POLICY,
                    DMP_FILING,
                    UNLISTED,
                    PREFERRED,
                    LANGUAGE,
                    ABSENCE,
                    CREDENTIALS_VERSION -> true;
            default -> false;
        };
    }

    boolean foundByParts() {
        return foundByParts;
    }

    /** What stands for the attribute on disk; never changes and is never given again. */
    public int number() {
        return number;
    }

    static Attribute numbered(int number) {
        Attribute attribute = BY_NUMBER.get(number);
        if (attribute == null) {
            throw new IllegalArgumentException("no attribute has the number " + number);
        }
        return attribute;
    }
}
