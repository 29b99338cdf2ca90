package org.mssante.annuaire.fhir;

/** The code systems, identifier systems and profiles of the national API (annuaire.md §4.2 and §4.3). */
final class Systems {
    static final String PERSON_ID = "urn:oid:1.2.250.1.71.4.2.1";
    static final String STRUCTURE_ID = "urn:oid:1.2.250.1.71.4.2.2";
    static final String RPPS = "https://rpps.esante.gouv.fr";
    static final String FINESS = "https://finess.esante.gouv.fr";
    static final String IDENTIFIER_TYPE = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203";
    static final String PROFESSION =
            "https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante";
    static final String MESSAGING =
            "https://mos.esante.gouv.fr/NOS/TRE_R256-TypeMessagerie/FHIR/TRE-R256-TypeMessagerie";
    static final String MAILBOX_TYPE = "https://mos.esante.gouv.fr/NOS/TRE_R257-TypeBAL/FHIR/TRE-R257-TypeBAL";
    static final String EMAIL_TYPE = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-contact-point-email-type";
    static final String PROFILES = "https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/";
    static final String MAILBOX_METADATA = PROFILES + "as-ext-mailbox-mss-metadata";

    private Systems() {}
}
