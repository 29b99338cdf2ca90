package org.mssante.core.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a caller is told.
 *
 * @param status of HTTP: 200, 400 (the request is wrong), 404 (no such thing), 409 (it cannot be done), 500 (it failed)
 * @param body written after the head has gone; where it fails, the caller sees that the answer is not whole
 */
public record ControlAnswer(int status, String contentType, Body body) {
    public static final int OK = 200;
    public static final int WRONG = 400;
    public static final int UNKNOWN = 404;
    public static final int IMPOSSIBLE = 409;
    public static final int FAILED = 500;

    private static final JsonFactory JSON = new JsonFactory();

    /** Writes the body; the stream is not its to close. */
    @FunctionalInterface
    public interface Body {
        void write(OutputStream out) throws IOException;
    }

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface JsonBody {
        void write(JsonGenerator json) throws IOException;
    }

    public static ControlAnswer json(JsonBody body) {
        return new ControlAnswer(OK, "application/json", out -> write(out, body));
    }

    /** @param contentType with its charset, which is UTF-8 */
    public static ControlAnswer text(String contentType, String text) {
        return new ControlAnswer(OK, contentType, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static ControlAnswer octets(String contentType, Body body) {
        return new ControlAnswer(OK, contentType, body);
    }

    /** A sentence that says what is wrong and what to do. */
    public static ControlAnswer refused(int status, String sentence) {
        return new ControlAnswer(
                status,
                "application/json",
                out -> write(out, json -> {
                    json.writeStartObject();
                    json.writeStringField("error", sentence);
                    json.writeEndObject();
                }));
    }

    private static void write(OutputStream out, JsonBody body) throws IOException {
        JsonGenerator json = JSON.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        // an exception must leave the value unfinished, not close its brackets
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
        body.write(json);
        json.close();
    }
}
