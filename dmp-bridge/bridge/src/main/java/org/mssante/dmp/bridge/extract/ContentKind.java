package org.mssante.dmp.bridge.extract;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** What a part is by its first octets and, where these say nothing, by its declared type. */
enum ContentKind {
    EMPTY("nothing"),
    ZIP("a zip archive"),
    XML("XML"),
    CMS("an S/MIME envelope"),
    MESSAGE("a message"),
    TNEF("a TNEF container (winmail.dat)"),
    PDF("a PDF"),
    OTHER_ARCHIVE("an archive of another kind than zip"),
    BINARY("binary data"),
    TEXT("text");

    private static final int LOOK_AT = 1024;

    private final String words;

    ContentKind(String words) {
        this.words = words;
    }

    /** In English, for the trace. */
    String words() {
        return words;
    }

    static ContentKind of(MailPart part) {
        byte[] bytes = part.content();
        if (isBlank(bytes)) {
            return EMPTY;
        }
        if (starts(bytes, 'P', 'K', 3, 4) || starts(bytes, 'P', 'K', 5, 6) || starts(bytes, 'P', 'K', 7, 8)) {
            return ZIP;
        }
        if (starts(bytes, 0x78, 0x9F, 0x3E, 0x22)) {
            return TNEF;
        }
        if (starts(bytes, '%', 'P', 'D', 'F')) {
            return PDF;
        }
        if (starts(bytes, 0x1F, 0x8B) || starts(bytes, '7', 'z', 0xBC, 0xAF) || starts(bytes, 'R', 'a', 'r', '!')) {
            return OTHER_ARCHIVE;
        }
        if (isMessage(part)) {
            return MESSAGE;
        }
        if (isXml(bytes)) {
            return XML;
        }
        if (part.mimeType().contains("pkcs7-mime") || part.isNamed(".p7m") || looksLikeCms(bytes)) {
            return CMS;
        }
        return isBinary(bytes) ? BINARY : TEXT;
    }

    /** The content behind a base64 that no header announces; the part itself where there is none. */
    static MailPart decoded(MailPart part) {
        byte[] bytes = part.content();
        String start = new String(bytes, 0, Math.min(bytes.length, LOOK_AT), StandardCharsets.ISO_8859_1).strip();
        // "PK\3\4", "<?xml" and "<Clinical" in base64
        if (!start.startsWith("UEsDB") && !start.startsWith("PD94bWwg") && !start.startsWith("PENsaW5pY2Fs")) {
            return part;
        }
        byte[] decoded;
        try {
            decoded = Base64.getMimeDecoder().decode(bytes);
        } catch (IllegalArgumentException e) {
            return part;
        }
        return new MailPart(part.path(), part.fileName(), part.mimeType(), decoded);
    }

    /** A message that MIME did not open: attached under a file name, or encoded against RFC 2046 §5.2.1. */
    private static boolean isMessage(MailPart part) {
        return part.mimeType().startsWith("message/rfc822")
                || part.mimeType().startsWith("message/global")
                || part.mimeType().startsWith("multipart/")
                || part.isNamed(".eml");
    }

    /** A CMS ContentInfo: SEQUENCE, then an OID of pkcs-7 (RFC 5652 §3). */
    private static boolean looksLikeCms(byte[] bytes) {
        String start = HexStart.of(bytes);
        return start.startsWith("30") && start.contains("06092a864886f70d0107");
    }

    private static boolean isXml(byte[] bytes) {
        int i = 0;
        while (i < bytes.length && i < LOOK_AT) {
            int octet = bytes[i] & 0xFF;
            // blanks, the halves of UTF-16 characters and the octets of byte order marks
            if (octet == '<') {
                return true;
            }
            if (octet > ' ' && octet != 0xEF && octet != 0xBB && octet != 0xBF && octet != 0xFE && octet != 0xFF) {
                return false;
            }
            i++;
        }
        return false;
    }

    private static boolean isBinary(byte[] bytes) {
        for (int i = 0; i < bytes.length && i < LOOK_AT; i++) {
            if (bytes[i] >= 0 && bytes[i] < '\t') {
                return true;
            }
        }
        return false;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte octet : bytes) {
            if (octet != ' ' && octet != '\r' && octet != '\n' && octet != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean starts(byte[] bytes, int... octets) {
        if (bytes.length < octets.length) {
            return false;
        }
        for (int i = 0; i < octets.length; i++) {
            if ((bytes[i] & 0xFF) != octets[i]) {
                return false;
            }
        }
        return true;
    }

    /** The first octets in hexadecimal. */
    private static final class HexStart {
        private static final int OCTETS = 24;

        static String of(byte[] bytes) {
            StringBuilder hex = new StringBuilder();
            for (int i = 0; i < bytes.length && i < OCTETS; i++) {
                hex.append(String.format(Locale.ROOT, "%02x", bytes[i] & 0xFF));
            }
            return hex.toString();
        }
    }
}
