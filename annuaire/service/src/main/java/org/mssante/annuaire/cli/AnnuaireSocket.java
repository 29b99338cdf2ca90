package org.mssante.annuaire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.mssante.core.control.ControlAddress;
import org.mssante.core.control.ControlClient;

/** Asks the running annuaire over its control socket; what it refuses is a {@link CommandFailure} in its words. */
final class AnnuaireSocket {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A change of a mailbox may wait for the end of a load of the register. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final ControlClient client;

    AnnuaireSocket(Path runDir) {
        this.client = new ControlClient(ControlAddress.of(runDir, "annuaire"), PATIENCE);
    }

    /** One call. */
    @FunctionalInterface
    private interface Call {
        ControlClient.Reply reply() throws IOException;
    }

    JsonNode get(List<String> path, Map<String, String> values) {
        return ask(() -> client.get(path, values));
    }

    JsonNode post(List<String> path, Map<String, String> values) {
        return ask(() -> client.post(path, values));
    }

    String text(List<String> path) throws IOException {
        try (ControlClient.Reply reply = client.get(path, Map.of())) {
            return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode ask(Call call) {
        try (ControlClient.Reply reply = call.reply()) {
            JsonNode answer = JSON.readTree(reply.body());
            if (!reply.isOk()) {
                throw new CommandFailure(answer.path("error").asText());
            }
            return answer;
        } catch (IOException e) {
            throw new CommandFailure(ControlClient.sentence(e, "the annuaire"), e);
        }
    }
}
