package org.mssante.core.id;

/** The Luhn check digit (ISO/IEC 7812-1) that RPPS, FINESS, SIREN and SIRET numbers carry. */
public final class LuhnKey {
    private LuhnKey() {}

    /** True where the last digit is the key of the others; a letter counts as not valid. */
    public static boolean holds(String digits) {
        int sum = 0;
        boolean twice = false;
        for (int i = digits.length() - 1; i >= 0; i--) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            if (twice) {
                digit *= 2;
                if (digit > 9) {
                    digit -= 9;
                }
            }
            sum += digit;
            twice = !twice;
        }
        return sum % 10 == 0;
    }

    /** The key that makes a number of these digits valid, to be set behind them. */
    public static char of(String digits) {
        int sum = 0;
        boolean twice = true;
        for (int i = digits.length() - 1; i >= 0; i--) {
            int digit = (digits.charAt(i) - '0') * (twice ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
            twice = !twice;
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }
}
