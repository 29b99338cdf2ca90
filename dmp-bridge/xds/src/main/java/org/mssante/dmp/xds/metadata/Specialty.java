package org.mssante.dmp.xds.metadata;

/**
 * An author's speciality, HL7 CE: {@code G15_10/SM26^Médecin - Médecine générale^1.2.250.1.213.1.1.4.5}. Foreign
 * metadata may hold plain words here.
 *
 * @param text the escaped HL7 text, blanks normalised; never empty
 */
public record Specialty(String text) {

    public Specialty {
        text = Blanks.single(text);
        if (text.isEmpty()) {
            throw new InvalidMetadataException("a speciality is not empty");
        }
    }

    public static Specialty of(Code code) {
        return new Specialty(Hl7Text.join(
                Hl7Text.escape(code.code()), Hl7Text.escape(code.displayName()), Hl7Text.escape(code.codeSystem())));
    }

    public String code() {
        return Hl7Text.plain(text, 1);
    }

    public String displayName() {
        return Hl7Text.plain(text, 2);
    }

    public String codeSystem() {
        return Hl7Text.plain(text, 3);
    }

    @Override
    public String toString() {
        return text;
    }
}
