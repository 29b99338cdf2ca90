package org.mssante.annuaire.generate;

import java.util.List;

/** Words of which names and places are put together. With what real ones bring: accents, hyphens, apostrophes, quotes. */
final class Names {
    static final List<String> GIVEN = List.of(
            "ANNE-ÉLODIE",
            "JEAN-BAPTISTE",
            "Zoé",
            "MAËLLE",
            "François",
            "AGNÈS",
            "NOÉMIE",
            "Loïc",
            "HÉLÈNE",
            "CAMILLE",
            "THÉO",
            "Inès",
            "LUCAS",
            "MARIE CLAIRE",
            "PAUL",
            "JEANNE",
            "Raphaël",
            "SAMIA",
            "YANN",
            "BENOÎT",
            "CLÉMENCE",
            "OLIVIER",
            "Nadège",
            "GAËTAN",
            "SOPHIE",
            "KARIM",
            "LOUISE",
            "MICHEL",
            "ÉMILIE",
            "ARTHUR",
            "Aïcha",
            "VICTOR");
    static final List<String> FAMILY_BEGIN = List.of(
            "MAR", "DU", "LE ", "BEL", "ROU", "GAR", "PEL", "D'", "SAINT-", "MON", "CHAM", "VAL", "FON", "LA", "BOU",
            "DES", "TER", "BRI", "COR", "GUÉ", "Nor", "Per", "Lam", "Hé");
    static final List<String> FAMILY_END = List.of(
            "TIN", "PONT", "GOFF", "MONT", "SEAU", "NIER", "LETIER", "ARCY", "CLAIR", "TAGNE", "BERT", "LOIS", "TAINE",
            "VOISIN", "CHER", "CHAMPS", "RIER", "AND", "DIER", "RIN", "mand", "rault", "bert", "riteau");
    static final List<String> PROFESSIONS = List.of(
            "10|Médecin",
            "10|Médecin",
            "60|Infirmier",
            "60|Infirmier",
            "60|Infirmier",
            "60|Infirmier",
            "70|Masseur-Kinésithérapeute",
            "21|Pharmacien",
            "40|Chirurgien-Dentiste",
            "50|Sage-Femme",
            "35|Aide-soignant",
            "91|Orthophoniste",
            "80|Pédicure-Podologue",
            "94|Ergothérapeute",
            "98|Manipulateur ERM",
            "93|Psychologue");
    static final List<String> SKILLS = List.of(
            "S|Spécialité ordinale|SM54|Médecine générale",
            "S|Spécialité ordinale|SM54|Médecine générale",
            "S|Spécialité ordinale|SM40|Pédiatrie",
            "S|Spécialité ordinale|SM03|Biologie médicale",
            "S|Spécialité ordinale|SM04|Cardiologie et Maladies vasculaires",
            "C|Compétence|C05|Médecine appliquée aux sports",
            "CAPA|Capacité de médecine|CAPA06|Gérontologie",
            "OP|Orientation particulière|81|Acupuncture");
    static final List<String> DIPLOMAS = List.of(
            "DE|Diplôme d'Etat français|DE09|DE Docteur en médecine",
            "DE|Diplôme d'Etat français|DE08|DE Infirmier",
            "DE|Diplôme d'Etat français|DE05|DE Docteur en pharmacie",
            "DE|Diplôme d'Etat français|DE28|DE Masseur-Kinésithérapeute",
            "CES|Certificat d'études spéciales|C06|CES Biologie \"générale\"",
            "DIV|Diplôme universitaire|DU12|DU Soins palliatifs");
    static final List<String> TOWNS = List.of(
            "01000|01053|Bourg-en-Bresse",
            "20117|2A104|Eccica-Suarella",
            "75014|75114|Paris 14e Arrondissement",
            "69003|69383|Lyon 3e Arrondissement",
            "35000|35238|Rennes",
            "59000|59350|Lille",
            "67000|67482|Strasbourg",
            "97400|97411|Saint-Denis",
            "13001|13201|Marseille 1er Arrondissement",
            "44000|44109|Nantes",
            "31000|31555|Toulouse",
            "33000|33063|Bordeaux",
            "06000|06088|Nice",
            "34000|34172|Montpellier",
            "37000|37261|Tours",
            "29200|29019|Brest",
            "63000|63113|Clermont-Ferrand",
            "87000|87085|Limoges",
            "L-1468|99137|Luxembourg",
            "97300|97302|Cayenne");
    static final List<String> STREETS = List.of(
            "DES LILAS",
            "VICTOR HUGO",
            "DE L'ÉGLISE",
            "DU GÉNÉRAL LECLERC",
            "PASTEUR",
            "DE LA RÉPUBLIQUE",
            "JEAN JAURÈS",
            "DU MOULIN",
            "DES ÉCOLES",
            "DE LA GARE");
    static final List<String> KINDS_OF_STREET = List.of("R|Rue", "AV|Avenue", "BD|Boulevard", "PL|Place", "CHE|Chemin");
    static final List<String> STRUCTURES = List.of(
            "CH \"LES GLYCINES\"",
            "CENTRE HOSPITALIER UNIVERSITAIRE",
            "CLINIQUE SAINT-LUC",
            "LABORATOIRE DES DEUX RIVES",
            "PHARMACIE DE LA PLACE",
            "EHPAD LES TILLEULS",
            "MAISON DE SANTÉ DU CANAL",
            "SELARL IMAGERIE DU PARC",
            "CENTRE DE SANTÉ MUNICIPAL",
            "INSTITUT D'ONCOLOGIE");
    static final List<String> SERVICES = List.of(
            "URGENCES", "CARDIOLOGIE", "Secrétariat médical", "LABORATOIRE", "IMAGERIE", "PÉDIATRIE", "PHARMACIE", "");

    private Names() {}
}
