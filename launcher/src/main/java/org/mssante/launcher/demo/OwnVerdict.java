package org.mssante.launcher.demo;

import java.util.List;

/**
 * What our own server must have said about a message. A field that names another server is that server's word, and anybody
 * can write one (RFC 8601 §5).
 *
 * @param server the name our server gives itself in Authentication-Results
 * @param result what it must say, e.g. {@code smime=pass}
 */
record OwnVerdict(String server, String result) {
    static final String HEADER = "Authentication-Results";

    /** The fields among those of a message that are our server's. */
    List<String> among(List<String> fields) {
        return fields.stream()
                .filter(field -> field.strip().split("[;\\s]", 2)[0].equalsIgnoreCase(server))
                .toList();
    }
}
