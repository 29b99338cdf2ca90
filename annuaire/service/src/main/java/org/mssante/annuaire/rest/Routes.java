package org.mssante.annuaire.rest;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the API can be asked: a table of methods and paths, and who answers. Immutable. */
final class Routes {
    private final List<Route> routes;

    private Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** Answers a call. */
    @FunctionalInterface
    interface Handler {
        Reply answer(Call call) throws RequestException, IOException;
    }

    /**
     * One line of the table.
     *
     * @param path below the API's own, its places in braces: {@code /mailboxes/{address}}
     * @param query the names that may stand in the query
     */
    record Route(String method, String path, Set<String> query, Handler handler) {
        Route {
            query = Set.copyOf(query);
        }

        /** The places' texts; empty where it is another path. */
        private Optional<Map<String, String>> places(List<String> segments) {
            List<String> own = segments(path);
            if (own.size() != segments.size()) {
                return Optional.empty();
            }
            Map<String, String> places = new HashMap<>();
            for (int i = 0; i < own.size(); i++) {
                String segment = own.get(i);
                if (segment.startsWith("{")) {
                    places.put(segment.substring(1, segment.length() - 1), segments.get(i));
                } else if (!segment.equals(segments.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(places);
        }
    }

    /** A route with what stands in its places. */
    record Found(Route route, Map<String, String> places) {}

    static Routes none() {
        return new Routes(List.of());
    }

    Routes and(String method, String path, Set<String> query, Handler handler) {
        return and(new Routes(List.of(new Route(method, path, query, handler))));
    }

    Routes and(Routes others) {
        List<Route> all = new ArrayList<>(routes);
        all.addAll(others.routes);
        return new Routes(all);
    }

    List<Route> all() {
        return routes;
    }

    /**
     * The routes of a path, one a method; none where there is no such path.
     *
     * @param path as sent, still encoded
     */
    List<Found> find(String path) {
        List<String> segments = segments(path);
        List<Found> found = new ArrayList<>();
        for (Route route : routes) {
            route.places(segments).ifPresent(places -> found.add(new Found(route, places)));
        }
        return found;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                // in a path a plus is a plus (RFC 3986 §3.3)
                segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return segments;
    }
}
