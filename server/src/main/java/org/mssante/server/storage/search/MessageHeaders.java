package org.mssante.server.storage.search;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.dom.datetime.DateTime;
import org.apache.james.mime4j.field.datetime.parser.DateTimeParser;
import org.apache.james.mime4j.field.datetime.parser.ParseException;
import org.apache.james.mime4j.field.datetime.parser.TokenMgrError;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.james.mime4j.util.ByteSequence;
import org.apache.james.mime4j.util.MimeUtil;

/** The fields of a message's own header, unfolded and decoded (RFC 2047), as searches see them. */
final class MessageHeaders {
    private final List<Named> fields;

    private record Named(String name, String value) {}

    private MessageHeaders(List<Named> fields) {
        this.fields = List.copyOf(fields);
    }

    static MessageHeaders of(byte[] header) {
        try {
            return read(new ByteArrayInputStream(header));
        } catch (IOException e) {
            throw new UncheckedIOException("a header in memory", e);
        }
    }

    /** What cannot be parsed ends the header. */
    static MessageHeaders read(InputStream message) throws IOException {
        List<Named> fields = new ArrayList<>();
        MimeTokenStream stream = new MimeTokenStream(MimeConfig.PERMISSIVE);
        stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
        try {
            stream.parse(message);
            for (EntityState state = stream.getState();
                    state != EntityState.T_END_HEADER && state != EntityState.T_END_OF_STREAM;
                    state = stream.next()) {
                if (state == EntityState.T_FIELD) {
                    fields.add(new Named(stream.getField().getName(), value(stream.getField())));
                }
            }
        } catch (MimeException e) {
            return new MessageHeaders(fields);
        }
        return new MessageHeaders(fields);
    }

    /** The value of a field; octets beyond ASCII are UTF-8 (RFC 6532) or, where they are not, ISO 8859-1. */
    static String value(Field field) {
        ByteSequence raw = field.getRaw();
        String line = raw == null ? field.getName() + ":" + field.getBody() : text(raw.toByteArray());
        return MimeUtil.unscrambleHeaderValue(line.substring(line.indexOf(':') + 1))
                .strip();
    }

    boolean has(String name) {
        return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
    }

    /** The values of all fields of that name, a line each, folded for comparison; empty where there is none. */
    String folded(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(field -> SearchText.column(field.value()))
                .collect(Collectors.joining("\n"));
    }

    /** The day of the field Date as its author wrote it, "disregarding time and timezone" (RFC 3501 §6.4.4). */
    Optional<LocalDate> sentDay() {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase("Date"))
                .findFirst()
                .flatMap(field -> day(field.value()));
    }

    private static Optional<LocalDate> day(String date) {
        try {
            DateTime parsed = new DateTimeParser(new java.io.StringReader(date)).parseAll();
            return Optional.of(LocalDate.of(parsed.getYear(), parsed.getMonth(), parsed.getDay()));
        } catch (ParseException | TokenMgrError | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String text(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }
}
