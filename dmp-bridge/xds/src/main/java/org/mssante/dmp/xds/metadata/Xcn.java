package org.mssante.dmp.xds.metadata;

/**
 * A person or system with its identifier, HL7 XCN in the French shape:
 * {@code 810001234567^MARTIN^Anne^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS}.
 *
 * @param text the escaped HL7 text, blanks normalised; never empty
 */
public record Xcn(String text) {
    /** XCN.13 of a professional's national identifier (PS_IdNat). */
    public static final String NATIONAL_ID = "IDNPS";
    /** XCN.13 of an identifier internal to a structure: it holds a slash. */
    public static final String INTERNAL_ID = "EI";
    /** XCN.13 of a system (an automate). */
    public static final String SYSTEM_ID = "RI";
    /** XCN.10 of a professional's name. */
    public static final String DISPLAY_NAME = "D";
    /** XCN.10 of a name that is not a person's. */
    public static final String UNSPECIFIED_NAME = "U";

    public Xcn {
        text = Blanks.single(text);
        if (text.isEmpty()) {
            throw new InvalidMetadataException("a person (XCN) is not empty");
        }
    }

    /** @param authority the OID that gave the id; empty for none */
    public static Xcn of(String id, String family, String given, String authority, String nameType, String idType) {
        return new Xcn(Hl7Text.join(
                Hl7Text.escape(id),
                Hl7Text.escape(family),
                Hl7Text.escape(given),
                "",
                "",
                "",
                "",
                "",
                Hl7Text.hd(authority),
                Hl7Text.escape(nameType),
                "",
                "",
                Hl7Text.escape(idType)));
    }

    /**
     * A professional; {@code EI} instead of {@code IDNPS} where the identifier holds a slash (volet Transmission). Without an
     * identifier there is nothing to name the type of.
     */
    public static Xcn professional(String id, String family, String given, String authority) {
        String idType = id.indexOf('/') < 0 ? NATIONAL_ID : INTERNAL_ID;
        return of(id, family, given, authority, DISPLAY_NAME, id.isEmpty() ? "" : idType);
    }

    public String id() {
        return Hl7Text.plain(text, 1);
    }

    public String family() {
        return Hl7Text.plain(text, 2);
    }

    public String given() {
        return Hl7Text.plain(text, 3);
    }

    /** The OID of the authority that gave the id; empty where the text has none. */
    public String authority() {
        return Hl7Text.authority(text, 9);
    }

    public String nameType() {
        return Hl7Text.plain(text, 10);
    }

    public String idType() {
        return Hl7Text.plain(text, 13);
    }

    @Override
    public String toString() {
        return text;
    }
}
