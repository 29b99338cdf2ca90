package org.mssante.server;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The users of James' scripts as mailboxes of ours: {@code imapuser} is {@code imapuser.17@demo.mssante.fr} in the 17th
 * test, so that each test meets accounts that nobody has used. Names are rewritten where a command takes a user's name,
 * and nowhere else; what comes back is rewritten wherever it stands.
 */
final class ScriptedNames {
    private static final String DOMAIN = "@demo.mssante.fr";
    private static final String USER = "(imapuser|delegate|boby|bob)";
    private static final Pattern LOGIN = pattern("(\\S+ LOGIN )" + USER + "( .*)");
    private static final Pattern ACL = pattern("(\\S+ (?:SETACL|DELETEACL|LISTRIGHTS) \\S+ )" + USER + "\\b(.*)");
    private static final Pattern QUOTA = pattern("(.* #private&)" + USER + "\\b(.*)");
    private static final Pattern SASL =
            pattern("(\\S+ AUTHENTICATE PLAIN )?((?:[A-Za-z0-9+/]{4}){2,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)");
    private static final Pattern SASL_USER = pattern("(?<=^|\0)" + USER + "(?=\0)");

    private final int test;
    private final Pattern address;

    ScriptedNames(int test) {
        this.test = test;
        this.address = pattern(USER + "\\." + test + Pattern.quote(DOMAIN));
    }

    /** The mailbox that plays a user. */
    String address(String user) {
        return user + "." + test + DOMAIN;
    }

    String toServer(String line) {
        Matcher sasl = SASL.matcher(line);
        if (sasl.matches()) {
            String command = sasl.group(1) == null ? "" : sasl.group(1);
            return command + sasl(sasl.group(2));
        }
        for (Pattern place : new Pattern[] {LOGIN, ACL, QUOTA}) {
            Matcher found = place.matcher(line);
            if (found.matches()) {
                return found.group(1) + address(found.group(2)) + found.group(3);
            }
        }
        return line;
    }

    String fromServer(String line) {
        return address.matcher(line).replaceAll("$1");
    }

    /** The message of SASL PLAIN; anything else comes back as it is. */
    private String sasl(String base64) {
        String message = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        String rewritten = SASL_USER.matcher(message).replaceAll(this::address);
        return rewritten.equals(message)
                ? base64
                : Base64.getEncoder().encodeToString(rewritten.getBytes(StandardCharsets.UTF_8));
    }

    private String address(MatchResult user) {
        return address(user.group(1));
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
