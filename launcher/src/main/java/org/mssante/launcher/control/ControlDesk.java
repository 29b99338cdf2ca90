package org.mssante.launcher.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.control.ControlAddress;
import org.mssante.core.control.ControlClient;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServiceKind;

/** One service's control socket: what it says, or one sentence why it does not. */
public final class ControlDesk {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A health check is for now; a backup may take its time. */
    private static final Duration HEALTH = Duration.ofSeconds(15);

    private static final Duration WORK = Duration.ofHours(2);

    private final ServiceKind kind;
    private final ControlAddress address;
    private final ControlClient client;

    public ControlDesk(Instance instance, ServiceKind kind) {
        this.kind = kind;
        this.address = ControlAddress.of(instance.runDir(), kind.folder());
        this.client = new ControlClient(address, WORK);
    }

    /** What is done with an answer that is good. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(InputStream body) throws IOException;
    }

    /** One call. */
    @FunctionalInterface
    private interface Call {
        ControlClient.Reply reply() throws IOException;
    }

    /**
     * Looks.
     *
     * @throws CommandFailure where the service is not there or says no, in its words
     */
    public JsonNode get(Map<String, String> values, String... path) {
        return ask(() -> client.get(List.of(path), values), JSON::readTree);
    }

    /** Looks, and takes the answer as text. */
    public String text(String... path) {
        return ask(
                () -> client.get(List.of(path), Map.of()),
                body -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    /** Acts. */
    public JsonNode post(Map<String, String> values, String... path) {
        return post(JSON::readTree, values, path);
    }

    /** Acts, and takes the answer as octets. */
    public <T> T post(Reading<T> reading, Map<String, String> values, String... path) {
        return ask(() -> client.post(List.of(path), values), reading);
    }

    /** The state of the service's health; empty where nobody answers. */
    public Optional<JsonNode> health() {
        ControlClient hasty = new ControlClient(address, HEALTH);
        try (ControlClient.Reply reply = hasty.get(List.of("health"), Map.of())) {
            return reply.isOk() ? Optional.of(JSON.readTree(reply.body())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private <T> T ask(Call call, Reading<T> reading) {
        try (ControlClient.Reply reply = call.reply()) {
            if (reply.isOk()) {
                return reading.read(reply.body());
            }
            String sentence = JSON.readTree(reply.body()).path("error").asText();
            throw new CommandFailure(sentence);
        } catch (IOException e) {
            throw new CommandFailure(ControlClient.sentence(e, "the service " + kind.folder()), e);
        }
    }
}
