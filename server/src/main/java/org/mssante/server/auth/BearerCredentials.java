package org.mssante.server.auth;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mssante.core.id.MailAddress;

/**
 * What a client sends to log in with an access token.
 *
 * @param mailbox the mailbox asked for; empty: the person's own
 * @param person whose token it is, where the client names him with the mailbox, {@code mailbox*person}
 * @param token of Pro Santé Connect, as it came
 */
public record BearerCredentials(Optional<MailAddress> mailbox, Optional<MailAddress> person, String token) {
    private static final String SEPARATOR = "\u0001";
    private static final String USER = "user=";
    /** The authorization identity of RFC 7628 §3.1: GS2 without channel binding, and without saslname escapes a mailbox needs. */
    private static final Pattern GS2 = Pattern.compile("[ny],(?:a=([^,]*))?,");

    private static final Pattern AUTH = Pattern.compile("(?i)auth=Bearer +([A-Za-z0-9._~+/=-]+)");

    /**
     * Reads the message of XOAUTH2, {@code user=NAME ^A auth=Bearer TOKEN ^A ^A} (mssante.md §6.2).
     *
     * @return empty where it has another form
     */
    static Optional<BearerCredentials> ofXoauth2(byte[] message) {
        List<String> fields = fields(message);
        return fields.stream()
                .filter(field -> field.startsWith(USER))
                .findFirst()
                .flatMap(field -> of(field.substring(USER.length()), fields));
    }

    /**
     * Reads the message of OAUTHBEARER, {@code n,a=NAME, ^A host=… ^A port=… ^A auth=Bearer TOKEN ^A ^A} (RFC 7628 §3.1).
     *
     * @return empty where it has another form
     */
    static Optional<BearerCredentials> ofOauthBearer(byte[] message) {
        List<String> fields = fields(message);
        Matcher header = GS2.matcher(fields.get(0));
        return header.matches()
                ? of(
                        Optional.ofNullable(header.group(1))
                                .map(name -> name.replace("=2C", ",").replace("=3D", "="))
                                .orElse(""),
                        fields)
                : Optional.empty();
    }

    public LoginNames names() {
        return new LoginNames(person, mailbox);
    }

    /** The token stays out of logs. */
    @Override
    public String toString() {
        return "BearerCredentials[" + mailbox.map(MailAddress::toString).orElse("own mailbox") + "]";
    }

    private static List<String> fields(byte[] message) {
        return Utf8.text(message)
                .map(text -> Arrays.asList(text.split(SEPARATOR, -1)))
                .orElse(List.of(""));
    }

    private static Optional<BearerCredentials> of(String name, List<String> fields) {
        Optional<String> token = fields.stream()
                .map(AUTH::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .findFirst();
        if (name.isEmpty()) {
            return token.map(value -> new BearerCredentials(Optional.empty(), Optional.empty(), value));
        }
        return token.flatMap(value -> UserName.parse(name)
                .map(user -> new BearerCredentials(Optional.of(user.wanted()), user.acting(), value)));
    }
}
