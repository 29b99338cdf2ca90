package org.mssante.dmp.cda;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mssante.dmp.xds.metadata.Code;

/** The confidentialities that are stricter than normal (HL7 Confidentiality, 2.16.840.1.113883.5.25), as codes. */
final class Restriction {
    static final String NONE = "N";

    private static final String RESTRICTED = "R";
    /** The stricter behind. */
    private static final List<String> CODES = List.of(RESTRICTED, "V");
    /** What is no stricter than normal. */
    private static final Set<String> OPEN = Set.of(NONE, "U", "L", "M");

    private Restriction() {}

    static boolean isOne(String code) {
        return CODES.contains(code);
    }

    static boolean isOpen(String code) {
        return OPEN.contains(code);
    }

    static String stricter(String one, String other) {
        return CODES.indexOf(one) >= CODES.indexOf(other) ? one : other;
    }

    static boolean isStricter(String code, String than) {
        return !code.equals(than) && stricter(than, code).equals(code);
    }

    /**
     * What the author's own code stands for: N, R or V, which are all that a CDA may say (CI-SIS structuration minimale,
     * confidentialityCode). Any other confidentiality is no more open for it; a mask is not the author's to give (TRE_A07).
     */
    static String ofAuthor(Code written) {
        String code = spelled(written.code());
        if (isOne(code)) {
            return code;
        }
        return isOpen(code) || SenderMetadata.isMask(written) ? NONE : RESTRICTED;
    }

    static String ofAuthor(CdaHeader header) {
        return header.confidentiality().map(Restriction::ofAuthor).orElse(NONE);
    }

    static String label(String code) {
        return switch (code) {
            case "R" -> "Restricted";
            case "V" -> "Very restricted";
            default -> "Normal";
        };
    }

    /** As codes are compared. */
    static String spelled(String code) {
        return code.strip().toUpperCase(Locale.ROOT);
    }
}
