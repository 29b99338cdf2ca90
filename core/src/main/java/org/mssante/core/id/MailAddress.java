package org.mssante.core.id;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a mailbox (RFC 5321 §4.1.2, dot-string local parts only), held in lower case: MSSanté addresses are
 * compared without case, and none is given twice.
 */
public record MailAddress(String local, MailDomain domain) {
    /** Citizens' mailboxes of Mon espace santé: the local part is the patient's INS. */
    public static final MailDomain PATIENT_DOMAIN = new MailDomain("patient.mssante.fr");

    private static final int MAX_LOCAL = 64;
    private static final Pattern LOCAL =
            Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~-]++(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]++)*+");

    /** Such an address within a text, quoted local parts included; it is sought where a word begins. */
    private static final Pattern PATIENT = Pattern.compile(
            "(?<![^\\s<>@,;:()\\[\\]])([^\\s<>@,;:()\\[\\]]++)@(" + Pattern.quote(PATIENT_DOMAIN.toString()) + ")",
            Pattern.CASE_INSENSITIVE);

    private static final int SHOWN = 5;

    public MailAddress {
        local = local.toLowerCase(Locale.ROOT);
        if (local.length() > MAX_LOCAL || !LOCAL.matcher(local).matches()) {
            throw new InvalidIdentifierException("the part before @ is not a mailbox name (RFC 5321 §4.1.2)");
        }
    }

    public static MailAddress parse(String address) {
        int at = address.lastIndexOf('@');
        if (at < 0) {
            throw new InvalidIdentifierException("a mail address has an @");
        }
        return new MailAddress(address.substring(0, at), new MailDomain(address.substring(at + 1)));
    }

    /** The address as a log may show it: a citizen's address is an INS and is masked. */
    public String masked() {
        if (!domain.equals(PATIENT_DOMAIN)) {
            return toString();
        }
        return maskedLocal(local) + "@" + domain;
    }

    /**
     * A text as a log or a support screen may show it: every citizen's address in it is masked, whoever wrote the text (a
     * header, the reply of another server). Message-IDs have the form of an address: a text that is one does not belong
     * here.
     */
    public static String maskedIn(String text) {
        return PATIENT.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(maskedLocal(found.group(1)) + "@" + found.group(2)));
    }

    private static String maskedLocal(String local) {
        String tail = local.length() > SHOWN ? local.substring(local.length() - SHOWN) : "";
        return "**********" + tail;
    }

    @Override
    public String toString() {
        return local + "@" + domain;
    }
}
