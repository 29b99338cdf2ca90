package org.mssante.annuaire.rest;

import java.util.Map;
import java.util.Optional;
import org.mssante.annuaire.office.Author;
import org.mssante.annuaire.registry.InvalidRegistrationException;
import org.mssante.annuaire.registry.MailboxProperties;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;
import org.mssante.core.outcome.Outcome;

/**
 * A request of somebody who has logged in.
 *
 * @param places those of the route's path
 * @param query each name once
 * @param body empty where the method has none
 * @param version of {@code If-Match}
 */
record Call(
        Author.Person author,
        Map<String, String> places,
        Map<String, String> query,
        Fields body,
        Optional<String> version) {
    static final int NOT_FOUND = 404;

    Call {
        places = Map.copyOf(places);
        query = Map.copyOf(query);
    }

    /** What can be no address names nothing. */
    MailAddress address(String place) throws RequestException {
        try {
            return MailAddress.parse(places.get(place));
        } catch (InvalidIdentifierException e) {
            throw unknown(place, e.getMessage());
        }
    }

    StructureId structure(String place) throws RequestException {
        try {
            return StructureId.ofNationalId(places.get(place));
        } catch (InvalidIdentifierException e) {
            throw unknown(place, e.getMessage());
        }
    }

    private static RequestException unknown(String place, String why) {
        return new RequestException(
                NOT_FOUND, Outcome.RESOURCE_UNKNOWN, "The " + place + " in the path is none: " + why + ".");
    }

    /** Why something is deleted: a DELETE has no body (RFC 9110 §9.3.5). */
    String reasonInQuery() throws RequestException {
        body.end();
        return Optional.ofNullable(query.get("reason"))
                .orElseThrow(() -> RequestException.wrong("reason is missing in the query."));
    }

    <E extends Enum<E>> Optional<E> constant(Class<E> type, String name) throws RequestException {
        if (!query.containsKey(name)) {
            return Optional.empty();
        }
        return Optional.of(constant(type, name, query.get(name)));
    }

    static <E extends Enum<E>> E constant(Class<E> type, String name, String text) throws RequestException {
        try {
            return MailboxProperties.constant(type, name, text);
        } catch (InvalidRegistrationException e) {
            throw RequestException.wrong(e.getMessage() + ".");
        }
    }

    int number(String name, int otherwise, int least, int most) throws RequestException {
        if (!query.containsKey(name)) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(query.get(name));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw outside(name, least, most);
        }
        throw outside(name, least, most);
    }

    private static RequestException outside(String name, int least, int most) {
        return RequestException.wrong(name + " must be a number from " + least + " to " + most + ".");
    }
}
