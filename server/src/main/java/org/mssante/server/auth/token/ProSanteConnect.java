package org.mssante.server.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mssante.core.fetch.WebClient;
import org.mssante.core.fetch.WebProxy;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.Rpps;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.tls.PemFiles;

/**
 * Tokens of Pro Santé Connect as JWT (RFC 7519, RFC 9068; mssante.md §6.3): signed by a key the issuer publishes, in force, an
 * access token, got by a software we know, naming a professional by his national identifier; where an introspection is set,
 * not withdrawn. A fixed {@code aud} is not asked for: the token is made for the professional's software, not for us.
 */
public final class ProSanteConnect implements AccessTokens {
    private static final String CLIENT = "azp";
    private static final String ASSURANCE = "acr";
    /** What Keycloak calls its kinds of token; an ID token is no access token (RFC 9700 §4.9). */
    private static final String KIND = "typ";

    private static final String ACCESS = "Bearer";
    private static final int MAX_ANSWER_BYTES = 1_000_000;

    private final TokenSettings settings;
    private final DefaultJWTProcessor<SecurityContext> tokens = new DefaultJWTProcessor<>();
    private final Optional<Introspection> introspection;

    /** @param keys the issuer's, see {@link IssuerKeys} */
    ProSanteConnect(
            TokenSettings settings,
            JWKSource<SecurityContext> keys,
            Optional<Introspection> introspection,
            Clock clock) {
        this.settings = settings;
        this.introspection = introspection;
        tokens.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        tokens.setJWSKeySelector(new JWSVerificationKeySelector<>(settings.algorithms(), keys));
        tokens.setJWTClaimsSetVerifier(inForce(settings, clock));
    }

    /**
     * Asks nobody yet.
     *
     * @param proxy between us and the issuer's web servers
     */
    public static ProSanteConnect open(TokenSettings settings, Optional<WebProxy> proxy, Clock clock) {
        WebClient web = new WebClient(
                () -> PemFiles.certificatesOfFolder(settings.anchors()),
                proxy,
                new WebClient.Limits(settings.timeout(), settings.timeout(), MAX_ANSWER_BYTES));
        return new ProSanteConnect(
                settings,
                IssuerKeys.of(settings, web),
                settings.introspection().map(how -> new Introspection(how, web)),
                clock);
    }

    @Override
    public TokenVerdict judge(String token) {
        JWTClaimsSet claims;
        try {
            claims = tokens.process(token, null);
        } catch (ParseException e) {
            return new TokenVerdict.NotValid("it is no JWT");
        } catch (BadJOSEException e) {
            return new TokenVerdict.NotValid(e.getMessage());
        } catch (RateLimitReachedException e) { // it says nothing itself
            return new TokenVerdict.Unknown("the keys of the issuer: no such key is known, and it was asked less than "
                    + IssuerKeys.LEAST_INTERVAL.toSeconds() + " s ago");
        } catch (JOSEException e) {
            return new TokenVerdict.Unknown("the keys of the issuer: "
                    + Optional.ofNullable(e.getMessage()).orElseGet(() -> FailureTrail.classes(e)));
        }
        return introspection
                .map(asked -> asked.of(token))
                .map(answer -> answered(answer, claims.getClaims()))
                .orElseGet(() -> read(claims.getClaims(), Map.of()));
    }

    private TokenVerdict answered(Introspection.Answer answer, Map<String, Object> claims) {
        if (answer instanceof Introspection.Active active) {
            return read(claims, active.claims());
        }
        return answer instanceof Introspection.Silent silent
                ? new TokenVerdict.Unknown("the introspection: " + silent.why())
                : new TokenVerdict.NotValid("its issuer has withdrawn it");
    }

    /** @param more what the introspection told, where the token itself does not */
    private TokenVerdict read(Map<String, Object> claims, Map<String, Object> more) {
        if (claims.containsKey(KIND) && !ACCESS.equals(claims.get(KIND))) {
            return new TokenVerdict.NotValid("it is no access token");
        }
        Optional<String> client = text(claims, CLIENT).or(() -> text(more, CLIENT));
        if (client.isEmpty() || !settings.clients().contains(client.get())) {
            return new TokenVerdict.NotValid("its client is not in connect.clients: " + client.orElse("none is named"));
        }
        if (!settings.assurance().isEmpty()
                && text(claims, ASSURANCE)
                        .filter(settings.assurance()::contains)
                        .isEmpty()) {
            return new TokenVerdict.NotValid("its acr is not in connect.acr");
        }
        Optional<String> identity = settings.identityClaims().stream()
                .flatMap(claim -> text(claims, claim).or(() -> text(more, claim)).stream())
                .findFirst();
        try {
            return identity.<TokenVerdict>map(id -> new TokenVerdict.Valid(Rpps.ofNationalId(id), client.get()))
                    .orElseGet(() -> new TokenVerdict.NotValid(
                            "it has none of the claims " + String.join(", ", settings.identityClaims())));
        } catch (InvalidIdentifierException e) {
            return new TokenVerdict.NotValid("it names no professional by his RPPS: " + e.getMessage());
        }
    }

    private static Optional<String> text(Map<String, Object> claims, String name) {
        return Optional.ofNullable(claims.get(name))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> inForce(TokenSettings settings, Clock clock) {
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(
                        new JWTClaimsSet.Builder().issuer(settings.issuer()).build(), Set.of("exp")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        verifier.setMaxClockSkew(Math.toIntExact(settings.clockTolerance().toSeconds()));
        return verifier;
    }
}
