package org.mssante.server.auth.token;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mssante.core.settings.Settings;

/**
 * Whose tokens count, and for how long: the {@code connect.*} settings.
 *
 * @param issuer the claim {@code iss}
 * @param keys where its signing keys are (JWKS, RFC 7517)
 * @param anchors the folder of the authorities of these web servers
 * @param algorithms of signatures; asymmetric ones alone
 * @param clients the claims {@code azp} that count: the software of the professionals, not ours (mssante.md §6.3)
 * @param identityClaims the first one that a token has names the professional, as {@code 8} + RPPS
 * @param assurance the claims {@code acr} that count; none: any
 * @param clockTolerance by which the issuer's clock may differ
 * @param keyAge after which the keys are asked for again
 * @param keyOutage how long known keys stand in while the issuer is silent
 * @param introspection who is asked whether a token was withdrawn
 */
public record TokenSettings(
        String issuer,
        URI keys,
        Path anchors,
        Set<JWSAlgorithm> algorithms,
        Set<String> clients,
        List<String> identityClaims,
        Set<String> assurance,
        Duration clockTolerance,
        Duration keyAge,
        Duration keyOutage,
        Duration timeout,
        Optional<Introspecting> introspection) {

    /**
     * @param endpoint of RFC 7662
     * @param client how we call ourselves there
     * @param secretFile holds the secret of that client
     */
    public record Introspecting(URI endpoint, String client, Path secretFile) {}

    /** Empty where no issuer is set: nobody logs in by token. */
    public static Optional<TokenSettings> from(Settings settings) {
        Optional<String> issuer = settings.optionalText("connect.issuer");
        Optional<URI> keys = settings.optionalHttps("connect.keys.url");
        Set<String> clients = Set.copyOf(settings.list("connect.clients"));
        Path anchors = settings.path("connect.anchors");
        Set<JWSAlgorithm> algorithms = algorithms(settings);
        List<String> claims = settings.list("connect.identity.claims");
        Set<String> assurance = Set.copyOf(settings.list("connect.acr"));
        Duration tolerance = settings.duration("connect.clock.tolerance");
        Duration keyAge = settings.duration("connect.keys.max-age");
        Duration keyOutage = settings.duration("connect.keys.outage");
        Duration timeout = settings.duration("connect.timeout");
        Optional<Introspecting> introspection = introspection(settings);
        if (issuer.isEmpty()) {
            return Optional.empty();
        }
        if (clients.isEmpty()) {
            throw settings.wrong("connect.clients", "names no client: every token would be refused");
        }
        if (claims.isEmpty()) {
            throw settings.wrong("connect.identity.claims", "names no claim: no token would name anybody");
        }
        return Optional.of(new TokenSettings(
                issuer.get(),
                keys.orElseThrow(() -> settings.wrong("connect.keys.url", "is empty, and connect.issuer is not")),
                anchors,
                algorithms,
                clients,
                claims,
                assurance,
                tolerance,
                keyAge,
                keyOutage,
                timeout,
                introspection));
    }

    private static Set<JWSAlgorithm> algorithms(Settings settings) {
        Set<JWSAlgorithm> algorithms = new LinkedHashSet<>();
        for (String name : settings.list("connect.algorithms")) {
            JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
            if (!JWSAlgorithm.Family.SIGNATURE.contains(algorithm)) {
                throw settings.wrong(
                        "connect.algorithms", "holds " + name + ", which is no signature by a public key, e.g. RS256");
            }
            algorithms.add(algorithm);
        }
        if (algorithms.isEmpty()) {
            throw settings.wrong("connect.algorithms", "names no algorithm");
        }
        return algorithms;
    }

    private static Optional<Introspecting> introspection(Settings settings) {
        Optional<URI> endpoint = settings.optionalHttps("connect.introspection.url");
        Optional<String> client = settings.optionalText("connect.introspection.client");
        Optional<Path> secret = settings.optionalText("connect.introspection.secret-file")
                .map(text -> settings.path("connect.introspection.secret-file"));
        return endpoint.map(uri -> new Introspecting(
                uri,
                client.orElseThrow(() -> settings.wrong("connect.introspection.client", "is empty")),
                secret.orElseThrow(() -> settings.wrong("connect.introspection.secret-file", "is empty"))));
    }
}
