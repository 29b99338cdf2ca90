package org.mssante.server.auth;

import java.time.Duration;
import java.util.Optional;
import org.mssante.server.auth.token.AccessTokens;

/**
 * By what persons log in here; software logs in by certificate in any case.
 *
 * @param passwords whether by password
 * @param tokens who judges access tokens; empty where nobody logs in so
 * @param tokenSession how long a log-in by token lasts: the token itself ends after two minutes, sessions go on (mssante.md §6.3)
 */
public record LoginRules(boolean passwords, Optional<AccessTokens> tokens, Duration tokenSession) {}
