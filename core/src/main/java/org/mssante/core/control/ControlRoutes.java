package org.mssante.core.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.route.PathTemplate;

/** What a control socket answers, by method and path. Immutable. */
public final class ControlRoutes {
    private final List<Route> routes;

    private ControlRoutes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** Finds the answer; whatever it throws becomes a 500. Thread-safe. */
    @FunctionalInterface
    public interface Handler {
        ControlAnswer answer(ControlRequest request);
    }

    private record Route(String method, PathTemplate path, Handler handler) {}

    public static ControlRoutes none() {
        return new ControlRoutes(List.of());
    }

    /** @param path its places in braces, e.g. {@code /queues/{queue}/{name}} */
    public ControlRoutes get(String path, Handler handler) {
        return and("GET", path, handler);
    }

    public ControlRoutes post(String path, Handler handler) {
        return and("POST", path, handler);
    }

    public ControlRoutes and(ControlRoutes others) {
        List<Route> all = new ArrayList<>(routes);
        all.addAll(others.routes);
        return new ControlRoutes(all);
    }

    ControlAnswer answer(ControlRequest request) {
        List<String> segments = PathTemplate.segments(request.path());
        boolean known = false;
        for (Route route : routes) {
            Optional<Map<String, String>> places = route.path().places(segments);
            if (places.isPresent() && route.method().equals(request.method())) {
                Map<String, String> values = new HashMap<>(request.values());
                values.putAll(places.get());
                return route.handler()
                        .answer(new ControlRequest(request.caller(), request.method(), request.path(), values));
            }
            known |= places.isPresent();
        }
        return known
                ? ControlAnswer.refused(ControlAnswer.WRONG, "GET looks and POST acts: use the other one.")
                : ControlAnswer.refused(
                        ControlAnswer.UNKNOWN, "There is no " + request.path() + " here: compare the documentation.");
    }

    private ControlRoutes and(String method, String path, Handler handler) {
        return and(new ControlRoutes(List.of(new Route(method, PathTemplate.of(path), handler))));
    }
}
