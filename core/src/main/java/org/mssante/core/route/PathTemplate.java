package org.mssante.core.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The paths a route answers.
 *
 * @param text its places in braces, e.g. {@code /queues/{queue}/{name}}
 * @param segments of the text
 */
public record PathTemplate(String text, List<String> segments) {
    public PathTemplate {
        segments = List.copyOf(segments);
    }

    public static PathTemplate of(String text) {
        return new PathTemplate(text, segments(text));
    }

    /**
     * What stands between the slashes of a path, decoded.
     *
     * @throws IllegalArgumentException where it is not well encoded
     */
    public static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                // in a path a plus is a plus (RFC 3986 §3.3)
                segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return segments;
    }

    /**
     * What stands in the places, by their names; empty where it is another path.
     *
     * @param path its segments, see {@link #segments(String)}
     */
    public Optional<Map<String, String>> places(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> places = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String wanted = segments.get(i);
            if (wanted.startsWith("{")) {
                places.put(wanted.substring(1, wanted.length() - 1), path.get(i));
            } else if (!wanted.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(places);
    }
}
