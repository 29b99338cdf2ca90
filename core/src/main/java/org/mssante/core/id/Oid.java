package org.mssante.core.id;

import java.math.BigInteger;
import java.util.UUID;
import java.util.regex.Pattern;

/** An object identifier in dotted form, at most 64 characters (HL7 UID, XDS uniqueId), without leading zeros. */
public record Oid(String value) {
    private static final int MAX_LENGTH = 64;
    private static final int HEXADECIMAL = 16;
    private static final Pattern FORM = Pattern.compile("[0-2](\\.(0|[1-9][0-9]*+))++");

    public Oid {
        if (!isOid(value)) {
            throw new InvalidIdentifierException(
                    "an OID has digits and dots, no leading zero, and at most " + MAX_LENGTH + " characters");
        }
    }

    /** The OID that ITU-T X.667 gives a UUID: {@code 2.25} and the UUID as a decimal number. */
    public static Oid of(UUID uuid) {
        return new Oid("2.25." + new BigInteger(uuid.toString().replace("-", ""), HEXADECIMAL));
    }

    public static boolean isOid(String value) {
        return value.length() <= MAX_LENGTH && FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
