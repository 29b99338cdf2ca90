package org.mssante.annuaire.rpps;

import java.util.regex.Pattern;

/** The last line of a French postal address (AFNOR NF Z10-011, line 6): postal code, then the town. */
final class RoutingLine {
    private static final Pattern POSTAL_CODE = Pattern.compile("^[0-9AB]{5}\\s++");

    private RoutingLine() {}

    static String of(String postalCode, String town) {
        return (postalCode + ' ' + town).strip();
    }

    static String town(String line) {
        return POSTAL_CODE.matcher(line).replaceFirst("");
    }
}
