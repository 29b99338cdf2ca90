package org.mssante.server.auth.token;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import org.mssante.core.fetch.WebClient;

/** Asks the issuer whether a token still counts (RFC 7662). The secret is read at each question: it may be renewed. */
public final class Introspection {
    private final TokenSettings.Introspecting settings;
    private final WebClient web;

    public Introspection(TokenSettings.Introspecting settings, WebClient web) {
        this.settings = settings;
        this.web = web;
    }

    /** What the issuer says of a token. */
    sealed interface Answer {}

    record Active(Map<String, Object> claims) implements Answer {}

    record Withdrawn() implements Answer {}

    record Silent(String why) implements Answer {}

    Answer of(String token) {
        byte[] question =
                ("token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)).getBytes(StandardCharsets.US_ASCII);
        org.mssante.core.fetch.Answer answer;
        try {
            answer = web.post(settings.endpoint(), "application/x-www-form-urlencoded", question, credentials());
        } catch (IOException e) {
            return new Silent("the secret file of our client cannot be read: " + e.getMessage());
        }
        if (answer instanceof org.mssante.core.fetch.Answer.Document document) {
            return read(new String(document.bytes(), StandardCharsets.UTF_8));
        }
        return new Silent(
                answer instanceof org.mssante.core.fetch.Answer.Failed failed ? failed.why() : "it answered nothing");
    }

    private static Answer read(String json) {
        try {
            Map<String, Object> claims = JSONObjectUtils.parse(json);
            return Boolean.TRUE.equals(claims.get("active")) ? new Active(claims) : new Withdrawn();
        } catch (ParseException e) {
            return new Silent("it answered no JSON object");
        }
    }

    /** HTTP Basic (RFC 6749 §2.3.1). */
    private String credentials() throws IOException {
        String secret =
                Files.readString(settings.secretFile(), StandardCharsets.UTF_8).strip();
        String pair = encoded(settings.client()) + ":" + encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
