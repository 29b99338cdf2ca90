package org.mssante.core.control;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the head of one request (RFC 9112 §3); a request has no body, what it says stands in its query. */
final class RequestReader {
    private static final int PARTS = 3;

    private final int limit;

    RequestReader(int limit) {
        this.limit = limit;
    }

    /** A request that cannot be understood; the message is the sentence for the caller. */
    static final class WrongRequestException extends Exception {
        private static final long serialVersionUID = 1L;

        WrongRequestException(String sentence) {
            super(sentence);
        }
    }

    ControlRequest read(InputStream stream, String caller) throws IOException, WrongRequestException {
        try {
            return parse(new Limited(stream, limit), caller);
        } catch (TooLongException e) {
            throw new WrongRequestException("The request is longer than " + limit + " octets: say less.");
        } catch (IllegalArgumentException e) {
            throw new WrongRequestException("The request is not well encoded (" + e.getMessage() + "): correct it.");
        }
    }

    private static ControlRequest parse(InputStream in, String caller) throws IOException, WrongRequestException {
        String[] words = HttpLine.read(in).split(" ", -1);
        if (words.length != PARTS || !"HTTP/1.1".equals(words[2])) {
            throw new WrongRequestException("The first line is not METHOD PATH HTTP/1.1: speak HTTP/1.1.");
        }
        for (String header = HttpLine.read(in); !header.isEmpty(); header = HttpLine.read(in)) {
            String text = header.toLowerCase(Locale.ROOT).replace(" ", "");
            boolean hasLength = text.startsWith("content-length:") && !text.equals("content-length:0");
            if (hasLength || text.startsWith("transfer-encoding:")) {
                throw new WrongRequestException("A request has no body here: say it in the query.");
            }
        }
        int query = words[1].indexOf('?');
        return new ControlRequest(
                caller,
                words[0],
                query < 0 ? words[1] : words[1].substring(0, query),
                query < 0 ? Map.of() : values(words[1].substring(query + 1)));
    }

    private static Map<String, String> values(String query) {
        Map<String, String> values = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Octet by octet, so that none behind the head is read. */
    private static final class Limited extends FilterInputStream {
        private int left;

        Limited(InputStream in, int limit) {
            super(in);
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                throw new TooLongException();
            }
            left--;
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int octet = length == 0 ? -1 : read();
            if (octet < 0) {
                return length == 0 ? 0 : -1;
            }
            bytes[offset] = (byte) octet;
            return 1;
        }
    }
}
