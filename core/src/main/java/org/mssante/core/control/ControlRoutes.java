package org.mssante.core.control;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    private record Route(String method, List<String> path, Handler handler) {
        /** The values of its places where the path is its own. */
        Optional<Map<String, String>> places(List<String> segments) {
            if (segments.size() != path.size()) {
                return Optional.empty();
            }
            Map<String, String> places = new HashMap<>();
            for (int i = 0; i < segments.size(); i++) {
                String wanted = path.get(i);
                if (wanted.startsWith("{")) {
                    places.put(wanted.substring(1, wanted.length() - 1), segments.get(i));
                } else if (!wanted.equals(segments.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(places);
        }
    }

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
        List<String> segments = segments(request.path());
        boolean known = false;
        for (Route route : routes) {
            Optional<Map<String, String>> places = route.places(segments);
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
        return and(new ControlRoutes(List.of(new Route(method, segments(path), handler))));
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
