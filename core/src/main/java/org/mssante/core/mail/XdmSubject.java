package org.mssante.core.mail;

import java.util.Locale;

/**
 * The subject of a mail that carries documents for a system, {@code XDM/1.0/DDM+<label> <NAME> <given name> <birth date>}
 * (ECO.2.1.3). It announces an XDM package even where none is attached: then its sender waits for a word about it.
 */
public final class XdmSubject {
    private static final String PREFIX = "xdm/1.0/ddm";

    private XdmSubject() {}

    /** @param subject as written or decoded */
    public static boolean announcesDocuments(String subject) {
        return EncodedWords.decode(subject).strip().toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }
}
