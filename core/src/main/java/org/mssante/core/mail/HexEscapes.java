package org.mssante.core.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Octets written as a sign and two hexadecimal digits: {@code =2E} of RFC 2047, {@code %2E} of RFC 2231. */
final class HexEscapes {
    private static final int HEX = 16;

    private HexEscapes() {}

    /** Whatever is no escape stands for itself, in UTF-8. */
    static byte[] decode(char sign, String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) == sign && isHex(text, i + 1) && isHex(text, i + 2)) {
                octets.write(Integer.parseInt(text.substring(i + 1, i + 3), HEX));
                i += 3;
            } else {
                int length = Character.charCount(text.codePointAt(i));
                octets.writeBytes(text.substring(i, i + length).getBytes(StandardCharsets.UTF_8));
                i += length;
            }
        }
        return octets.toByteArray();
    }

    private static boolean isHex(String text, int at) {
        return at < text.length() && text.charAt(at) < 128 && Character.digit(text.charAt(at), HEX) >= 0;
    }
}
