package org.mssante.dmp.xds.metadata;

/** Real metadata and documents break values over lines. */
public final class Blanks {
    private Blanks() {}

    /** Runs of blanks (space, tabulators, ends of line and page) as one space, those at both ends dropped. */
    public static String single(String text) {
        if (isSingle(text)) {
            return text;
        }
        StringBuilder single = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isBlank(c)) {
                if (i > 0 && isBlank(text.charAt(i - 1)) && !single.isEmpty()) {
                    single.append(' ');
                }
                single.append(c);
            }
        }
        return single.toString();
    }

    /** Nearly all values are: they are given back as they are. */
    private static boolean isSingle(String text) {
        boolean behindBlank = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = isBlank(c);
            if (blank && (behindBlank || c != ' ')) {
                return false;
            }
            behindBlank = blank;
        }
        return text.isEmpty() || !behindBlank;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
