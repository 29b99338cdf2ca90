package org.mssante.annuaire.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.mssante.annuaire.web.Patience;
import org.mssante.core.outcome.Outcome;

/** Reads the one JSON object a request may have as its body: so many octets, in so much time, each field once. */
final class BodyReader {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int CHUNK = 4_096;

    private final ApiLimits limits;
    private final Clock clock;

    BodyReader(ApiLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** No field where there is no body; that of a GET means nothing (RFC 9110 §9.3.1) and is not read. */
    Fields read(HttpServletRequest request) throws RequestException, IOException {
        byte[] octets = request.getMethod().equals("GET") ? new byte[0] : octets(request);
        if (octets.length == 0) {
            return new Fields(JsonNodeFactory.instance.objectNode());
        }
        String type = Optional.ofNullable(request.getContentType()).orElse("").toLowerCase(Locale.ROOT);
        if (!type.split(";", -1)[0].strip().equals("application/json")) {
            throw new RequestException(
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                    Outcome.REQUEST_WRONG,
                    "The body must be application/json.");
        }
        try {
            JsonNode value = JSON.readTree(text(octets));
            if (value instanceof ObjectNode object) {
                return new Fields(object);
            }
        } catch (CharacterCodingException e) {
            throw RequestException.wrong("The body is not UTF-8.");
        } catch (JsonProcessingException e) {
            throw RequestException.wrong("The body is not well-formed JSON, or names a field twice.");
        }
        throw RequestException.wrong("The body must be a JSON object.");
    }

    private byte[] octets(HttpServletRequest request) throws RequestException, IOException {
        if (request.getContentLengthLong() > limits.bodyOctets()) {
            throw tooLarge();
        }
        Instant end = clock.instant().plus(limits.bodyTime());
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        InputStream in = request.getInputStream();
        try (Patience patience = Patience.with(request)) {
            patience.limit(limits.bodyTime());
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                octets.write(chunk, 0, count);
                if (octets.size() > limits.bodyOctets()) {
                    throw tooLarge();
                }
                Duration left = Duration.between(clock.instant(), end);
                if (left.isNegative()) {
                    throw tooSlow();
                }
                patience.limit(left);
            }
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw tooSlow();
            }
            throw e;
        }
        return octets.toByteArray();
    }

    private RequestException tooSlow() {
        return new RequestException(
                HttpServletResponse.SC_REQUEST_TIMEOUT,
                Outcome.REQUEST_WRONG,
                "The body took longer than " + limits.bodyTime() + ".");
    }

    private RequestException tooLarge() {
        return new RequestException(
                HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                Outcome.REQUEST_TOO_LARGE,
                "The body is larger than " + limits.bodyOctets() + " octets.");
    }

    private static String text(byte[] octets) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(octets))
                .toString();
    }
}
