package org.mssante.dmp.xds.vihf;

/** Names of SAML 2.0 and of the VIHF's attributes (CI-SIS, volet Transport synchrone, SEL-MP-037). */
final class Saml {
    static final String NAMESPACE = "urn:oasis:names:tc:SAML:2.0:assertion";
    static final String VERSION = "2.0";
    static final String X509_SUBJECT = "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName";
    static final String SMARTCARD = "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI";
    static final String PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
    static final String ID = "ID";

    static final String STRUCTURE = "Identifiant_Structure";
    static final String SECTOR = "Secteur_Activite";
    static final String ROLE = "urn:oasis:names:tc:xacml:2.0:subject:role";
    static final String NAME = "urn:oasis:names:tc:xspa:1.0:subject:subject-id";
    static final String VIHF_VERSION = "VIHF_Version";
    static final String MODE = "Authentification_mode";
    static final String PATIENT = "urn:oasis:names:tc:xacml:2.0:resource:resource-id";
    static final String RESOURCE = "Ressource_URN";
    static final String PURPOSE = "urn:oasis:names:tc:xspa:1.0:subject:purposeofuse";
    static final String SOFTWARE_ID = "LPS_ID";
    static final String SOFTWARE_NAME = "LPS_Nom";
    static final String SOFTWARE_VERSION = "LPS_Version";
    static final String HOMOLOGATION = "LPS_ID_HOMOLOGATION_DMP";

    static final String DIRECT = "DIRECTE";
    static final String INDIRECT = "INDIRECTE";
    static final String INDIRECT_REINFORCED = "INDIRECTE_RENFORCEE";
    static final String DMP = "urn:dmp";
    /** Of every example and program, against 4.0 in the text of a volet. */
    static final String CURRENT_VERSION = "3.0";

    static final String PURPOSES = "1.2.250.1.213.1.1.4.248";
    static final String NORMAL = "normal";
    static final String BREAK_GLASS = "bris_de_glace";
    static final String CENTRE_15 = "centre_15";

    private Saml() {}
}
