package org.mssante.core.health;

import java.util.Arrays;
import java.util.Optional;

/** Everything that may call an operator out of bed. A code never changes its meaning and is never reused. */
public enum Alarm {
    SERVICE_SILENT(
            "MSS-H01",
            Level.DOWN,
            "The service does not answer on its control socket.",
            "Le service ne répond pas sur son point de contrôle."),
    DATABASE_UNAVAILABLE("MSS-H02", Level.DOWN, "The database does not answer.", "La base de données ne répond pas."),
    TRUST_LIST_OLD(
            "MSS-H03",
            Level.WARNING,
            "The trust list in force is older than it should be.",
            "La liste blanche en vigueur est trop ancienne."),
    REVOCATION_LIST_ENDING(
            "MSS-H04",
            Level.WARNING,
            "A revocation list is about to expire.",
            "Une liste de révocation arrive à expiration."),
    REVOCATION_LIST_EXPIRED(
            "MSS-H05",
            Level.DOWN,
            "A revocation list has expired: certificates of its authority are refused for now.",
            "Une liste de révocation a expiré : les certificats de cette autorité sont refusés pour le moment."),
    CERTIFICATE_ENDING(
            "MSS-H06",
            Level.WARNING,
            "A certificate of ours is about to expire.",
            "Un de nos certificats arrive à expiration."),
    CERTIFICATE_ENDED("MSS-H07", Level.DOWN, "A certificate of ours has expired.", "Un de nos certificats a expiré."),
    QUEUE_LATE(
            "MSS-H08",
            Level.WARNING,
            "Mail waits in a queue longer than it should.",
            "Du courrier attend trop longtemps dans une file."),
    QUARANTINE_NOT_EMPTY(
            "MSS-H09",
            Level.WARNING,
            "Mail lies in quarantine until somebody looks at it.",
            "Du courrier est en quarantaine et attend une décision."),
    DISK_SPACE_LOW("MSS-H10", Level.WARNING, "The disk is nearly full.", "L'espace disque est presque épuisé."),
    CHECK_FAILED(
            "MSS-H11",
            Level.DOWN,
            "A check of the service's health failed itself.",
            "Un contrôle de l'état du service a lui-même échoué."),
    DOCUMENTS_STOPPED(
            "MSS-H12",
            Level.WARNING,
            "The filing of documents has stopped until somebody looks at them.",
            "Le dépôt de documents est arrêté et attend une décision."),
    DOCUMENTS_LATE(
            "MSS-H13",
            Level.WARNING,
            "Documents wait for the DMP longer than they should.",
            "Des documents attendent trop longtemps leur dépôt dans le DMP."),
    RECEIPTS_LATE(
            "MSS-H14",
            Level.WARNING,
            "Receipts wait for the mail server longer than they should.",
            "Des accusés attendent trop longtemps que le serveur de messagerie les accepte."),
    REGISTER_HELD(
            "MSS-H15",
            Level.WARNING,
            "A new edition of the register changes too much and waits for somebody's word.",
            "Une nouvelle édition du répertoire modifie trop d'entrées et attend une confirmation."),
    CERTIFICATE_REJECTED(
            "MSS-H16",
            Level.WARNING,
            "A new certificate of ours cannot be used; the one in use stays.",
            "Un nouveau certificat est inutilisable ; celui en service est conservé."),
    OWN_DOMAIN_NOT_LISTED(
            "MSS-H17",
            Level.WARNING,
            "A domain of ours is not on the trust list in force: other operators refuse its mail.",
            "Un de nos domaines ne figure pas sur la liste blanche en vigueur : les autres opérateurs le refusent."),
    MAILBOXES_FLAGGED(
            "MSS-H18",
            Level.WARNING,
            "Open mailboxes of ours have a holder or a structure that the register does not hold any more.",
            "Des boîtes ouvertes ont un titulaire ou une structure qui ne figure plus au répertoire."),
    NOTICES_LATE(
            "MSS-H19",
            Level.WARNING,
            "Notices about mailboxes wait for the mail server longer than they should.",
            "Des avis concernant des boîtes attendent trop longtemps que le serveur de messagerie les accepte."),
    TRUST_LIST_NOT_TAKEN(
            "MSS-H20",
            Level.WARNING,
            "The source of the trust list does not answer, or its list was refused; the one in force stays.",
            "La source de la liste blanche ne répond pas, ou sa liste a été refusée ; celle en vigueur est conservée."),
    TRUST_LIST_HELD(
            "MSS-H21",
            Level.WARNING,
            "A new trust list takes too much away and waits for somebody's word; the one in force stays.",
            "Une nouvelle liste blanche retire trop d'entrées et attend une confirmation ; celle en vigueur est conservée."),
    DOCUMENTS_UNDECIDED(
            "MSS-H22",
            Level.WARNING,
            "Documents wait longer than they should until a person says whether they are filed.",
            "Des documents attendent depuis trop longtemps qu'une personne décide de leur dépôt."),
    REGISTER_SOURCE_FAILS(
            "MSS-H23",
            Level.WARNING,
            "A source of the register does not answer, or what it sent is of no use; the last edition stays.",
            "Une source du répertoire ne répond pas, ou son envoi est inutilisable ; la dernière édition est conservée."),
    REGISTER_OLD(
            "MSS-H24",
            Level.WARNING,
            "A source of the register has brought no new edition for longer than it should.",
            "Une source du répertoire n'a fourni aucune nouvelle édition depuis trop longtemps."),
    REGISTER_KEY_REFUSED(
            "MSS-H25",
            Level.WARNING,
            "The national FHIR API refuses our key; the last edition of the register stays.",
            "L'API FHIR nationale refuse notre clé ; la dernière édition du répertoire est conservée."),
    REGISTER_UNREADABLE(
            "MSS-H26",
            Level.WARNING,
            "The extracts of the register could not be taken over; the last edition stays.",
            "Les extractions du répertoire n'ont pas pu être reprises ; la dernière édition est conservée.");

    /** How bad it is. */
    public enum Level {
        /** Still works, and somebody has to act before it does not. */
        WARNING,
        /** Something does not work now. */
        DOWN
    }

    private final String code;
    private final Level level;
    private final String english;
    private final String french;

    Alarm(String code, Level level, String english, String french) {
        this.code = code;
        this.level = level;
        this.english = english;
        this.french = french;
    }

    /** The stable code, e.g. {@code MSS-H08}. */
    public String code() {
        return code;
    }

    public Level level() {
        return level;
    }

    public String english() {
        return english;
    }

    public String french() {
        return french;
    }

    public static Optional<Alarm> ofCode(String code) {
        return Arrays.stream(values()).filter(alarm -> alarm.code.equals(code)).findFirst();
    }
}
