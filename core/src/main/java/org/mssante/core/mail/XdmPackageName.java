package org.mssante.core.mail;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file name of an XDM package, {@code IHE_XDM.zip} (ECO.2.1.3), and what senders make of it: with another sign between the
 * words, packed by another tool, with a number behind, or without an ending. Takes time in proportion to the name.
 */
public final class XdmPackageName {
    private static final Pattern WORDS = Pattern.compile("(?i)ihe[ _.-]?xdm");
    private static final Pattern REST =
            Pattern.compile("(?i)([^.]*|.*\\.(zip|7z|rar|gz|tgz|tar|bz2|xz|hqx|p7m|b64|bin|dat))$");

    private XdmPackageName() {}

    /** @param fileName decoded; not to be trusted */
    public static boolean matches(String fileName) {
        Matcher words = WORDS.matcher(fileName);
        int rest = -1;
        while (words.find()) {
            rest = words.end();
        }
        // what fits behind any of the words fits behind the last of them: looked at once, however often a name says
        // them
        return rest >= 0
                && REST.matcher(fileName).region(rest, fileName.length()).lookingAt();
    }
}
