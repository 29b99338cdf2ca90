package org.mssante.annuaire.index;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** How values of an attribute compare: two values are equal where their normal forms are. */
public enum Matching {
    /** Names of people, places and organisations: without accents, case and double blanks (annuaire.md §1.10). */
    TEXT(true, true) {
        @Override
        public String normal(String value) {
            if (isPlain(value)) {
                return collapse(value.toLowerCase(Locale.ROOT));
            }
            String bare = MARKS.matcher(Normalizer.normalize(value, Normalizer.Form.NFKD))
                    .replaceAll("");
            return collapse(bare.toLowerCase(Locale.ROOT)
                    .replace("œ", "oe")
                    .replace("æ", "ae")
                    .replace('’', '\''));
        }
    },
    /** Codes, numbers, addresses: without case. */
    CODE(true, true) {
        @Override
        public String normal(String value) {
            return collapse(value.toLowerCase(Locale.ROOT));
        }
    },
    /**
     * Telephone numbers: without blanks and hyphens (RFC 4518 §2.6.3), and as they are dialled in France, where the
     * international form is one of its own: +33 1…, 0033 1… and +33 (0)1… are 01…. They have no order.
     */
    PHONE(false, true) {
        @Override
        public String normal(String value) {
            return nationally(FRENCH_PREFIX, value);
        }

        @Override
        String normalWithin(String part) {
            return nationally(FRENCH_PREFIX_WITHIN, part);
        }

        private String nationally(Pattern prefix, String value) {
            String digits = PHONE_FILLERS.matcher(CODE.normal(value)).replaceAll("");
            return prefix.matcher(digits).replaceFirst("0");
        }
    },
    /** Names of object classes: without case. They have neither order nor parts (RFC 4517 §4.2.26). */
    OBJECT_IDENTIFIER(false, false) {
        @Override
        public String normal(String value) {
            return CODE.normal(value);
        }
    },
    /**
     * Distinguished names (RFC 4514), whatever their blanks, case and escapes. What is no DN
     * compares as a code. They have neither order nor parts.
     */
    DISTINGUISHED_NAME(false, false) {
        @Override
        public String normal(String value) {
            try {
                return new X500Principal(value).getName(X500Principal.CANONICAL);
            } catch (IllegalArgumentException e) {
                return CODE.normal(value);
            }
        }
    };

    private static final Pattern MARKS = Pattern.compile("\\p{M}++");
    private static final Pattern BLANKS = Pattern.compile("\\s{2,}+|[\\t\\n\\r]");

    private static final Pattern PHONE_FILLERS = Pattern.compile("[ \\p{Pd}]");

    /**
     * France, and those of its parts whose numbers have the code once more behind the 0 (ARCEP, plan de numérotation). 00 is how +
     * is dialled; the 0 that is dialled within the country is often left behind it.
     */
    private static final Pattern FRENCH_PREFIX = Pattern.compile("^(?:\\+|00)(?:33|262|590|594|596)(?:\\(0\\)|0)?");

    /** Within a number 00 may be two digits of it; a part of more than ten digits is no part of a French one. */
    private static final Pattern FRENCH_PREFIX_WITHIN = Pattern.compile("^(?=\\+|.{11})" + FRENCH_PREFIX);

    private final boolean ordered;
    private final boolean divisible;

    Matching(boolean ordered, boolean divisible) {
        this.ordered = ordered;
        this.divisible = divisible;
    }

    /** Whether one value can be above another. */
    public boolean isOrdered() {
        return ordered;
    }

    /** Whether parts of a value can be asked for. */
    public boolean isDivisible() {
        return divisible;
    }

    /** Above zero where the first of two normal forms is the greater one: by their characters (RFC 4517 §4.2.12). */
    public static int compare(String one, String other) {
        for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
            char first = one.charAt(i);
            char second = other.charAt(i);
            if (first != second) {
                // a half of a pair stands for a character behind all that are whole
                return Character.isSurrogate(first) == Character.isSurrogate(second)
                        ? first - second
                        : Boolean.compare(Character.isSurrogate(first), Character.isSurrogate(second));
            }
        }
        return one.length() - other.length();
    }

    public abstract String normal(String value);

    /** The normal form of a part that may stand behind the beginning of a value. */
    String normalWithin(String part) {
        return normal(part);
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String collapse(String value) {
        return isCollapsed(value)
                ? value
                : BLANKS.matcher(value).replaceAll(" ").strip();
    }

    /** True for nearly all values, which spares them the pattern. */
    private static boolean isCollapsed(String value) {
        boolean blank = true;
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            boolean next = Character.isWhitespace(character);
            if (next && (blank || character != ' ')) {
                return false;
            }
            blank = next;
        }
        return !blank || value.isEmpty();
    }
}
