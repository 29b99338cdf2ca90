package org.mssante.launcher.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mssante.core.health.Alarm;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServiceKind;

/** What all services of an instance find wrong; one that says nothing is a finding itself. */
public record InstanceHealth(List<Found> findings) {
    public InstanceHealth {
        findings = List.copyOf(findings);
    }

    /** A service's finding, in the words of the service, which may be of another version. */
    public record Found(String service, String code, String level, String english, String french, String detail) {}

    public static InstanceHealth of(Instance instance) {
        List<Found> findings = new ArrayList<>();
        for (ServiceKind kind : ServiceKind.values()) {
            Optional<JsonNode> answer = new ControlDesk(instance, kind).health();
            if (answer.isPresent()) {
                answer.get().path("findings").forEach(finding -> findings.add(found(kind, finding)));
            } else {
                findings.add(silent(kind));
            }
        }
        return new InstanceHealth(findings);
    }

    /** Whether something does not work now. */
    public boolean isDown() {
        return findings.stream().anyMatch(found -> !found.level().equals(word(Alarm.Level.WARNING)));
    }

    public String json() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("state", findings.isEmpty() ? "well" : word(isDown() ? Alarm.Level.DOWN : Alarm.Level.WARNING));
        ArrayNode array = json.putArray("findings");
        for (Found found : findings) {
            array.addObject()
                    .put("service", found.service())
                    .put("code", found.code())
                    .put("level", found.level())
                    .put("english", found.english())
                    .put("french", found.french())
                    .put("detail", found.detail());
        }
        return json.toPrettyString();
    }

    private static Found found(ServiceKind kind, JsonNode finding) {
        return new Found(
                kind.folder(),
                finding.path("code").asText(),
                finding.path("level").asText(),
                finding.path("english").asText(),
                finding.path("french").asText(),
                finding.path("detail").asText());
    }

    private static Found silent(ServiceKind kind) {
        Alarm alarm = Alarm.SERVICE_SILENT;
        return new Found(kind.folder(), alarm.code(), word(alarm.level()), alarm.english(), alarm.french(), "");
    }

    private static String word(Alarm.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
