package org.mssante.server.delivery;

import java.util.Locale;
import org.apache.mailet.DsnParameters.Notify;

/** What a report tells of (RFC 3464 §2.3.3), and the words for it. */
enum ReportKind {
    FAILED(
            Notify.FAILURE,
            "Message non distribué / Undelivered message",
            "Votre message n'a pas pu être remis aux destinataires suivants :",
            "Aucun nouvel essai ne sera fait.",
            "Your message could not be delivered to the following recipients:",
            "No further attempt will be made."),
    DELIVERED(
            Notify.SUCCESS,
            "Accusé de réception / Delivery receipt",
            "Votre message a été remis dans les boîtes aux lettres suivantes :",
            "Cet accusé ne dit pas si le message a été lu.",
            "Your message was put into the following mailboxes:",
            "This receipt does not say whether it was read."),
    RELAYED(
            Notify.SUCCESS,
            "Message transmis / Message relayed",
            "Votre message a été accepté par le serveur des destinataires suivants :",
            "Ce serveur n'émet pas d'accusé de réception : vous ne recevrez pas d'autre avis.",
            "Your message was accepted by the server of the following recipients:",
            "That server sends no delivery receipts: you will hear no more of it.");

    private final Notify wish;
    private final String subject;
    private final String french;
    private final String afterwordFrench;
    private final String english;
    private final String afterwordEnglish;

    ReportKind(
            Notify wish,
            String subject,
            String french,
            String afterwordFrench,
            String english,
            String afterwordEnglish) {
        this.wish = wish;
        this.subject = subject;
        this.french = french;
        this.afterwordFrench = afterwordFrench;
        this.english = english;
        this.afterwordEnglish = afterwordEnglish;
    }

    /** The sender's wish that asks for it (RFC 3461 §4.1). */
    Notify wish() {
        return wish;
    }

    String subject() {
        return subject;
    }

    /** Comes before the list of recipients. */
    String french() {
        return french;
    }

    /** Comes after the list of recipients. */
    String afterwordFrench() {
        return afterwordFrench;
    }

    /** Comes before the list of recipients. */
    String english() {
        return english;
    }

    /** Comes after the list of recipients. */
    String afterwordEnglish() {
        return afterwordEnglish;
    }

    /** The value of the field Action. */
    String action() {
        return name().toLowerCase(Locale.ROOT);
    }
}
