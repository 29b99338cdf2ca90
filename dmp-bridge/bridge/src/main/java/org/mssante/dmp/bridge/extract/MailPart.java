package org.mssante.dmp.bridge.extract;

import java.util.Locale;
import org.mssante.core.mail.XdmPackageName;

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

    boolean isNamedAsPackage() {
        return XdmPackageName.matches(fileName);
    }

    /** True where name or type say that it is XML. */
    boolean isCalledXml() {
        return isNamed(".xml") || isNamed(".cda") || mimeType.contains("xml");
    }

    boolean isNamed(String suffix) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(suffix);
    }
}
