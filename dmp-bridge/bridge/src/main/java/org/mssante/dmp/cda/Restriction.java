package org.mssante.dmp.cda;

import java.util.List;

/** The confidentialities that are stricter than normal (HL7 Confidentiality, 2.16.840.1.113883.5.25), as codes. */
final class Restriction {
    /** The stricter behind. */
    private static final List<String> CODES = List.of("R", "V");

    private Restriction() {}

    static boolean isOne(String code) {
        return CODES.contains(code);
    }

    static String stricter(String one, String other) {
        return CODES.indexOf(one) >= CODES.indexOf(other) ? one : other;
    }
}
