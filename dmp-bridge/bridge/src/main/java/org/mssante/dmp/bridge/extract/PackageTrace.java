package org.mssante.dmp.bridge.extract;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Finds the names of the XDM layout in octets that nothing here can open: they stand uncompressed in most containers. */
final class PackageTrace {
    private PackageTrace() {}

    static boolean isIn(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return isIn(text) || isIn(text.replace("\0", "")); // the second form reads UTF-16
    }

    private static boolean isIn(String text) {
        return text.contains("ihe_xdm") || text.contains("metadata.xml");
    }
}
