package org.mssante.annuaire.registry;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.util.encoders.Base32;
import org.mssante.core.id.MailAddress;

/**
 * What an authenticator app is given, this once.
 *
 * @param secret in Base32, for those who type it
 * @param uri the same as a QR code holds it (the key URI format of Google Authenticator, which the others took over)
 */
public record Enrolment(String secret, URI uri) {

    static Enrolment of(byte[] secret, MailAddress address, String issuer) {
        String base32 = new String(Base32.encode(secret), StandardCharsets.US_ASCII);
        return new Enrolment(
                base32,
                URI.create("otpauth://totp/" + encoded(issuer) + ":" + encoded(address.toString()) + "?secret=" + base32
                        + "&issuer=" + encoded(issuer) + "&algorithm=SHA1&digits=" + Totp.DIGITS + "&period="
                        + Totp.STEP_SECONDS));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "Enrolment";
    }
}
