package org.mssante.annuaire.ldap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a client sends by SASL PLAIN (RFC 4616 §2): three texts of UTF-8 with a NUL between them.
 *
 * @param authorization who he wants to be; may be empty
 * @param authentication whose password it is
 */
record PlainCredentials(String authorization, String authentication, String password) {
    /** Of all three: names are no longer than entries', and no password that anybody was given comes near it. */
    static final int MOST_OCTETS = 4_096;

    private static final String NUL = "\0";
    private static final int TEXTS = 3;

    /** Empty for what is no such message. */
    static Optional<PlainCredentials> parse(byte[] octets) {
        if (octets.length > MOST_OCTETS) {
            return Optional.empty();
        }
        try {
            // a new decoder reports what is no UTF-8 (java.nio.charset.CodingErrorAction)
            String[] texts = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString()
                    .split(NUL, -1);
            return texts.length == TEXTS && !texts[1].isEmpty() && !texts[2].isEmpty()
                    ? Optional.of(new PlainCredentials(texts[0], texts[1], texts[2]))
                    : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return "PlainCredentials[" + authentication + "]";
    }
}
