package org.mssante.annuaire.rest;

import jakarta.servlet.http.HttpServletResponse;
import org.mssante.core.outcome.Outcome;

/** A request that is not what the description asks for; the message is the sentence for the client. */
final class RequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final Outcome outcome;

    RequestException(int status, Outcome outcome, String sentence) {
        super(sentence);
        this.status = status;
        this.outcome = outcome;
    }

    static RequestException wrong(String sentence) {
        return new RequestException(HttpServletResponse.SC_BAD_REQUEST, Outcome.REQUEST_WRONG, sentence);
    }

    Reply reply() {
        return Reply.problem(status, outcome, getMessage());
    }
}
