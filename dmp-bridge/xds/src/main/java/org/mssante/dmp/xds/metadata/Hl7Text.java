package org.mssante.dmp.xds.metadata;

import java.util.List;

/**
 * Components of an HL7 v2 value with the default separators (HL7 v2.5 §2.5.4) and escape sequences (§2.7.1). Positions
 * count from 1, as in the standard; a component that is not there reads as an empty string.
 */
final class Hl7Text {
    private static final char COMPONENT = '^';
    private static final char SUB_COMPONENT = '&';
    private static final char ESCAPE = '\\';

    private Hl7Text() {}

    static String component(String text, int position) {
        return part(text, COMPONENT, position);
    }

    static String subComponent(String component, int position) {
        return unescape(part(component, SUB_COMPONENT, position));
    }

    /** The component as plain text: its first sub-component, without escapes. */
    static String plain(String text, int position) {
        return subComponent(component(text, position), 1);
    }

    /** The universal id of an HD component ({@code &OID&ISO}). */
    static String authority(String text, int position) {
        return subComponent(component(text, position), 2);
    }

    /** Escaped components joined, the empty ones at the end dropped. */
    static String join(String... escaped) {
        int length = escaped.length;
        while (length > 0 && escaped[length - 1].isEmpty()) {
            length--;
        }
        return String.join(String.valueOf(COMPONENT), List.of(escaped).subList(0, length));
    }

    /** An HD component {@code &OID&ISO}; empty where there is no OID. */
    static String hd(String oid) {
        return oid.isEmpty() ? "" : "&" + escape(oid) + "&ISO";
    }

    static String escape(String plain) {
        StringBuilder escaped = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            switch (c) {
                case '|' -> escaped.append("\\F\\");
                case COMPONENT -> escaped.append("\\S\\");
                case SUB_COMPONENT -> escaped.append("\\T\\");
                case '~' -> escaped.append("\\R\\");
                case ESCAPE -> escaped.append("\\E\\");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Sequences nobody knows stay as they stand. */
    static String unescape(String escaped) {
        if (escaped.indexOf(ESCAPE) < 0) {
            return escaped;
        }
        StringBuilder plain = new StringBuilder(escaped.length());
        int i = 0;
        while (i < escaped.length()) {
            boolean sequence =
                    escaped.charAt(i) == ESCAPE && i + 2 < escaped.length() && escaped.charAt(i + 2) == ESCAPE;
            int at = sequence ? "FSTRE".indexOf(escaped.charAt(i + 1)) : -1;
            plain.append(at < 0 ? escaped.charAt(i) : "|^&~\\".charAt(at));
            i += at < 0 ? 1 : 3;
        }
        return plain.toString();
    }

    private static String part(String text, char separator, int position) {
        int start = 0;
        for (int i = 1; i < position; i++) {
            int next = text.indexOf(separator, start);
            if (next < 0) {
                return "";
            }
            start = next + 1;
        }
        int end = text.indexOf(separator, start);
        return end < 0 ? text.substring(start) : text.substring(start, end);
    }
}
