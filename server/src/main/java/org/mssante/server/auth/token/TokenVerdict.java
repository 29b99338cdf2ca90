package org.mssante.server.auth.token;

import org.mssante.core.id.Rpps;

/** What an access token says, or why it says nothing. Immutable. */
public sealed interface TokenVerdict {

    /**
     * The token counts now.
     *
     * @param professional whom it names
     * @param client the software that got it (claim {@code azp})
     */
    record Valid(Rpps professional, String client) implements TokenVerdict {}

    /** @param detail in English, for the trace; never the token, never sent to the peer */
    record NotValid(String detail) implements TokenVerdict {}

    /** Whoever has to be asked does not answer. */
    record Unknown(String detail) implements TokenVerdict {}
}
