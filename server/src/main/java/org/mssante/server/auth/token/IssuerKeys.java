package org.mssante.server.auth.token;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.mssante.core.fetch.Answer;
import org.mssante.core.fetch.WebClient;

/**
 * The signing keys an issuer publishes: asked for again when they are old and when a token names one that is not known, but
 * not more often than every few seconds, whatever tokens strangers send; while the issuer is silent the known ones stand in.
 */
public final class IssuerKeys {
    static final Duration LEAST_INTERVAL = Duration.ofSeconds(10);
    private static final String JWKS = "application/jwk-set+json";

    private IssuerKeys() {}

    public static JWKSource<SecurityContext> of(TokenSettings settings, WebClient web) {
        URI address = settings.keys();
        try {
            return JWKSourceBuilder.<SecurityContext>create(address.toURL(), url -> fetch(web, address))
                    .cache(settings.keyAge().toMillis(), settings.timeout().toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(LEAST_INTERVAL.toMillis())
                    .outageTolerant(settings.keyOutage().toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("an https address is an address", e);
        }
    }

    private static Resource fetch(WebClient web, URI address) throws IOException {
        Answer answer = web.get(address, Answer.Version.none());
        if (answer instanceof Answer.Document document) {
            return new Resource(new String(document.bytes(), StandardCharsets.UTF_8), JWKS);
        }
        throw new IOException(answer instanceof Answer.Failed failed ? failed.why() : "it answered nothing");
    }
}
