package org.mssante.core.id;

import java.util.regex.Pattern;

/**
 * The number of a professional in the national register RPPS: 11 digits, the last a Luhn key. A wrong key is reported
 * by {@link #keyHolds()} and not refused, because published documentation numbers carry wrong keys.
 */
public record Rpps(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9]{11}");
    private static final String NATIONAL_PREFIX = "8";

    public Rpps {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidIdentifierException("an RPPS number has 11 digits");
        }
    }

    /** Reads the PS_IdNat form used in CDA, VIHF and the extracts: {@code 8} + RPPS. */
    public static Rpps ofNationalId(String nationalId) {
        if (!nationalId.startsWith(NATIONAL_PREFIX)) {
            throw new InvalidIdentifierException("a national identifier of an RPPS professional starts with 8");
        }
        return new Rpps(nationalId.substring(NATIONAL_PREFIX.length()));
    }

    /** PS_IdNat (OID 1.2.250.1.71.4.2.1): {@code 8} + RPPS, 12 digits. */
    public String nationalId() {
        return NATIONAL_PREFIX + value;
    }

    public boolean keyHolds() {
        return LuhnKey.holds(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
