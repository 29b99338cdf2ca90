package org.mssante.dmp.bridge.extract;

import java.util.Locale;

/**
 * One leaf of a mail, its transfer encoding undone.
 *
 * @param path its position, e.g. {@code 1.2}
 * @param fileName empty where none is given
 * @param mimeType as declared, in lower case; not to be trusted
 */
@SuppressWarnings("ArrayRecordComponent") // lives inside this package only, for one pass; nobody compares parts
record MailPart(String path, String fileName, String mimeType, byte[] content) {

    /** The path with the name behind it, control characters dropped. */
    String source() {
        String name = fileName.replaceAll("\\p{Cntrl}", "");
        if (path.isEmpty()) {
            return name;
        }
        return name.isEmpty() || path.endsWith("!") ? path + name : path + "/" + name;
    }

    /** True for the name of an XDM package, {@code IHE_XDM.zip} and what senders make of it. */
    static boolean isPackageName(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return name.contains("ihe_xdm") && name.endsWith(".zip");
    }

    /** True where name or type say that it is XML. */
    boolean isCalledXml() {
        return isNamed(".xml") || isNamed(".cda") || mimeType.contains("xml");
    }

    boolean isNamed(String suffix) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(suffix);
    }
}
