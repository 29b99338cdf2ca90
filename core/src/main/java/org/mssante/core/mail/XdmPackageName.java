package org.mssante.core.mail;

import java.util.regex.Pattern;

/**
 * The file name of an XDM package, {@code IHE_XDM.zip} (ECO.2.1.3), and what senders make of it: with another sign between the
 * words, packed by another tool, with a number behind, or without an ending.
 */
public final class XdmPackageName {
    private static final Pattern NAME =
            Pattern.compile("(?i)ihe[ _.-]?xdm([^.]*|.*\\.(zip|7z|rar|gz|tgz|tar|bz2|xz|hqx|p7m|b64|bin|dat))$");

    private XdmPackageName() {}

    /** @param fileName decoded; not to be trusted */
    public static boolean matches(String fileName) {
        return NAME.matcher(fileName).find();
    }
}
