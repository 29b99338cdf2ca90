package org.mssante.server.delivery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reply of an SMTP server (RFC 5321 §4.2), its lines joined by a blank.
 *
 * @param code 200 to 599
 * @param text what follows the code, the enhanced status code included
 */
public record SmtpReply(int code, String text) {
    private static final Pattern ENHANCED =
            Pattern.compile("([245]\\.[0-9]{1,3}\\.[0-9]{1,3})(?:\\s.*)?", Pattern.DOTALL);
    private static final int HUNDRED = 100;

    public boolean isPositive() {
        return code / HUNDRED == 2;
    }

    public boolean isIntermediate() {
        return code / HUNDRED == 3;
    }

    public boolean isPermanentRefusal() {
        return code / HUNDRED == 5;
    }

    /** The enhanced status code (RFC 3463), where the server gave one. */
    public Optional<String> enhancedStatus() {
        Matcher status = ENHANCED.matcher(text);
        return status.matches() ? Optional.of(status.group(1)) : Optional.empty();
    }

    @Override
    public String toString() {
        return code + " " + text;
    }
}
