package org.mssante.core.trace;

/** Every event a service writes to its trace. An identifier never changes its meaning. */
public enum Event {
    SERVICE_STARTED("The service is ready.", "Le service est prêt."),
    TRUST_LIST_LOADED("A trust list came into force.", "Une liste blanche est entrée en vigueur."),
    TRUST_LIST_REJECTED("A trust list was not accepted.", "Une liste blanche n'a pas été acceptée."),
    TRUST_LIST_WAITING(
            "A trust list waits for the operator's confirmation.",
            "Une liste blanche attend la confirmation de l'opérateur."),
    REVOCATION_LIST_LOADED("A revocation list came into use.", "Une liste de révocation est entrée en vigueur."),
    TRUST_ALARM("The trust space needs attention.", "L'espace de confiance demande une intervention."),
    OWN_CERTIFICATE_LOADED("A certificate of ours came into use.", "Un de nos certificats est entré en service."),
    OWN_CERTIFICATE_REJECTED(
            "A new certificate of ours cannot be used; the one in use stays.",
            "Un nouveau certificat est inutilisable ; celui en service est conservé."),
    TLS_FAILED("A TLS handshake failed.", "Échec de l'établissement d'une connexion chiffrée."),
    AUTHENTICATED("Somebody logged in.", "Connexion à une boîte aux lettres."),
    AUTHENTICATION_REFUSED("A log-in was refused.", "Connexion refusée."),
    SESSION_ENDED("A session was ended: its rights are gone.", "Session interrompue : droits retirés."),
    COMMAND_REFUSED("A command was refused.", "Commande refusée."),
    MESSAGES_READ("Messages were marked as read.", "Messages marqués comme lus."),
    MESSAGES_DOWNLOADED("Messages of a shared mailbox were downloaded.", "Messages d'une boîte partagée téléchargés."),
    MESSAGES_MARKED("Marks of messages were changed.", "Marques de messages modifiées."),
    MESSAGES_DELETED("Messages were marked as deleted.", "Messages marqués comme supprimés."),
    MESSAGES_EXPUNGED("Deleted messages were removed.", "Messages supprimés effacés."),
    MESSAGES_MOVED("Messages were moved.", "Messages déplacés."),
    MESSAGES_COPIED("Messages were copied.", "Messages copiés."),
    MESSAGE_ADDED("A mail client stored a message.", "Message enregistré par un client de messagerie."),
    FOLDER_CHANGED("A folder was made, renamed or removed.", "Dossier créé, renommé ou supprimé."),
    FOLDER_ANNOTATED("Annotations of a folder were changed.", "Annotations d'un dossier modifiées."),
    SUBMITTED("A message was submitted by a mailbox.", "Message déposé par une boîte aux lettres."),
    RECEIVED("A message was received from another operator.", "Message reçu d'un autre opérateur."),
    ACCEPTED(
            "A message is in the spool; its sender is answered 250.",
            "Message enregistré et accusé de réception envoyé."),
    SIGNED("A message was signed as its mailbox's policy says.", "Message signé selon la politique de la boîte."),
    SIGNATURE_CHECKED("The signature of a message was checked.", "Signature du message vérifiée."),
    DELIVERED("A message was put into a mailbox.", "Message remis dans une boîte aux lettres."),
    DELIVERY_DELAYED("A message could not be put into a mailbox yet.", "Remise du message différée."),
    RELAYED("A message was handed to another operator.", "Message transmis à un autre opérateur."),
    RELAY_DELAYED("A message could not be handed over yet.", "Transmission du message différée."),
    BOUNCED("A message was returned to its sender.", "Message retourné à son expéditeur."),
    ARRIVAL_REPORTED("A sender who asked for it was told of an arrival.", "Accusé de réception envoyé."),
    ABSENCE_ANSWERED(
            "A sender was told that nobody reads the mailbox for some days.", "Absence signalée à l'expéditeur."),
    QUARANTINED("A message was set aside for the operator.", "Message mis de côté pour l'opérateur."),
    FILING_REQUESTED(
            "The recipient's mailbox wants the documents of a message filed.",
            "La boîte destinataire demande le dépôt des documents du message."),
    HANDED_TO_BRIDGE("A message was handed to the DMP bridge.", "Message confié à la passerelle DMP."),
    INTAKE("The bridge recorded a message.", "Message enregistré par la passerelle DMP."),
    NO_DOCUMENT("A message carried no document to file.", "Message sans document à déposer."),
    DOCUMENT_EXTRACTED("A document was taken out of a message.", "Document extrait du message."),
    PART_NOTED(
            "A part of a message that may hold a document was not looked into.",
            "Pièce jointe non examinée, qui peut contenir un document."),
    DOCUMENT_FORM_NOTED(
            "The operator's schematron notes something about a document.",
            "Remarques du schematron de l'exploitant sur un document."),
    CONSENT_DECIDED("The patient's rights were checked.", "Droits du patient vérifiés."),
    DOCUMENT_FILED("A document was filed in the DMP.", "Document déposé dans le DMP."),
    DOCUMENT_REFUSED("A document was not filed.", "Document non déposé."),
    DOCUMENT_WAITING("A document waits to be filed.", "Document en attente de dépôt."),
    DOCUMENT_STOPPED(
            "Filing a document stopped until an operator starts it again.",
            "Dépôt du document suspendu jusqu'à l'intervention de l'exploitant."),
    DOCUMENT_ASKED(
            "A document waits until a person says whether it is filed.",
            "Document en attente d'une décision humaine sur son dépôt."),
    FILING_DECIDED("A person decided whether a document is filed.", "Décision humaine sur le dépôt d'un document."),
    CONTENT_FREED(
            "The content of mails and documents that ended long ago is kept no longer.",
            "Contenu de messages et de documents clos effacé au terme de sa conservation."),
    RECEIPT_ABANDONED(
            "A receipt could not be sent to the sender.", "Le compte rendu n'a pas pu être envoyé à l'expéditeur."),
    RECEIPT_SENT("A receipt was sent to the sender.", "Compte rendu envoyé à l'expéditeur."),
    STORE_REGISTERED("The DMP store registered a document.", "Document enregistré par l'entrepôt DMP."),
    STORE_REFUSED("The DMP store refused a request.", "Demande refusée par l'entrepôt DMP."),
    STORE_READ("Documents were searched or read in the DMP store.", "Documents consultés dans l'entrepôt DMP."),
    DIRECTORY_LOADED("The directory took over new data.", "Nouvelles données prises en compte par l'annuaire."),
    DIRECTORY_HELD(
            "A new edition of the register waits for the operator's word.",
            "Nouvelle édition du répertoire en attente de confirmation."),
    DIRECTORY_NOT_LOADED(
            "An edition of the register could not be taken over.",
            "Une édition du répertoire n'a pas pu être prise en compte."),
    DIRECTORY_BIND_REFUSED("A bind to the directory was refused.", "Connexion à l'annuaire refusée."),
    MAILBOX_CHANGED("A mailbox was created or changed.", "Boîte aux lettres créée ou modifiée."),
    MAILBOX_EMPTIED(
            "The messages of a mailbox that was purged are deleted.",
            "Messages d'une boîte supprimée définitivement effacés."),
    MAILBOX_FLAGGED(
            "The register does not hold the holder or the structure of a mailbox any more.",
            "Le répertoire ne contient plus le titulaire ou la structure d'une boîte."),
    MAILBOX_UNFLAGGED(
            "The register holds the holder or the structure of a mailbox again.",
            "Le répertoire contient à nouveau le titulaire ou la structure d'une boîte."),
    DELEGATION_GIVEN("A person was given mailboxes to administer.", "Administration de boîtes confiée à une personne."),
    DELEGATION_TAKEN(
            "Mailboxes were taken from a person who administered them.",
            "Administration de boîtes retirée à une personne."),
    API_LOGIN("A person logged in to the administration API.", "Connexion à l'interface d'administration."),
    API_LOGIN_REFUSED("A log-in to an API over HTTPS was refused.", "Connexion à une interface HTTPS refusée."),
    ADMINISTRATION_READ(
            "Mailboxes were looked at over the administration API.",
            "Boîtes consultées par l'interface d'administration."),
    ADMINISTRATION_REFUSED(
            "A request to the administration API was refused.", "Demande refusée par l'interface d'administration."),
    NOTICE_SENT("People were told about a mailbox.", "Avis concernant une boîte envoyé."),
    NOTICE_REFUSED(
            "Somebody could not be told about a mailbox.", "L'avis concernant une boîte n'a pas pu être envoyé."),
    PUBLICATION_ACCEPTED(
            "The annuaire national has taken what we publish of a mailbox.",
            "Publication d'une boîte acceptée par l'annuaire national."),
    PUBLICATION_REFUSED(
            "The annuaire national has refused what we publish of a mailbox.",
            "Publication d'une boîte refusée par l'annuaire national."),
    OPERATOR_LOOKED("An operator looked at a message that waits.", "Consultation d'un message par l'exploitant."),
    OPERATOR_RETRIED("An operator made waiting messages due now.", "Nouvel essai immédiat demandé par l'exploitant."),
    OPERATOR_SET_QUOTA("An operator changed the quota of a mailbox.", "L'exploitant a modifié le quota d'une boîte."),
    OPERATOR_REMOVED("An operator took a message off its way.", "Message retiré par l'exploitant."),
    OPERATOR_REPLAYED("An operator sent a message on its way again.", "Message remis en circulation par l'exploitant."),
    OPERATOR_EXPORTED(
            "An operator took a copy of a message's content.", "Contenu d'un message extrait par l'exploitant."),
    BACKED_UP("A copy of the data was made.", "Sauvegarde des données effectuée.");

    private final String english;
    private final String french;

    Event(String english, String french) {
        this.english = english;
        this.french = french;
    }

    public String english() {
        return english;
    }

    public String french() {
        return french;
    }
}
