package org.mssante.annuaire.fhir;

/** The code systems, identifier systems and profiles of the national API (annuaire.md §4.2 and §4.3). */
final class Systems {
    static final String PERSON_ID = "urn:oid:1.2.250.1.71.4.2.1";
    static final String STRUCTURE_ID = "urn:oid:1.2.250.1.71.4.2.2";
    static final String RPPS = "https://rpps.esante.gouv.fr";
    static final String FINESS = "https://finess.esante.gouv.fr";
    /** Of SIREN and SIRET. */
    static final String SIRENE = "https://sirene.fr";

    static final String RPPS_RANK = "https://rppsrang.esante.gouv.fr";
    static final String IDENTIFIER_TYPE = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203";
    static final String SKILL_KIND = nomenclature("TRE_R04-TypeSavoirFaire");
    static final String SECTOR = nomenclature("TRE_R02-SecteurActivite");
    static final String MESSAGING = nomenclature("TRE_R256-TypeMessagerie");
    static final String MAILBOX_TYPE = nomenclature("TRE_R257-TypeBAL");
    static final String EMAIL_TYPE = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-contact-point-email-type";
    static final String PROFILES = "https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/";
    static final String MAILBOX_METADATA = PROFILES + "as-ext-mailbox-mss-metadata";
    static final String ORGANIZATION_TYPES = PROFILES + "as-ext-organization-types";

    private Systems() {}

    /** @param name of a table of the nomenclature of health objects (NOS), e.g. {@code TRE_R04-TypeSavoirFaire} */
    static String nomenclature(String name) {
        return "https://mos.esante.gouv.fr/NOS/" + name + "/FHIR/" + name.replace('_', '-');
    }
}
