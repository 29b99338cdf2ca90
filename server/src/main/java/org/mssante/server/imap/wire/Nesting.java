package org.mssante.server.imap.wire;

import java.util.Locale;

/** How deep James' recursive parsers may have to go for a line: an upper bound, read in one pass. */
final class Nesting {
    private Nesting() {}

    /** The deepest parenthesis outside quoted strings, and every NOT and OR, each of which may hold the next one. */
    static int of(String line) {
        int depth = 0;
        int deepest = 0;
        int operators = 0;
        boolean quoted = false;
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char octet = line.charAt(i);
            if (quoted) {
                if (octet == '\\') {
                    i++;
                }
                quoted = octet != '"';
            } else if (Character.isLetter(octet)) {
                word.append(octet);
            } else {
                operators += isOperator(word) ? 1 : 0;
                word.setLength(0);
                quoted = octet == '"';
                depth += octet == '(' ? 1 : 0;
                depth -= octet == ')' ? 1 : 0;
                deepest = Math.max(deepest, depth);
            }
        }
        return deepest + operators;
    }

    private static boolean isOperator(StringBuilder word) {
        String name = word.toString().toUpperCase(Locale.ROOT);
        return name.equals("NOT") || name.equals("OR");
    }
}
