package org.mssante.annuaire.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mssante.core.route.PathTemplate;

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
     * @param path below the API's own
     * @param query the names that may stand in the query
     */
    record Route(String method, PathTemplate path, Set<String> query, Handler handler) {
        Route {
            query = Set.copyOf(query);
        }
    }

    /** A route with what stands in its places. */
    record Found(Route route, Map<String, String> places) {}

    static Routes none() {
        return new Routes(List.of());
    }

    Routes and(String method, String path, Set<String> query, Handler handler) {
        return and(new Routes(List.of(new Route(method, PathTemplate.of(path), query, handler))));
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
        List<String> segments = PathTemplate.segments(path);
        List<Found> found = new ArrayList<>();
        for (Route route : routes) {
            route.path().places(segments).ifPresent(places -> found.add(new Found(route, places)));
        }
        return found;
    }
}
