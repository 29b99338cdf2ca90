package org.mssante.core.id;

import java.util.regex.Pattern;

/** An object identifier in dotted form, at most 64 characters (HL7 UID, XDS uniqueId), without leading zeros. */
public record Oid(String value) {
    private static final int MAX_LENGTH = 64;
    private static final Pattern FORM = Pattern.compile("[0-2](\\.(0|[1-9][0-9]*+))++");

    public Oid {
        if (!isOid(value)) {
            throw new InvalidIdentifierException(
                    "an OID has digits and dots, no leading zero, and at most " + MAX_LENGTH + " characters");
        }
    }

    public static boolean isOid(String value) {
        return value.length() <= MAX_LENGTH && FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
