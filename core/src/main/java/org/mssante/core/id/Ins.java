package org.mssante.core.id;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The identité nationale de santé of a patient: the matricule (NIR or NIA with its key, 15 characters) and the OID of
 * the authority that gave it. A patient identifier: {@link #toString()} masks it, {@link #cx()} shows it.
 */
public record Ins(String matricule, Oid authority) {
    /** INS-NIR of production. */
    public static final Oid NIR = new Oid("1.2.250.1.213.1.4.8");
    /** INS-NIA of production. */
    public static final Oid NIA = new Oid("1.2.250.1.213.1.4.9");
    /** INS-NIR of test: never accepted in production. */
    public static final Oid NIR_TEST = new Oid("1.2.250.1.213.1.4.10");
    /** INS-NIR of demonstration: never accepted in production. */
    public static final Oid NIR_DEMO = new Oid("1.2.250.1.213.1.4.11");

    private static final Set<String> AUTHORITIES = Set.of(NIR.value(), NIA.value(), NIR_TEST.value(), NIR_DEMO.value());
    private static final Pattern FORM = Pattern.compile("[0-9]{5}[0-9AB][0-9AB][0-9]{8}");
    private static final int NIR_LENGTH = 13;
    private static final BigInteger MODULUS = BigInteger.valueOf(97);

    public Ins {
        matricule = matricule.toUpperCase(Locale.ROOT);
        if (!FORM.matcher(matricule).matches()) {
            throw new InvalidIdentifierException("an INS has 15 characters: 13 of the NIR or NIA and its key of 2");
        }
    }

    /**
     * True where the key is 97 minus the NIR modulo 97 (Corsica: 2A counts as 19, 2B as 18). Sample documents of the
     * agency carry wrong keys, so a caller decides what a wrong key means.
     */
    public boolean keyHolds() {
        String nir = matricule.substring(0, NIR_LENGTH).replace("2A", "19").replace("2B", "18");
        if (!nir.chars().allMatch(Character::isDigit)) {
            return false;
        }
        int expected = MODULUS.subtract(new BigInteger(nir).mod(MODULUS)).intValueExact();
        return expected == Integer.parseInt(matricule.substring(NIR_LENGTH));
    }

    /** True for the OID of an authority that gives INS: its numbers are an INS, those of any other are not. */
    public static boolean isAuthority(String oid) {
        return AUTHORITIES.contains(oid);
    }

    /**
     * True where an identifier names this person: the authorities of the INS number the same persons, each by the same
     * matricule whichever authority stands beside it.
     */
    public boolean names(String id, String authorityOid) {
        return isAuthority(authorityOid) && matricule.equals(id.toUpperCase(Locale.ROOT));
    }

    /** The HL7 CX form the DMP uses: {@code INS^^^&OID&ISO^NH}. */
    public String cx() {
        return matricule + "^^^&" + authority + "&ISO^NH";
    }

    /** The last five characters behind asterisks: what a log or a screen may show. */
    public String masked() {
        return "**********" + matricule.substring(10);
    }

    @Override
    public String toString() {
        return masked();
    }
}
