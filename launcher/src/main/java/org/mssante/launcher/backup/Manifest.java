package org.mssante.launcher.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mssante.launcher.CommandFailure;

/**
 * What a backup holds, in {@code manifest.json}, which is written last: a folder without it is no backup.
 *
 * @param version of the project that made it
 * @param begun when the first part was copied; nothing older than this is missing
 * @param withKeys whether secrets and private keys are in it
 */
record Manifest(String version, Instant begun, boolean withKeys, List<Part> parts) {
    private static final String FILE = "manifest.json";
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    Manifest {
        parts = List.copyOf(parts);
    }

    void write(Path folder) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT);
        json.put("version", version);
        json.put("begun", begun.toString());
        json.put("withKeys", withKeys);
        ArrayNode array = json.putArray("parts");
        for (Part part : parts) {
            array.addObject()
                    .put("name", part.name())
                    .put("kind", part.kind().name())
                    .put("target", part.target())
                    .put("octets", part.octets())
                    .put("sha256", part.sha256())
                    .put("mode", part.mode());
        }
        Path unfinished = folder.resolve(FILE + ".unfinished");
        Files.writeString(unfinished, json.toPrettyString() + "\n", StandardCharsets.UTF_8);
        DurableFiles.force(unfinished);
        Files.move(unfinished, folder.resolve(FILE));
        DurableFiles.force(folder);
    }

    /** @throws CommandFailure where the folder holds no whole backup of a format this version knows */
    static Manifest read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            JsonNode json = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
            if (json.path("format").asInt() != FORMAT) {
                throw new CommandFailure("The backup in " + folder + " was made by another version ("
                        + json.path("version").asText() + "): restore it with that one.");
            }
            List<Part> parts = new ArrayList<>();
            for (JsonNode part : json.path("parts")) {
                parts.add(part(part, file));
            }
            return new Manifest(
                    json.path("version").asText(),
                    Instant.parse(json.path("begun").asText()),
                    json.path("withKeys").asBoolean(),
                    parts);
        } catch (IOException | DateTimeException e) {
            throw new CommandFailure(
                    "The folder " + folder + " holds no whole backup (" + e + "): name the folder that "
                            + "./mssante backup wrote.",
                    e);
        }
    }

    private static Part part(JsonNode part, Path file) {
        Part read = new Part(
                part.path("name").asText(),
                Part.Kind.named(part.path("kind").asText()).orElseThrow(() -> damaged(file)),
                part.path("target").asText(),
                part.path("octets").asLong(),
                part.path("sha256").asText(),
                part.path("mode").asText());
        if (leaves(read.name()) || leaves(read.target())) {
            throw damaged(file);
        }
        return read;
    }

    /** A manifest somebody else wrote must not lead out of the folders it is about. */
    private static boolean leaves(String path) {
        Path relative = Path.of(path);
        return path.isEmpty() || relative.isAbsolute() || relative.normalize().startsWith("..");
    }

    private static CommandFailure damaged(Path file) {
        return new CommandFailure("The file " + file + " is damaged: use another backup.");
    }
}
