package org.mssante.core.outcome;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every outcome the system reports to somebody outside. A code never changes its meaning and is never reused. The SMTP
 * reply stays inside the set the ecosystem forwards (table SMTPERRORCODE); the application codes 900 to 906 are those
 * of the MDN (CI-SIS, transmission of CDA documents by MSSanté).
 */
public enum Outcome {
    // --- trust space: who may talk to whom
    TLS_REQUIRED(
            "MSS-T01",
            Verdict.REFUSED,
            "530 5.7.0",
            "A STARTTLS command must come first.",
            "La connexion doit d'abord être chiffrée (STARTTLS)."),
    CLIENT_CERTIFICATE_MISSING(
            "MSS-T02",
            Verdict.REFUSED,
            "554 5.7.1",
            "The server presented no client certificate.",
            "Le serveur n'a présenté aucun certificat client."),
    CERTIFICATE_NOT_TRUSTED(
            "MSS-T03",
            Verdict.REFUSED,
            "554 5.7.5",
            "The certificate does not chain to a trusted authority.",
            "Le certificat n'est pas issu d'une autorité reconnue par l'espace de confiance."),
    CERTIFICATE_EXPIRED(
            "MSS-T04",
            Verdict.REFUSED,
            "554 5.7.5",
            "The certificate is outside its validity period.",
            "Le certificat n'est pas dans sa période de validité."),
    CERTIFICATE_REVOKED(
            "MSS-T05", Verdict.REFUSED, "554 5.7.5", "The certificate has been revoked.", "Le certificat est révoqué."),
    REVOCATION_UNKNOWN(
            "MSS-T06",
            Verdict.RETRY_LATER,
            "451 4.7.5",
            "The revocation status of the certificate cannot be determined at the moment.",
            "L'état de révocation du certificat ne peut pas être vérifié pour le moment."),
    SENDER_DOMAIN_NOT_LISTED(
            "MSS-T07",
            Verdict.REFUSED,
            "550 5.7.1",
            "The sender's domain is not on the trust list.",
            "Le domaine de l'expéditeur ne figure pas sur la liste blanche MSSanté."),
    CERTIFICATE_NOT_LISTED_FOR_DOMAIN(
            "MSS-T08",
            Verdict.REFUSED,
            "550 5.7.1",
            "The certificate's DN is not listed for the sender's domain.",
            "Le certificat présenté n'est pas celui que la liste blanche associe au domaine de l'expéditeur."),
    CERTIFICATE_NOT_LISTED(
            "MSS-T09",
            Verdict.REFUSED,
            "550 5.7.1",
            "The certificate's DN belongs to no operator on the trust list.",
            "Le certificat présenté n'appartient à aucun opérateur de la liste blanche."),
    RECIPIENT_OUTSIDE_TRUST_SPACE(
            "MSS-T10",
            Verdict.REFUSED,
            "550 5.7.1",
            "The recipient's domain is outside the trust space.",
            "Le domaine du destinataire n'appartient pas à l'espace de confiance MSSanté."),
    TRUST_LIST_UNAVAILABLE(
            "MSS-T11",
            Verdict.RETRY_LATER,
            "451 4.7.1",
            "No valid trust list is in force at the moment.",
            "Aucune liste blanche valide n'est en vigueur pour le moment."),
    PEER_NOT_TRUSTED(
            "MSS-T12",
            Verdict.REFUSED,
            "554 5.7.5",
            "The recipient's server is not the one the trust list names for its domain.",
            "Le serveur du destinataire n'est pas celui que la liste blanche associe à son domaine."),
    PEER_WITHOUT_TLS(
            "MSS-T13",
            Verdict.REFUSED,
            "554 5.7.5",
            "The recipient's server does not offer TLS.",
            "Le serveur du destinataire ne propose pas de connexion chiffrée."),
    CERTIFICATE_WEAK(
            "MSS-T14",
            Verdict.REFUSED,
            "554 5.7.5",
            "The certificate, or one above it, has a key or a signature that is too weak.",
            "Le certificat, ou l'un de ceux qui le garantissent, a une clé ou une signature trop faible."),
    CERTIFICATE_UNSUITABLE(
            "MSS-T15",
            Verdict.REFUSED,
            "554 5.7.5",
            "The certificate's key usage or extensions do not allow this use, or it is an authority's own.",
            "Les usages de clé ou les extensions du certificat ne permettent pas cet emploi, ou c'est celui d'une autorité."),

    // --- submission and mailboxes: who may do what
    AUTHENTICATION_REQUIRED(
            "MSS-M01",
            Verdict.REFUSED,
            "530 5.7.0",
            "Authentication is required.",
            "Une authentification est nécessaire."),
    AUTHENTICATION_FAILED(
            "MSS-M02", Verdict.REFUSED, "535 5.7.8", "Authentication failed.", "L'authentification a échoué."),
    SENDER_NOT_ALLOWED(
            "MSS-M03",
            Verdict.REFUSED,
            "550 5.7.1",
            "This login may not send as that address.",
            "Cet identifiant n'est pas autorisé à envoyer au nom de cette adresse."),
    MAILBOX_UNKNOWN(
            "MSS-M04",
            Verdict.REFUSED,
            "550 5.1.1",
            "There is no such mailbox here.",
            "Cette boîte aux lettres n'existe pas."),
    MAILBOX_CLOSED(
            "MSS-M05",
            Verdict.REFUSED,
            "550 5.2.1",
            "The mailbox is suspended or closed.",
            "Cette boîte aux lettres est suspendue ou fermée."),
    RELAY_DENIED(
            "MSS-M06",
            Verdict.REFUSED,
            "550 5.7.1",
            "This port accepts mail for its own domains only.",
            "Ce serveur n'accepte ici que le courrier destiné à ses propres domaines."),
    DIRECTORY_UNAVAILABLE(
            "MSS-M07",
            Verdict.RETRY_LATER,
            "451 4.3.0",
            "The directory does not answer at the moment.",
            "L'annuaire ne répond pas pour le moment."),
    MESSAGE_TOO_LARGE(
            "MSS-M08",
            Verdict.REFUSED,
            "552 5.3.4",
            "The message is larger than this server accepts.",
            "Le message dépasse la taille acceptée par ce serveur."),
    STORAGE_UNAVAILABLE(
            "MSS-M09",
            Verdict.RETRY_LATER,
            "451 4.3.0",
            "The message cannot be stored at the moment.",
            "Le message ne peut pas être enregistré pour le moment."),
    DELIVERY_EXPIRED(
            "MSS-M10",
            Verdict.REFUSED,
            "550 4.4.7",
            "The recipient's server could not be reached in time.",
            "Le serveur du destinataire n'a pas pu être joint dans le délai prévu."),
    PEER_UNREACHABLE(
            "MSS-M11",
            Verdict.RETRY_LATER,
            "451 4.4.1",
            "The recipient's server cannot be reached at the moment.",
            "Le serveur du destinataire est injoignable pour le moment."),
    DEFERRED_BY_PEER(
            "MSS-M12",
            Verdict.RETRY_LATER,
            "451 4.4.5",
            "The recipient's server asks to try again later.",
            "Le serveur du destinataire demande un nouvel essai plus tard."),
    REFUSED_BY_PEER(
            "MSS-M13",
            Verdict.REFUSED,
            "554 5.0.0",
            "The recipient's server refused the message.",
            "Le serveur du destinataire a refusé le message."),
    PEER_WITHOUT_8BITMIME(
            "MSS-M14",
            Verdict.REFUSED,
            "554 5.6.3",
            "The recipient's server takes no message with 8-bit content.",
            "Le serveur du destinataire n'accepte pas les messages au contenu sur 8 bits."),
    RECIPIENTS_TOO_MANY(
            "MSS-M20",
            Verdict.RETRY_LATER,
            "452 4.5.3",
            "The message has more recipients than this server takes at once.",
            "Le message compte plus de destinataires que ce serveur n'en accepte à la fois."),
    SERVER_ERROR(
            "MSS-M21",
            Verdict.RETRY_LATER,
            "451 4.3.0",
            "The server cannot answer because of an error of its own.",
            "Le serveur ne peut pas répondre en raison d'une erreur interne."),
    REMOVED_BY_OPERATOR(
            "MSS-M22",
            Verdict.REFUSED,
            "554 5.3.0",
            "The operator of this server took the message off its way.",
            "Le message a été retiré par l'exploitant de ce serveur."),
    SET_ASIDE(
            "MSS-M23",
            Verdict.REFUSED,
            "554 5.3.0",
            "This server could not deliver the message because of an error of its own; its operator keeps it.",
            "Le message n'a pas pu être distribué en raison d'une erreur interne du serveur ; son exploitant le conserve."),
    MAILBOX_FULL(
            "MSS-M24",
            Verdict.RETRY_LATER,
            "452 4.2.2",
            "The recipient's mailbox is full at the moment.",
            "La boîte aux lettres du destinataire est pleine pour le moment."),
    MAILBOX_STAYED_FULL(
            "MSS-M25",
            Verdict.REFUSED,
            "552 5.2.2",
            "The recipient's mailbox stayed full until the last attempt.",
            "La boîte aux lettres du destinataire est restée pleine jusqu'au dernier essai."),
    STORED_MAIL_UNREADABLE(
            "MSS-M26",
            Verdict.RETRY_LATER,
            "451 4.3.0",
            "The row of a stored message cannot be read; it stays where it is until the operator has looked at it.",
            "Un message enregistré n'est plus lisible ; il est conservé jusqu'à l'intervention de l'exploitant."),
    RIGHT_MISSING(
            "MSS-M30",
            Verdict.REFUSED,
            "550 5.7.1",
            "Your rights in this mailbox do not allow that.",
            "Vos droits sur cette boîte aux lettres ne permettent pas cette action."),
    FOLDER_READ_ONLY(
            "MSS-M31",
            Verdict.REFUSED,
            "550 5.7.1",
            "The folder is open for reading only.",
            "Le dossier est ouvert en lecture seule."),
    FOLDER_IMPOSSIBLE(
            "MSS-M32",
            Verdict.REFUSED,
            "550 5.1.3",
            "That cannot be done to this folder, or it cannot have this name.",
            "Cette action est impossible sur ce dossier, ou ce nom de dossier n'est pas permis."),
    BARE_LINE_END(
            "MSS-M40",
            Verdict.REFUSED,
            "554 5.5.2",
            "A line did not end in CR LF; the connection ends here.",
            "Une ligne ne se termine pas par CR LF ; la connexion est interrompue."),
    LINE_TOO_LONG(
            "MSS-M41",
            Verdict.REFUSED,
            "500 5.5.2",
            "A line is longer than this server takes; the connection ends here.",
            "Une ligne dépasse la longueur acceptée par ce serveur ; la connexion est interrompue."),
    SESSION_TOO_LONG(
            "MSS-M42",
            Verdict.RETRY_LATER,
            "421 4.7.0",
            "Too many errors or commands in one connection.",
            "Trop d'erreurs ou de commandes sur une même connexion."),
    LOGINS_TOO_MANY(
            "MSS-M43",
            Verdict.RETRY_LATER,
            "451 4.7.0",
            "Too many log-ins have failed; try again later.",
            "Trop d'échecs d'authentification ; réessayez plus tard."),
    FROM_INVALID(
            "MSS-M44",
            Verdict.REFUSED,
            "554 5.6.0",
            "The header fields From and Sender do not name the author as the standard asks.",
            "Les champs From et Sender ne désignent pas l'auteur comme la norme l'exige."),
    PATIENT_ADDRESS_INVALID(
            "MSS-M45",
            Verdict.REFUSED,
            "553 5.1.3",
            "The patient's address is not the matricule of an INS with its key.",
            "L'adresse du patient n'est pas un matricule INS muni de sa clé."),
    HEADER_TOO_LARGE(
            "MSS-M46",
            Verdict.REFUSED,
            "552 5.3.4",
            "The header of the message is longer than this server accepts.",
            "L'en-tête du message dépasse la taille acceptée par ce serveur."),
    REPORT_PARAMETER_INVALID(
            "MSS-M47",
            Verdict.REFUSED,
            "501 5.5.4",
            "A parameter of MAIL or RCPT is not what RFC 3461 asks for.",
            "Un paramètre de MAIL ou de RCPT n'est pas conforme à la RFC 3461."),
    CONNECTIONS_TOO_MANY(
            "MSS-M48",
            Verdict.RETRY_LATER,
            "421 4.3.2",
            "The server has no place for another connection; try again later.",
            "Le serveur n'accepte pas d'autre connexion pour le moment ; réessayez plus tard."),
    CONNECTION_TOO_SLOW(
            "MSS-M49",
            Verdict.RETRY_LATER,
            "421 4.4.2",
            "The connection is slower than this server waits for; it ends here.",
            "La connexion est trop lente pour ce serveur ; elle est interrompue."),
    HOST_NAME_INVALID(
            "MSS-M50", Verdict.REFUSED, "501 5.5.4", "EHLO names a host.", "La commande EHLO doit nommer un hôte."),
    LOGIN_MALFORMED(
            "MSS-M51",
            Verdict.REFUSED,
            "501 5.5.2",
            "The log-in is malformed.",
            "La demande d'authentification est mal formée."),
    CONNECT_UNAVAILABLE(
            "MSS-M52",
            Verdict.RETRY_LATER,
            "451 4.7.0",
            "The identity provider Pro Sante Connect cannot be asked at the moment.",
            "Pro Santé Connect ne peut pas être interrogé pour le moment."),
    LOGIN_LAPSED(
            "MSS-M53",
            Verdict.REFUSED,
            "550 5.7.1",
            "The log-in counts no longer; log in again.",
            "La connexion n'est plus valable ; reconnectez-vous."),
    CERTIFICATE_WITHOUT_MAILBOX(
            "MSS-M54",
            Verdict.REFUSED,
            "535 5.7.8",
            "No active mailbox of that name logs in with this certificate; where it opens several, one must be named.",
            "Aucune boîte aux lettres active de ce nom ne s'ouvre avec ce certificat ; s'il en ouvre plusieurs, il faut en nommer une."),
    COMMANDS_BEHIND_STARTTLS(
            "MSS-M55",
            Verdict.REFUSED,
            "554 5.5.1",
            "Commands were sent in clear behind STARTTLS; the connection ends here.",
            "Des commandes ont été envoyées en clair après STARTTLS ; la connexion est interrompue."),
    CONNECTION_SILENT(
            "MSS-M56",
            Verdict.RETRY_LATER,
            "421 4.4.2",
            "The connection was silent for too long; it ends here.",
            "La connexion est restée inactive trop longtemps ; elle est interrompue."),
    PARAMETER_UNKNOWN(
            "MSS-M57",
            Verdict.REFUSED,
            "501 5.5.4",
            "The command has a parameter, or a value of one, that this server does not know.",
            "La commande comporte un paramètre, ou une valeur de paramètre, inconnu de ce serveur."),
    SENDING_TOO_MUCH(
            "MSS-M58",
            Verdict.RETRY_LATER,
            "450 4.7.1",
            "This mailbox has sent to as many recipients as it may for now; try again later.",
            "Cette boîte aux lettres a atteint le nombre de destinataires permis pour le moment ; réessayez plus tard."),
    ATTACHMENTS_TOO_LARGE(
            "MSS-M59",
            Verdict.REFUSED,
            "552 5.3.4",
            "The attachments are more, or larger, than this mailbox may send, or cannot be counted.",
            "Les pièces jointes sont trop nombreuses ou trop volumineuses pour cette boîte aux lettres, ou illisibles."),
    REPLY_TO_INVALID(
            "MSS-M60",
            Verdict.REFUSED,
            "550 5.7.1",
            "Reply-To, or another field of whereto answers or receipts go, does not name addresses of the trust space alone.",
            "Le champ Reply-To, ou un autre qui dirige réponses ou accusés, désigne une adresse hors de l'espace de confiance MSSanté, ou illisible."),
    /** For the trace alone: who asks is told what everybody is told whose log-in fails. */
    APP_PASSWORD_NEEDED(
            "MSS-M61",
            Verdict.REFUSED,
            "535 5.7.8",
            "A mail client logs in by an app password here.",
            "Un logiciel de messagerie s'authentifie ici par un mot de passe d'application."),
    /** For the trace alone, like the former. */
    SECOND_FACTOR_FAILED(
            "MSS-M62",
            Verdict.REFUSED,
            "535 5.7.8",
            "The code of the second factor is missing, wrong, or was used before.",
            "Le code du second facteur est absent, faux ou déjà utilisé."),
    PASSWORD_WITHDRAWN(
            "MSS-M63",
            Verdict.REFUSED,
            "550 5.7.1",
            "A password of this person was withdrawn; log in again.",
            "Un mot de passe de cette personne a été retiré ; reconnectez-vous."),
    ACCESS_LIST_FIXED(
            "MSS-M64",
            Verdict.REFUSED,
            "550 5.7.1",
            "Access is given to members of the mailbox in the directory, not by lists of its folders.",
            "L'accès se donne aux membres de la boîte aux lettres dans l'annuaire, non dossier par dossier."),

    // --- administration: what somebody asks of our mailboxes over the network
    ADMINISTRATION_NOT_ALLOWED(
            "MSS-A01", Verdict.REFUSED, "Your roles do not allow that.", "Vos rôles ne permettent pas cette action."),
    REQUEST_WRONG(
            "MSS-A02",
            Verdict.REFUSED,
            "The request is not what the description of the administration API asks for.",
            "La requête n'est pas conforme à la description de l'interface d'administration."),
    REQUEST_TOO_LARGE(
            "MSS-A03",
            Verdict.REFUSED,
            "The request is larger than this server accepts.",
            "La requête dépasse la taille acceptée par ce serveur."),
    RESOURCE_UNKNOWN("MSS-A04", Verdict.REFUSED, "There is nothing of that name here.", "Il n'y a rien de ce nom ici."),
    CHANGE_IMPOSSIBLE(
            "MSS-A05",
            Verdict.REFUSED,
            "A rule of the mailbox's type or of its life does not allow that.",
            "Une règle liée au type ou à l'état de la boîte ne permet pas cette modification."),
    CHANGED_MEANWHILE(
            "MSS-A06",
            Verdict.REFUSED,
            "It was changed meanwhile; look again.",
            "Une autre modification est intervenue entre-temps ; consultez à nouveau."),
    DOMAIN_NOT_SERVED(
            "MSS-A07",
            Verdict.REFUSED,
            "The address is of a domain that this server does not serve.",
            "L'adresse appartient à un domaine que ce serveur n'héberge pas."),
    ADDRESS_NOT_GIVEN(
            "MSS-A08",
            Verdict.REFUSED,
            "No mailbox is given an address with such characters before its @.",
            "Aucune boîte ne reçoit une adresse comportant de tels caractères avant @."),
    SECOND_FACTOR_NEEDED(
            "MSS-A09",
            Verdict.REFUSED,
            "Your role takes more than a password here: switch your second factor on, and send its code.",
            "Votre rôle demande ici plus qu'un mot de passe : activez votre second facteur et joignez son code."),
    /** A warning: it is done all the same. */
    HOLDER_NOT_IN_REGISTER(
            "MSS-A10",
            Verdict.ACCEPTED,
            "The register that is loaded does not know the RPPS number of the holder: check it.",
            "Le répertoire chargé ne connaît pas le numéro RPPS du titulaire : vérifiez-le."),
    /** A warning: it is done all the same. */
    NOBODY_OPENS_MAILBOX(
            "MSS-A11",
            Verdict.ACCEPTED,
            "Nobody can open this mailbox: it is of type APP and has no certificate yet.",
            "Personne ne peut ouvrir cette boîte : elle est de type APP et n'a pas encore de certificat."),
    /** A warning: who repeats what he asked is not refused. */
    MAILBOX_SO_ALREADY(
            "MSS-A12",
            Verdict.ACCEPTED,
            "The mailbox was so already: nothing has changed, and its history has no line of it.",
            "La boîte était déjà dans cet état : rien n'a changé et son historique n'en garde aucune ligne."),
    /** A warning: it is done all the same. */
    HOLDER_HAS_ANOTHER_MAILBOX(
            "MSS-A13",
            Verdict.ACCEPTED,
            "The holder has another active personal mailbox here: his mail client no longer gets in by Pro Sante Connect"
                    + " without naming the mailbox it wants.",
            "Le titulaire a ici une autre boîte personnelle active : sans nommer la boîte voulue, son logiciel n'y accède plus"
                    + " par Pro Santé Connect."),
    DIRECTORY_REQUEST_MALFORMED(
            "MSS-A14",
            Verdict.REFUSED,
            "A directory client has sent what is no request, or one of too many levels: it is hung up on.",
            "Un client de l'annuaire a envoyé une requête mal formée ou trop imbriquée : il est déconnecté."),

    // --- documents: from a mail to the DMP
    DOCUMENT_FILED(
            "MSS-D01",
            Verdict.ACCEPTED,
            "The document has been filed in the patient's DMP.",
            "Le document a été déposé dans le DMP du patient."),
    DOCUMENT_ALREADY_FILED(
            "MSS-D02",
            Verdict.ACCEPTED,
            "The same document was already in the patient's DMP.",
            "Ce document figure déjà dans le DMP du patient."),
    DMP_UNAVAILABLE(
            "MSS-D03",
            Verdict.RETRY_LATER,
            "The DMP does not answer; the document waits.",
            "Le DMP ne répond pas ; le document est en attente."),
    DMP_ABSENT("MSS-D10", Verdict.REFUSED, 902, "The patient has no DMP.", "Le patient n'a pas de DMP."),
    DMP_CLOSED("MSS-D11", Verdict.REFUSED, 906, "The patient's DMP is closed.", "Le DMP du patient est fermé."),
    PATIENT_OPPOSED(
            "MSS-D12",
            Verdict.REFUSED,
            906,
            "The patient has opposed the filing of documents in his DMP.",
            "Le patient s'est opposé au dépôt de documents dans son DMP."),
    INS_ABSENT(
            "MSS-D20",
            Verdict.REFUSED,
            903,
            "The document carries no INS of the patient.",
            "Le document ne porte pas l'identité nationale de santé (INS) du patient."),
    INS_MISMATCH(
            "MSS-D21",
            Verdict.REFUSED,
            904,
            "The INS of the document and of its metadata differ, or the document names more than one patient.",
            "L'INS du document et celle de ses métadonnées diffèrent, ou le document désigne plusieurs patients."),
    INS_INCOMPLETE(
            "MSS-D22",
            Verdict.REFUSED,
            905,
            "The INS of the document is malformed or its identity traits are incomplete.",
            "L'INS du document est mal formée ou ses traits d'identité sont incomplets."),
    SUBJECT_MISMATCH(
            "MSS-D23",
            Verdict.REFUSED,
            904,
            "The patient named in the subject of the message is not the patient of the document.",
            "Le patient nommé dans l'objet du message n'est pas celui du document."),
    AUTHOR_NOT_ALLOWED(
            "MSS-D24",
            Verdict.REFUSED,
            901,
            "The author of the document is not an active professional of the directory.",
            "L'auteur du document n'est pas un professionnel en activité connu de l'annuaire."),
    AUTHOR_BLOCKED(
            "MSS-D25",
            Verdict.REFUSED,
            901,
            "The patient has blocked the author of the document.",
            "Le patient a bloqué l'auteur du document pour son DMP."),
    INS_NOT_QUALIFIED(
            "MSS-D26",
            Verdict.REFUSED,
            905,
            "The sender does not say that the patient's INS is qualified, and only a qualified INS may be filed.",
            "L'émetteur n'indique pas que l'INS du patient est qualifiée ; seule une INS qualifiée permet un dépôt."),
    CDA_UNREADABLE(
            "MSS-D30", Verdict.REFUSED, 906, "The CDA document is not readable.", "Le document CDA n'est pas lisible."),
    CDA_HEADER_INCOMPLETE(
            "MSS-D31",
            Verdict.REFUSED,
            906,
            "The header of the CDA document lacks what filing needs.",
            "L'en-tête du document CDA est incomplet pour un dépôt."),
    XML_FORBIDDEN_CONSTRUCT(
            "MSS-D32",
            Verdict.REFUSED,
            906,
            "The XML declares a DTD or entities, which is forbidden.",
            "Le fichier XML contient une DTD ou des entités, ce qui est interdit."),
    XDM_UNREADABLE(
            "MSS-D33",
            Verdict.REFUSED,
            906,
            "The IHE_XDM archive is not readable.",
            "L'archive IHE_XDM n'est pas lisible."),
    XDM_DOCUMENT_MISSING(
            "MSS-D34",
            Verdict.REFUSED,
            906,
            "The metadata announce a document that the archive does not hold.",
            "Les métadonnées annoncent un document absent de l'archive."),
    XDM_HASH_MISMATCH(
            "MSS-D35",
            Verdict.REFUSED,
            906,
            "The document's hash is not the one its metadata announce.",
            "L'empreinte du document n'est pas celle annoncée par ses métadonnées."),
    DOCUMENT_TOO_LARGE(
            "MSS-D36",
            Verdict.REFUSED,
            906,
            "The document or its archive exceeds a size limit.",
            "Le document ou son archive dépasse une limite de taille."),
    DOCUMENT_ID_REUSED(
            "MSS-D37",
            Verdict.REFUSED,
            906,
            "Another document with the same identifier is already filed.",
            "Un autre document portant le même identifiant est déjà déposé."),
    DMP_REFUSED("MSS-D38", Verdict.REFUSED, 906, "The DMP refused the document.", "Le DMP a refusé le document."),
    MAIL_UNREADABLE(
            "MSS-D39",
            Verdict.REFUSED,
            906,
            "The structure of the message is not readable.",
            "La structure du message n'est pas lisible."),
    VERSION_OUTDATED(
            "MSS-D40",
            Verdict.REFUSED,
            900,
            "The same or a newer version of the document is already filed.",
            "La même version du document, ou une plus récente, est déjà déposée."),
    DOCUMENT_NOT_FOUND(
            "MSS-D41",
            Verdict.REFUSED,
            906,
            "The message announces documents, but none can be read in it.",
            "Le message annonce des documents, mais aucun n'a pu y être lu."),
    MASKS_CONTRADICTORY(
            "MSS-D42",
            Verdict.REFUSED,
            906,
            "The masks of the document exclude each other.",
            "Les masquages demandés pour le document sont incompatibles entre eux."),
    DOCUMENT_KIND_NOT_ACCEPTED(
            "MSS-D43",
            Verdict.REFUSED,
            906,
            "The DMP takes no documents of this kind from professionals.",
            "Le DMP n'accepte pas ce type de document d'un professionnel."),
    FILING_STOPPED(
            "MSS-D44",
            Verdict.RETRY_LATER,
            "Filing failed again and again; the document waits for an operator.",
            "Le dépôt a échoué à plusieurs reprises ; le document attend l'intervention de l'exploitant."),
    OUTCOME_UNKNOWN(
            "MSS-D45",
            Verdict.REFUSED,
            906,
            "What became of the document is recorded under a code that this version does not know.",
            "Le sort du document est enregistré sous un code que cette version ne connaît pas."),
    MASKS_DIFFER(
            "MSS-D46",
            Verdict.REFUSED,
            906,
            "Another copy of the document, filed before or in the same message, does not ask for the same masks.",
            "Un autre exemplaire du document, déjà déposé ou joint au même message, ne porte pas les mêmes masquages."),
    FILING_ASKED(
            "MSS-D47",
            Verdict.RETRY_LATER,
            "The mailbox wants to be asked: the document waits until a person says whether it is filed.",
            "La boîte aux lettres ne dépose rien sans accord : le document attend la décision de son titulaire."),
    FILING_DECLINED(
            "MSS-D48",
            Verdict.REFUSED,
            906,
            "The recipient decided that the document is not filed.",
            "Le destinataire a décidé de ne pas déposer ce document dans le DMP."),
    CDA_NOT_VALID(
            "MSS-D49",
            Verdict.REFUSED,
            906,
            "The document does not follow the schema of CDA.",
            "Le document n'est pas conforme au schéma CDA."),
    DMP_IDENTITY_REFUSED(
            "MSS-D50",
            Verdict.RETRY_LATER,
            "The DMP does not accept the identity (VIHF) this system asks it with; the document waits.",
            "Le DMP n'accepte pas l'identité (VIHF) présentée par ce système ; le document est en attente."),
    WITHDRAWAL_NOT_TAKEN(
            "MSS-D51",
            Verdict.REFUSED,
            906,
            "Documents are not withdrawn by mail: their author does that in the DMP. Nothing was changed or filed.",
            "Un document ne peut pas être retiré par messagerie : son auteur le fait dans le DMP. Rien n'a été modifié ni déposé."),
    SIGNATURE_REFUSED(
            "MSS-D52",
            Verdict.RETRY_LATER,
            "The signature of the submission could not be made, or the DMP does not accept it; the document waits.",
            "La signature de la soumission n'a pas pu être établie, ou le DMP ne l'accepte pas ; le document est en attente."),
    MASK_UNKNOWN(
            "MSS-D53",
            Verdict.REFUSED,
            906,
            "The metadata hide the document by a code that is not known; it is not filed, lest it be open.",
            "Les métadonnées masquent le document par un code inconnu ; il n'est pas classé, pour ne pas être visible à tort."),
    VERSION_UNREADABLE(
            "MSS-D54",
            Verdict.REFUSED,
            900,
            "The version number of the document is no whole number of up to 18 digits.",
            "Le numéro de version du document n'est pas un nombre entier de 18 chiffres au plus."),
    PART_NOT_OPENED(
            "MSS-D55",
            Verdict.ACCEPTED,
            "A part of the message could not be looked into: whether it holds a document is not known, and nothing of it is filed.",
            "Une pièce jointe n'a pas pu être ouverte : on ignore si elle contient un document, et rien n'en est déposé."),
    STRUCTURE_NOT_KNOWN(
            "MSS-D56",
            Verdict.REFUSED,
            901,
            "No structure the authors of the document acted for is known to the directory.",
            "Aucune structure des auteurs du document n'est connue de l'annuaire.");

    /** What an outcome means for the one who asked. */
    public enum Verdict {
        ACCEPTED,
        REFUSED,
        RETRY_LATER
    }

    private final String code;
    private final Verdict verdict;
    private final String smtpReply;
    private final Integer applicationCode;
    private final String english;
    private final String french;

    Outcome(String code, Verdict verdict, String english, String french) {
        this(code, verdict, null, null, english, french);
    }

    Outcome(String code, Verdict verdict, String smtpReply, String english, String french) {
        this(code, verdict, smtpReply, null, english, french);
    }

    Outcome(String code, Verdict verdict, Integer applicationCode, String english, String french) {
        this(code, verdict, null, applicationCode, english, french);
    }

    Outcome(String code, Verdict verdict, String smtpReply, Integer applicationCode, String english, String french) {
        this.code = code;
        this.verdict = verdict;
        this.smtpReply = smtpReply;
        this.applicationCode = applicationCode;
        this.english = english;
        this.french = french;
    }

    /** The stable code, e.g. {@code MSS-T08}. */
    public String code() {
        return code;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** The basic SMTP reply code, e.g. 550; empty where the outcome never answers an SMTP command. */
    public Optional<Integer> smtpReply() {
        return Optional.ofNullable(smtpReply).map(reply -> Integer.valueOf(reply.substring(0, 3)));
    }

    /** The enhanced status code (RFC 3463), e.g. 5.7.1. */
    public Optional<String> enhancedStatus() {
        return Optional.ofNullable(smtpReply).map(reply -> reply.substring(4));
    }

    /** The application error of the MDN, 900 to 906, for a refused document. */
    public Optional<Integer> applicationCode() {
        return Optional.ofNullable(applicationCode);
    }

    /** The sentence for operators. */
    public String english() {
        return english;
    }

    /** The sentence for practitioners. */
    public String french() {
        return french;
    }

    /** The text of an SMTP reply behind its codes: {@code MSS-T08 The certificate's DN is not …}. */
    public String replyText() {
        return code + " " + english;
    }

    public static Optional<Outcome> ofCode(String code) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.code.equals(code))
                .findFirst();
    }
}
