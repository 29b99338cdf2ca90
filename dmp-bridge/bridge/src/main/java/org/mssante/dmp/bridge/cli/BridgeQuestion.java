package org.mssante.dmp.bridge.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.mssante.core.control.ControlAddress;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlClient;
import org.mssante.dmp.bridge.DmpBridge;

/** Asks the running bridge over its control socket, and prints what it says. */
final class BridgeQuestion {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ControlClient client;

    BridgeQuestion(Path runDir) {
        this.client = new ControlClient(ControlAddress.of(runDir, DmpBridge.NAME), PATIENCE);
    }

    /** One call. */
    @FunctionalInterface
    private interface Call {
        ControlClient.Reply reply() throws IOException;
    }

    /** How a good answer is printed. */
    @FunctionalInterface
    private interface Reading {
        String read(InputStream body) throws IOException;
    }

    /** Prints JSON; the exit code is returned. */
    int json(Map<String, String> values, String... path) {
        return ask(() -> client.get(List.of(path), values), BridgeQuestion::pretty);
    }

    /** Prints text; the exit code is returned. */
    int text(String... path) {
        return ask(() -> client.get(List.of(path), Map.of()), BridgeQuestion::text);
    }

    /** Acts and prints what has been done; the exit code is returned. */
    int act(Map<String, String> values, String... path) {
        return ask(() -> client.post(List.of(path), values), BridgeQuestion::text);
    }

    private static int ask(Call call, Reading reading) {
        try (ControlClient.Reply reply = call.reply()) {
            if (reply.isOk()) {
                System.out.print(reading.read(reply.body()));
                System.out.flush();
                return ExitCode.OK;
            }
            System.err.println(sentence(reply.body()));
            return reply.status() == ControlAnswer.WRONG ? ExitCode.USAGE : ExitCode.REFUSED;
        } catch (IOException e) {
            System.err.println(ControlClient.sentence(e, "the bridge"));
            return ExitCode.UNAVAILABLE;
        }
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String pretty(InputStream body) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonParser parser = JSON.createParser(body);
                JsonGenerator generator = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            parser.nextToken();
            generator.copyCurrentStructure(parser);
        }
        return text + "\n";
    }

    private static String sentence(InputStream body) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING && "error".equals(parser.currentName())) {
                    return parser.getText();
                }
            }
        }
        throw new IOException("it said no without a word");
    }
}
