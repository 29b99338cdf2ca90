package org.mssante.core.id;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The national identifier of a structure, Struct_IdNat (OID 1.2.250.1.71.4.2.2): one digit for the kind, then the
 * number. It stands in the OU of organisation certificates, in CDA documents and in the annuaire.
 */
public record StructureId(Kind kind, String number) {

    /** TRE_G07-TypeIdentifiantStructure. */
    public enum Kind {
        CABINET_ADELI('0', "[0-9A-Z]{9,14}"),
        FINESS('1', "[0-9][0-9A-Z][0-9]{7}"),
        SIREN('2', "[0-9]{9}"),
        SIRET('3', "[0-9]{14}"),
        CABINET_RPPS('4', "[0-9]{11,16}");

        private final char prefix;
        private final Pattern form;

        Kind(char prefix, String form) {
            this.prefix = prefix;
            this.form = Pattern.compile(form);
        }

        /** The digit in front of the number. */
        public char prefix() {
            return prefix;
        }

        /** Whether a number may be one of this kind; it may be of another one, too. */
        public boolean fits(String number) {
            return form.matcher(number.toUpperCase(Locale.ROOT)).matches();
        }

        static Kind ofPrefix(char prefix) {
            for (Kind kind : values()) {
                if (kind.prefix == prefix) {
                    return kind;
                }
            }
            throw new InvalidIdentifierException("a structure identifier starts with 0, 1, 2, 3 or 4");
        }
    }

    public StructureId {
        number = number.toUpperCase(Locale.ROOT);
        if (!kind.fits(number)) {
            throw new InvalidIdentifierException("a " + kind + " number has the form " + kind.form.pattern());
        }
    }

    public static StructureId finess(String number) {
        return new StructureId(Kind.FINESS, number);
    }

    public static StructureId siret(String number) {
        return new StructureId(Kind.SIRET, number);
    }

    /** Reads Struct_IdNat, e.g. {@code 318751275100020} (SIRET) or {@code 1750000001} (FINESS). */
    public static StructureId ofNationalId(String nationalId) {
        if (nationalId.isEmpty()) {
            throw new InvalidIdentifierException("a structure identifier is empty");
        }
        return new StructureId(Kind.ofPrefix(nationalId.charAt(0)), nationalId.substring(1));
    }

    /** Struct_IdNat: the digit of the kind, then the number. */
    public String nationalId() {
        return kind.prefix + number;
    }

    /** True where the Luhn key holds; numbers that hold letters (Corsica) or no key at all answer false. */
    public boolean keyHolds() {
        return LuhnKey.holds(number);
    }

    @Override
    public String toString() {
        return nationalId();
    }
}
