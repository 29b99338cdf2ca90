package org.mssante.certs;

import java.util.List;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.MailDomain;
import org.mssante.core.id.StructureId;

/** Who takes part in the demonstration. Every organisation, number and domain is invented. */
final class DemonstrationPlan {
    /** A domain of the trust list and the folder of the certificate it is listed with. */
    record ListedDomain(MailDomain domain, String description, String folder) {}

    static final String LIST_SIGNER = "list-signer";
    static final String REVOKED = "revoked";

    private static final String OPERATOR = "operator";
    private static final String OPERATOR_B = "operator-b";
    private static final String PARIS = "Paris (75)";
    private static final StructureId OPERATOR_SIRET = StructureId.siret("99900001100018");
    private static final StructureId LABORATORY_SIRET = StructureId.siret("99900002900010");
    private static final StructureId UNLISTED_SIRET = StructureId.siret("99900003700013");
    private static final StructureId REVOKED_SIRET = StructureId.siret("99900004500016");
    private static final StructureId HOSPITAL_FINESS = StructureId.finess("990000010");
    private static final MailAddress LABORATORY = MailAddress.parse("labo.test@demo.mssante.fr");
    private static final MailAddress BRIDGE = MailAddress.parse("dmp@demo.mssante.fr");
    private static final MailAddress ANNUAIRE = MailAddress.parse("annuaire@demo.mssante.fr");

    private DemonstrationPlan() {}

    static List<PlannedCertificate> certificates() {
        return List.of(
                server(
                        OPERATOR,
                        ours("smtp.demo.mssante.fr"),
                        AlternativeNames.server("smtp.demo.mssante.fr", "imap.demo.mssante.fr")),
                server(
                        OPERATOR_B,
                        new Subject(PARIS, "CHU EXEMPLE", HOSPITAL_FINESS, "smtp.chu-exemple.mssante.fr"),
                        AlternativeNames.server("smtp.chu-exemple.mssante.fr")),
                server(
                        "unlisted",
                        new Subject(PARIS, "ORGANISATION HORS LISTE", UNLISTED_SIRET, "smtp.hors-liste.mssante.fr"),
                        AlternativeNames.server("smtp.hors-liste.mssante.fr")),
                server(
                        REVOKED,
                        new Subject(PARIS, "OPERATEUR REVOQUE", REVOKED_SIRET, "smtp.revoque.exemple.mssante.fr"),
                        AlternativeNames.server("smtp.revoque.exemple.mssante.fr")),
                new PlannedCertificate(
                        LIST_SIGNER,
                        Profile.SERV_SMIME,
                        ours("listeblanche.demo.mssante.fr"),
                        AlternativeNames.mailbox(MailAddress.parse("listeblanche@demo.mssante.fr"))),
                server(
                        "annuaire",
                        ours("annuaire.demo.mssante.fr"),
                        AlternativeNames.server("annuaire.demo.mssante.fr")),
                server("dmp-store", ours("dmp.demo.mssante.fr"), AlternativeNames.server("dmp.demo.mssante.fr")),
                new PlannedCertificate(
                        "bridge",
                        Profile.ORG_MULTI_USE,
                        ours("passerelle-dmp.demo.mssante.fr"),
                        AlternativeNames.server("passerelle-dmp.demo.mssante.fr")),
                new PlannedCertificate(
                        "sign/bridge", Profile.ORG_SIGN, ours("CACHET-PASSERELLE-DMP"), AlternativeNames.none()),
                new PlannedCertificate(
                        "clients/" + LABORATORY,
                        Profile.ORG_AUTH_CLI,
                        laboratory("SIL-LABO-TEST"),
                        AlternativeNames.none()),
                new PlannedCertificate(
                        "clients/" + BRIDGE, Profile.ORG_AUTH_CLI, ours("BAL-PASSERELLE-DMP"), AlternativeNames.none()),
                new PlannedCertificate(
                        "clients/" + ANNUAIRE, Profile.ORG_AUTH_CLI, ours("BAL-ANNUAIRE"), AlternativeNames.none()),
                new PlannedCertificate(
                        "smime/" + LABORATORY,
                        Profile.SERV_SMIME,
                        laboratory("labo.test"),
                        AlternativeNames.mailbox(LABORATORY)));
    }

    static List<ListedDomain> listedDomains() {
        return List.of(
                listed("demo.mssante.fr", "Domaine de démonstration de l'opérateur", OPERATOR),
                listed("demo.medecin.mssante.fr", "Domaine de démonstration des médecins", OPERATOR),
                listed("chu-exemple.mssante.fr", "Domaine d'un second opérateur de démonstration", OPERATOR_B),
                listed("revoque.exemple.mssante.fr", "Domaine dont le certificat est révoqué", REVOKED));
    }

    private static ListedDomain listed(String domain, String description, String folder) {
        return new ListedDomain(new MailDomain(domain), description, folder);
    }

    private static PlannedCertificate server(String folder, Subject subject, AlternativeNames names) {
        return new PlannedCertificate(folder, Profile.SERV_SSL, subject, names);
    }

    private static Subject ours(String commonName) {
        return new Subject(PARIS, "OPERATEUR DEMO MSSANTE", OPERATOR_SIRET, commonName);
    }

    private static Subject laboratory(String commonName) {
        return new Subject(PARIS, "LABORATOIRE TEST", LABORATORY_SIRET, commonName);
    }
}
