package org.mssante.annuaire.api;

import com.unboundid.ldap.sdk.RDN;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;

/**
 * The tree of the annuaire and the names of its attributes. Names without prefix are those of RFC 4519, RFC 2798 and of
 * the clients of the national directory ({@code TypeBAL}, {@code IdentifiantPP}…); those with {@code mss} are ours.
 */
public final class LdapNames {
    public static final String BASE = "dc=mssante,dc=fr";

    // --- branches below the base
    public static final String MAILBOXES = "bal";
    public static final String PROFESSIONALS = "personnes";
    public static final String STRUCTURES = "structures";
    public static final String SERVICES = "services";

    // --- object classes
    /** Every mailbox, ours or another operator's. */
    public static final String MAILBOX_CLASS = "mssBal";
    /** A mailbox of this operator: carries state, members and rights for the services. */
    public static final String MANAGED_MAILBOX_CLASS = "mssBalOperateur";

    public static final String PROFESSIONAL_CLASS = "mssProfessionnel";
    public static final String STRUCTURE_CLASS = "mssStructure";

    // --- attributes everybody who has logged in may read
    public static final String MAIL = "mail";
    public static final String COMMON_NAME = "cn";
    public static final String DISPLAY_NAME = "displayName";
    public static final String FAMILY_NAME = "sn";
    public static final String GIVEN_NAME = "givenName";
    public static final String UID = "uid";
    /** TRE_R257-TypeBAL. */
    public static final String MAILBOX_TYPE = "TypeBAL";
    /** RPPS, 11 digits. */
    public static final String PERSON_ID = "IdentifiantPP";
    /** TRE_G08: {@code 8} for RPPS. */
    public static final String PERSON_ID_TYPE = "TypeIdentifiantPP";
    /** FINESS, SIRET…: the number without the digit of its kind. */
    public static final String STRUCTURE_ID = "IdentifiantPM";
    /** {@code FINESS}, {@code SIRET}, {@code SIREN}…: the names of {@link org.mssante.core.id.StructureId.Kind}. */
    public static final String STRUCTURE_ID_TYPE = "TypeIdentifiantPM";
    /** TRE_G15 code. */
    public static final String PROFESSION = "profession";

    public static final String PROFESSION_LABEL = "professionLabel";
    /** TRUE where the register knows at least one activity of the professional. */
    public static final String ACTIVE = "mssActive";

    /** How much a mailbox is preferred among those of its holder or structure: 1 the most. */
    public static final String PREFERRED = "mssPreferred";

    // --- attributes of our own mailboxes that only services may read
    public static final String STATE = "mssState";
    /** {@code address RIGHT,RIGHT…}, one value a member. */
    public static final String MEMBER = "mssMember";

    public static final String CERTIFICATE_SUBJECT = "mssCertificateSubject";
    /** Struct_IdNat that the certificate names, where it is not that of {@link #STRUCTURE_ID}. */
    public static final String CERTIFICATE_STRUCTURE = "mssCertificateStructure";

    public static final String SIGNING_POLICY = "mssSigningPolicy";
    public static final String DMP_FILING = "mssDmpFiling";
    /** First day, last day and text, a blank between them. */
    public static final String ABSENCE = "mssAbsence";
    /** The name of a structure. */
    public static final String ORGANISATION = "o";
    /**
     * Struct_IdNat of each number the register has for a structure: its FINESS, SIRET, RPPS rank, and the SIREN and FINESS of
     * whom it belongs to.
     */
    public static final String STRUCTURE_NUMBER = "identifiantStructure";
    /** FINESS number of the legal entity a structure belongs to. */
    public static final String LEGAL_ENTITY = "finessJuridique";
    /** Of those who read a mailbox (RFC 2798 §2.7). */
    public static final String LANGUAGE = "preferredLanguage";
    /** A number that grows whenever a password of the mailbox is withdrawn. */
    public static final String CREDENTIALS_VERSION = "mssCredentialsVersion";
    /** TRUE for a mailbox that must not be published. */
    public static final String UNLISTED = "listeRouge";

    private LdapNames() {}

    /** The entry of a mailbox, which is also the name a person binds with. Local parts may need escaping (RFC 4514). */
    public static String mailboxDn(MailAddress address) {
        return dn(MAIL, address.toString(), MAILBOXES);
    }

    public static String professionalDn(Rpps rpps) {
        return dn(UID, rpps.nationalId(), PROFESSIONALS);
    }

    /** The entry of {@code server}, {@code bridge} or {@code client}: the name a service binds with. */
    public static String serviceDn(String service) {
        return dn(UID, service, SERVICES);
    }

    public static String branchDn(String branch) {
        return "ou=" + branch + "," + BASE;
    }

    private static String dn(String attribute, String value, String branch) {
        return new RDN(attribute, value) + "," + branchDn(branch);
    }
}
