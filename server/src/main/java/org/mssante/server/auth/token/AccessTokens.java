package org.mssante.server.auth.token;

/** Judges access tokens. Thread-safe; may block while an issuer is asked. */
@FunctionalInterface
public interface AccessTokens {
    TokenVerdict judge(String token);
}
