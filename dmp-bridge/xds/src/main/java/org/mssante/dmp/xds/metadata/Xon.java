package org.mssante.dmp.xds.metadata;

/**
 * A structure with its identifier, HL7 XON in the French shape:
 * {@code Laboratoire^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1750000001}. The name may be missing.
 *
 * @param text the escaped HL7 text, blanks normalised; never empty
 */
public record Xon(String text) {
    /** XON.7 of a structure's national identifier (Struct_IdNat). */
    public static final String NATIONAL_ID = "IDNST";

    public Xon {
        text = Blanks.single(text);
        if (text.isEmpty()) {
            throw new InvalidMetadataException("a structure (XON) is not empty");
        }
    }

    /** @param name empty where the CDA gives none ({@code nullFlavor}) */
    public static Xon structure(String name, String id, String authority) {
        return new Xon(Hl7Text.join(
                Hl7Text.escape(name),
                "",
                "",
                "",
                "",
                Hl7Text.hd(authority),
                id.isEmpty() ? "" : NATIONAL_ID,
                "",
                "",
                Hl7Text.escape(id)));
    }

    public String name() {
        return Hl7Text.plain(text, 1);
    }

    /** The OID of the authority that gave the id; empty where the text has none. */
    public String authority() {
        return Hl7Text.authority(text, 6);
    }

    public String idType() {
        return Hl7Text.plain(text, 7);
    }

    public String id() {
        return Hl7Text.plain(text, 10);
    }

    @Override
    public String toString() {
        return text;
    }
}
