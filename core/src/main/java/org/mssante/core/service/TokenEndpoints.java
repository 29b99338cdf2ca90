package org.mssante.core.service;

import java.net.URI;
import java.util.Optional;
import org.mssante.core.settings.Settings;

/**
 * Where a mail client gets the access tokens it logs in with: settings of the mail server that it holds ready for clients alone.
 *
 * @param authorization where a person logs in (RFC 6749 §3.1)
 * @param token where the client gets the token (RFC 6749 §3.2)
 * @param scope what it asks for, names separated by blanks
 */
public record TokenEndpoints(URI authorization, URI token, String scope) {
    private static final String AUTHORIZATION = "connect.authorization.url";
    private static final String TOKEN = "connect.token.url";
    private static final String SCOPE = "connect.scope";

    /**
     * Empty where neither is set.
     *
     * @throws org.mssante.core.settings.StartupFailure where one of them is, or one is no address
     */
    public static Optional<TokenEndpoints> from(Settings settings) {
        Optional<URI> authorization = settings.optionalHttps(AUTHORIZATION);
        Optional<URI> token = settings.optionalHttps(TOKEN);
        Optional<String> scope = settings.optionalText(SCOPE);
        if (authorization.isEmpty() && token.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TokenEndpoints(
                authorization.orElseThrow(() -> settings.wrong(AUTHORIZATION, "is empty, and " + TOKEN + " is not")),
                token.orElseThrow(() -> settings.wrong(TOKEN, "is empty, and " + AUTHORIZATION + " is not")),
                scope.orElseThrow(() -> settings.wrong(SCOPE, "is empty, and " + AUTHORIZATION + " is not"))));
    }
}
