package org.mssante.dmp.bridge.extract;

import java.util.Locale;

/** What a part is by its first octets and, where these say nothing, by its declared type. */
enum ContentKind {
    EMPTY("nothing"),
    ZIP("a zip archive"),
    XML("XML"),
    CMS("an S/MIME envelope"),
    MESSAGE("a message"),
    TNEF("a TNEF container (winmail.dat)"),
    PARTIAL_MESSAGE("a piece of a divided message"),
    KEPT_ELSEWHERE("a word about content that is kept elsewhere"),
    FINDER_DATA("what the Finder keeps about a file"),
    PDF("a PDF"),
    PGP("an OpenPGP message"),
    OTHER_ARCHIVE("an archive of another kind than zip"),
    BINARY("binary data"),
    TEXT("text");

    private static final int LOOK_AT = 1024;
    private static final int[] PGP_MESSAGE =
            "-----BEGIN PGP MESSAGE-----".chars().toArray();
    /** Where a tar says that it is one (POSIX ustar, magic). */
    private static final int TAR_MAGIC = 257;

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
        if (isZip(bytes)) {
            return ZIP;
        }
        // AppleSingle and AppleDouble (RFC 1740): the second fork of a file, which comes under the file's name
        if (starts(bytes, 0, 5, 0x16, 0) || starts(bytes, 0, 5, 0x16, 7)) {
            return FINDER_DATA;
        }
        if (starts(bytes, 0x78, 0x9F, 0x3E, 0x22)) {
            return TNEF;
        }
        if (starts(bytes, '%', 'P', 'D', 'F')) {
            return PDF;
        }
        if (isOtherArchive(bytes)) {
            return OTHER_ARCHIVE;
        }
        if (starts(bytes, PGP_MESSAGE)) {
            return PGP;
        }
        if (part.mimeType().startsWith("message/partial")) {
            return PARTIAL_MESSAGE;
        }
        if (part.mimeType().startsWith("message/external-body")) {
            return KEPT_ELSEWHERE;
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
        if (isBinary(bytes)) {
            return ZipEnd.isIn(bytes) ? ZIP : BINARY;
        }
        return TEXT;
    }

    /** The content behind a base64 that no header announces; the part itself where there is none. */
    static MailPart decoded(MailPart part) {
        return HiddenBase64.decode(part.content(), start -> isZip(start) || isXml(start))
                .map(bytes -> new MailPart(part.path(), part.fileName(), part.mimeType(), bytes))
                .orElse(part);
    }

    private static boolean isZip(byte[] bytes) {
        return starts(bytes, 'P', 'K', 3, 4)
                || starts(bytes, 'P', 'K', 5, 6)
                || starts(bytes, 'P', 'K', 7, 8)
                // written for several disks and found to fit on one (APPNOTE 8.5.4)
                || starts(bytes, 'P', 'K', '0', '0', 'P', 'K', 3, 4);
    }

    /** gzip, compress, bzip2, xz, zstd, 7z, rar, cab, tar. */
    private static boolean isOtherArchive(byte[] bytes) {
        return starts(bytes, 0x1F, 0x8B)
                || starts(bytes, 0x1F, 0x9D)
                || (starts(bytes, 'B', 'Z', 'h') && startsAt(bytes, 4, 0x31, 0x41, 0x59, 0x26))
                || starts(bytes, 0xFD, '7', 'z', 'X', 'Z', 0)
                || starts(bytes, 0x28, 0xB5, 0x2F, 0xFD)
                || starts(bytes, '7', 'z', 0xBC, 0xAF)
                || starts(bytes, 'R', 'a', 'r', '!')
                || starts(bytes, 'M', 'S', 'C', 'F')
                || startsAt(bytes, TAR_MAGIC, 'u', 's', 't', 'a', 'r');
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
        return startsAt(bytes, 0, octets);
    }

    private static boolean startsAt(byte[] bytes, int at, int... octets) {
        if (bytes.length < at + octets.length) {
            return false;
        }
        for (int i = 0; i < octets.length; i++) {
            if ((bytes[at + i] & 0xFF) != octets[i]) {
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
