package org.mssante.annuaire.index;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** How values of an attribute compare: two values are equal where their normal forms are. */
public enum Matching {
    /** Names of people, places and organisations: without accents, case and double blanks (annuaire.md §1.10). */
    TEXT {
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
    CODE {
        @Override
        public String normal(String value) {
            return collapse(value.toLowerCase(Locale.ROOT));
        }
    },
    /** Distinguished names (RFC 4514), whatever their blanks, case and escapes. What is no DN compares as a code. */
    DISTINGUISHED_NAME {
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

    public abstract String normal(String value);

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
