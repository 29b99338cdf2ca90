package org.mssante.core.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file names that a field {@code Content-Disposition} ({@code filename}) or {@code Content-Type} ({@code name}) gives
 * to a part, in every form that is in use: plain, quoted, with a charset, continued (RFC 2231 §3 and §4), and as encoded
 * words, which the standard forbids there and many senders write (RFC 2047 §5). Never fails, takes time in proportion to
 * the field.
 */
public final class FileNames {
    /** {@code name}, {@code name*}, {@code name*0}, {@code name*0*}. */
    private static final Pattern PARAMETER =
            Pattern.compile("(filename|name)(\\*[0-9]{1,4})?(\\*)?", Pattern.CASE_INSENSITIVE);

    private FileNames() {}

    /** @param extended its octets are escaped, and the first begins with a charset */
    private record Segment(String value, boolean extended) {}

    /**
     * @param body of the field, folded or not
     * @return decoded, without control characters; those in the form of RFC 2231 first, as their senders mean them
     */
    public static List<String> of(String body) {
        Map<String, Map<Integer, Segment>> plain = new TreeMap<>();
        Map<String, Map<Integer, Segment>> continued = new TreeMap<>();
        for (String parameter : parameters(body)) {
            int equals = parameter.indexOf('=');
            Matcher name = PARAMETER.matcher(
                    parameter.substring(0, Math.max(equals, 0)).strip());
            if (!name.matches()) {
                continue;
            }
            boolean numbered = name.group(2) != null;
            boolean extended = name.group(3) != null;
            int number = numbered ? Integer.parseInt(name.group(2).substring(1)) : 0;
            (numbered || extended ? continued : plain)
                    .computeIfAbsent(name.group(1).toLowerCase(Locale.ROOT), any -> new TreeMap<>())
                    .putIfAbsent(number, new Segment(value(parameter.substring(equals + 1)), extended));
        }
        List<String> names = new ArrayList<>();
        continued.values().forEach(segments -> names.add(joined(segments.values())));
        plain.values().forEach(segments -> names.add(joined(segments.values())));
        return names.stream()
                .map(EncodedWords::decode)
                .map(name -> name.replaceAll("\\p{Cntrl}+", "").strip())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** What stands between semicolons, save those in quoted strings. */
    private static List<String> parameters(String body) {
        List<String> parameters = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == ';' && !quoted) {
                parameters.add(current.toString());
                current.setLength(0);
                continue;
            }
            current.append(c);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted && i + 1 < body.length()) {
                current.append(body.charAt(++i));
            }
        }
        parameters.add(current.toString());
        return parameters;
    }

    /** Without its quotes, also where the last one is missing. */
    private static String value(String written) {
        String stripped = written.strip();
        if (!stripped.startsWith("\"")) {
            return stripped;
        }
        StringBuilder value = new StringBuilder();
        for (int i = 1; i < stripped.length() && stripped.charAt(i) != '"'; i++) {
            boolean escaped = stripped.charAt(i) == '\\' && i + 1 < stripped.length();
            value.append(stripped.charAt(escaped ? ++i : i));
        }
        return value.toString();
    }

    /** A character may be split over two segments: octets are put together before they are read as text. */
    private static String joined(Collection<Segment> segments) {
        Charset charset = StandardCharsets.UTF_8;
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        boolean first = true;
        for (Segment segment : segments) {
            String text = segment.value();
            String[] marked = text.split("'", 3);
            if (first && segment.extended() && marked.length == 3) {
                charset = EncodedWords.charset(marked[0]).orElse(charset);
                text = marked[2];
            }
            octets.writeBytes(segment.extended() ? HexEscapes.decode('%', text) : text.getBytes(charset));
            first = false;
        }
        return octets.toString(charset);
    }
}
