package org.mssante.core.trace;

import java.util.Locale;

/** The fields a trace line may carry besides its time, its event and its outcome. */
public enum Field {
    /** The person, mailbox or server that acted; in a refused log-in, whoever the client said to be. */
    ACTOR,
    /** The mailbox it acted for, or asked for, where that is another one. */
    ON_BEHALF_OF,
    /** The RFC 5322 Message-ID, without angle brackets: what ties the lines of one message together. */
    MESSAGE_ID,
    /** The queue's or the mail's own identifier inside the service. */
    MAIL_NAME,
    FROM,
    TO,
    /** Octets. */
    SIZE,
    /** SHA-256 of the message or SHA-1 of the document, hexadecimal. */
    HASH,
    PEER,
    PROTOCOL,
    TLS,
    /** What somebody logged in with: password, token or certificate. */
    MEANS,
    /** The name a person gave the app password that was used; never its text. */
    APP_PASSWORD,
    /** The number of the professional whom an access token names. */
    RPPS,
    /** The software that an access token was given to (claim {@code azp}). */
    CLIENT,
    CERTIFICATE_SUBJECT,
    CERTIFICATE_SERIAL,
    LIST_DATE,
    /** The answer given, e.g. an SMTP reply line. */
    REPLY,
    /** A CDA document's identifier. */
    DOCUMENT_ID,
    /** The patient's INS in CX form; only the trace holds it in clear. */
    PATIENT,
    /** The rule of a decision table. */
    RULE,
    ATTEMPT,
    /** Why a person did what he did, in his words. */
    REASON,
    COUNT,
    DETAIL;

    /** The name in the JSON line, e.g. {@code messageId}. */
    public String key() {
        String[] words = name().toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder key = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            key.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return key.toString();
    }
}
