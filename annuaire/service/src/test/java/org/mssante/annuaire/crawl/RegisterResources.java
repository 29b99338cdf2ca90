package org.mssante.annuaire.crawl;

/** Resources in the form of annuaire.md §4; apostrophes stand for quotation marks. */
public final class RegisterResources {
    private static final String MESSAGING = "{'url':'https://hl7.fr/ig/fhir/core/StructureDefinition/"
            + "fr-core-contact-point-email-type','valueCoding':{'system':'https://mos.esante.gouv.fr/NOS/"
            + "TRE_R256-TypeMessagerie/FHIR/TRE-R256-TypeMessagerie','code':'MSSANTE'}}";

    private RegisterResources() {}

    /** A physician with a specialty. */
    public static String person(String id, String rpps, String name, String mailbox) {
        return practitioner(id, rpps, name, telecom(mailbox, "PER", ""));
    }

    static String unlisted(String id, String rpps, String mailbox) {
        return practitioner(id, rpps, "SECRET", telecom(mailbox, "PER", ",{'url':'listeRouge','valueBoolean':true}"));
    }

    private static String practitioner(String id, String rpps, String name, String telecom) {
        return "{'resourceType':'Practitioner','id':'" + id + "','active':true,'identifier':["
                + "{'system':'urn:oid:1.2.250.1.71.4.2.1','value':'8" + rpps + "'}],"
                + "'name':[{'family':'" + name + "','given':['ÉLISE','ANNE'],'prefix':['MME'],'suffix':['DR']}],"
                + "'telecom':[" + telecom + "],"
                + "'qualification':[{'code':{'coding':[{'system':'https://mos.esante.gouv.fr/NOS/"
                + "TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante','code':'10','display':'Médecin'},"
                + "{'system':'https://mos.esante.gouv.fr/NOS/TRE_R09-CategorieProfessionnelle/FHIR/"
                + "TRE-R09-CategorieProfessionnelle','code':'C'}]}},"
                + "{'code':{'coding':[{'system':'https://mos.esante.gouv.fr/NOS/TRE_R04-TypeSavoirFaire/FHIR/"
                + "TRE-R04-TypeSavoirFaire','code':'S'},{'system':'https://mos.esante.gouv.fr/NOS/"
                + "TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale','code':'SM54'}]}},"
                + "{'code':{'coding':[{'system':'https://mos.esante.gouv.fr/NOS/TRE_R48-DiplomeEtatFrancais/FHIR/"
                + "TRE-R48-DiplomeEtatFrancais','code':'DE09','display':'DE Docteur en médecine'},"
                + "{'system':'https://mos.esante.gouv.fr/NOS/TRE_R14-TypeDiplome/FHIR/TRE-R14-TypeDiplome',"
                + "'code':'DE'}]}}]}";
    }

    public static String role(String id, String practitioner, String organization, String mailbox) {
        return "{'resourceType':'PractitionerRole','id':'" + id + "','active':true,"
                + "'practitioner':{'reference':'Practitioner/" + practitioner + "'},"
                + "'organization':{'reference':'Organization/" + organization + "'},"
                + "'telecom':[" + telecom(mailbox, "PER", "") + "]}";
    }

    public static String organization(String id, String nationalId, String mailbox) {
        return "{'resourceType':'Organization','id':'" + id + "','active':true,'identifier':["
                + "{'system':'urn:oid:1.2.250.1.71.4.2.2','value':'" + nationalId + "'}],"
                + "'type':[{'coding':[{'system':'https://mos.esante.gouv.fr/NOS/TRE_R02-SecteurActivite/FHIR/"
                + "TRE-R02-SecteurActivite','code':'SA01'}]}],"
                + "'name':'CH \\\"DE TEST\\\"','telecom':[{'system':'phone','value':'0100000000'},"
                + "{'system':'email','value':'contact@ch-test.invalid'},"
                + telecom(mailbox, "ORG", ",{'url':'service','valueString':'CARDIOLOGIE'}") + "],"
                + "'address':[{'line':['1 RUE DU PUITS'],'postalCode':'75014','city':'PARIS'}]}";
    }

    private static String telecom(String address, String type, String more) {
        return "{'extension':[" + MESSAGING + ",{'url':'https://interop.esante.gouv.fr/ig/fhir/annuaire/"
                + "StructureDefinition/as-ext-mailbox-mss-metadata','extension':[{'url':'type',"
                + "'valueCodeableConcept':{'coding':[{'system':'https://mos.esante.gouv.fr/NOS/TRE_R257-TypeBAL/FHIR/"
                + "TRE-R257-TypeBAL','code':'" + type + "'}]}}" + more + "]}],'system':'email','value':'" + address
                + "'}";
    }
}
