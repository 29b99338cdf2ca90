package org.mssante.annuaire.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mssante.annuaire.office.Answer;
import org.mssante.annuaire.web.Gate;
import org.mssante.core.outcome.Outcome;

/**
 * What a client is told.
 *
 * @param problem empty where it was done
 */
record Reply(int status, Map<String, String> headers, JsonNode body, Optional<Problem> problem) {

    /** Why not (RFC 9457); its sentence goes into the trace, too. */
    record Problem(Outcome outcome, String sentence) {}

    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply ok(JsonNode body) {
        return new Reply(HttpServletResponse.SC_OK, Map.of(), body, Optional.empty());
    }

    Reply with(int newStatus) {
        return new Reply(newStatus, headers, body, problem);
    }

    Reply with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body, problem);
    }

    static Reply refused(Answer.Refused<?> refused) {
        Reply reply = problem(status(refused.outcome()), refused.outcome(), refused.sentence());
        return reply.status() == HttpServletResponse.SC_UNAUTHORIZED
                ? reply.with("WWW-Authenticate", Gate.CHALLENGE)
                : reply;
    }

    /** A problem of RFC 9457; its type is the code. */
    static Reply problem(int status, Outcome outcome, String sentence) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", "urn:mssante:" + outcome.code());
        body.put("title", outcome.english());
        body.put("status", status);
        body.put("detail", sentence);
        body.put("code", outcome.code());
        return new Reply(
                status,
                Map.of("Content-Type", "application/problem+json"),
                body,
                Optional.of(new Problem(outcome, sentence)));
    }

    static int status(Outcome outcome) {
        return switch (outcome) {
            case AUTHENTICATION_FAILED -> HttpServletResponse.SC_UNAUTHORIZED;
            case ADMINISTRATION_NOT_ALLOWED, SECOND_FACTOR_NEEDED -> HttpServletResponse.SC_FORBIDDEN;
            case MAILBOX_UNKNOWN, RESOURCE_UNKNOWN -> HttpServletResponse.SC_NOT_FOUND;
            case CHANGE_IMPOSSIBLE, DOMAIN_NOT_SERVED, ADDRESS_NOT_GIVEN -> HttpServletResponse.SC_CONFLICT;
            case CHANGED_MEANWHILE -> HttpServletResponse.SC_PRECONDITION_FAILED;
            case REQUEST_TOO_LARGE -> HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
            case REQUEST_WRONG -> HttpServletResponse.SC_BAD_REQUEST;
            default -> HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        };
    }
}
