package org.mssante.server.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;

/** An issuer of tokens shaped like those of Pro Santé Connect, for tests; its keys are its own. */
public final class Issuer {
    public static final String NAME = "https://auth.example.fr/auth/realms/esante-wallet";
    public static final String CLIENT = "logiciel-de-cabinet";
    public static final String PROFESSIONAL = "899700218896";
    public static final int LIFE_SECONDS = 120;

    private static final int KEY_BITS = 2048;

    private final RSAKey key;

    public Issuer() {
        try {
            this.key = new RSAKeyGenerator(KEY_BITS).keyID("published").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private Issuer(RSAKey key) {
        this.key = key;
    }

    /** The same key by a name that was never published. */
    Issuer callingItsKey(String name) {
        return new Issuer(new RSAKey.Builder(key).keyID(name).build());
    }

    /** What it publishes. */
    public byte[] keys() {
        return new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    }

    public String token(Instant issued) {
        return token(issued, claims -> claims);
    }

    public String token(Instant issued, UnaryOperator<JWTClaimsSet.Builder> change) {
        return token(issued, JOSEObjectType.JWT, change);
    }

    String token(Instant issued, JOSEObjectType type, UnaryOperator<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(NAME)
                .subject("f:550dc1c8:899700218896")
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(issued.plusSeconds(LIFE_SECONDS)))
                .claim("typ", "Bearer")
                .claim("azp", CLIENT)
                .claim("acr", "eidas1")
                .claim("preferred_username", PROFESSIONAL);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(type)
                        .build(),
                change.apply(claims).build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
