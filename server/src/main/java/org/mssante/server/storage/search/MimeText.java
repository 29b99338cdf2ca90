package org.mssante.server.storage.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.MimeIOException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;

/**
 * The text of a message, part by part, read as a stream: the fields of every header, every body of type text, decoded, and
 * what stands before and after the parts. Other bodies are left aside, messages within messages are not.
 */
final class MimeText {
    private static final int BUFFER = 8 * 1024;

    private MimeText() {}

    /** Takes the text as it comes. */
    interface Sink {
        /** The value of a field, of the message or of a part. */
        void field(String value);

        /** A piece of a body. */
        void body(char[] text, int length);

        /** The body ends: what follows belongs to another. */
        void endOfBody();

        /** True once nothing more is wanted. */
        boolean isContent();
    }

    /** A message that is broken somewhere is read up to there. */
    static void read(InputStream message, Sink sink) throws IOException {
        MimeTokenStream stream = new MimeTokenStream(MimeConfig.custom()
                .setMaxLineLen(-1)
                .setMaxHeaderLen(-1)
                .setMaxHeaderCount(-1)
                .build());
        stream.parse(message);
        try {
            for (EntityState state = stream.getState();
                    state != EntityState.T_END_OF_STREAM && !sink.isContent();
                    state = stream.next()) {
                if (state == EntityState.T_FIELD) {
                    sink.field(MessageHeaders.value(stream.getField()));
                } else if (state == EntityState.T_BODY && isText(stream.getBodyDescriptor())) {
                    body(stream.getDecodedInputStream(), charset(stream.getBodyDescriptor()), sink);
                } else if (state == EntityState.T_PREAMBLE || state == EntityState.T_EPILOGUE) {
                    body(stream.getInputStream(), StandardCharsets.UTF_8, sink);
                }
            }
        } catch (MimeException | MimeIOException | IllegalStateException e) {
            sink.endOfBody();
        }
    }

    private static boolean isText(BodyDescriptor body) {
        return "text".equals(body.getMediaType().toLowerCase(Locale.ROOT));
    }

    private static void body(InputStream body, Charset charset, Sink sink) throws IOException {
        char[] buffer = new char[BUFFER];
        try (Reader text = new InputStreamReader(body, charset)) {
            int length = text.read(buffer);
            while (length >= 0 && !sink.isContent()) {
                sink.body(buffer, length);
                length = text.read(buffer);
            }
        }
        sink.endOfBody();
    }

    /** None, or ASCII, is read as UTF-8, which it may be; one nobody knows as ISO 8859-1: its ASCII can be found. */
    private static Charset charset(BodyDescriptor body) {
        try {
            return Optional.ofNullable(body.getCharset())
                    .map(Charset::forName)
                    .filter(charset -> !StandardCharsets.US_ASCII.equals(charset))
                    .orElse(StandardCharsets.UTF_8);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }
}
