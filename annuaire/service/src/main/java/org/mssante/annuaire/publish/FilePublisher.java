package org.mssante.annuaire.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mssante.core.fetch.DurableMove;

/**
 * Drops each run's orders as one file of JSON lines into a folder, for whoever feeds the annuaire national with it. The file
 * has its name only once it is whole and on the disk. An order is accepted by that: what becomes of the file is not known.
 */
public final class FilePublisher implements AnnuairePublisher {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Clock clock;

    public FilePublisher(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public void submit(List<PublicationOrder> orders, Answers answers) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (PublicationOrder order : orders) {
            lines.append(line(order)).append('\n');
        }
        Files.createDirectories(folder);
        Path file = folder.resolve("publication-" + STAMP.format(clock.instant()) + ".jsonl");
        Path unfinished = folder.resolve(file.getFileName() + ".part");
        Files.writeString(unfinished, lines, StandardCharsets.UTF_8);
        DurableMove.replace(unfinished, file);
        for (PublicationOrder order : orders) {
            answers.take(order, new PublicationAnswer.Accepted("in " + file.getFileName()));
        }
    }

    private static String line(PublicationOrder order) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("action", order.action());
            json.writeStringField("address", order.address().toString());
            json.writeStringField("type", order.type().name());
            json.writeStringField(
                    order.carrier() instanceof Carrier.Person ? "holder" : "structure",
                    order.carrier().nationalId());
            if (order instanceof PublicationOrder.Publish publish) {
                write(json, publish.mailbox());
            } else if (order instanceof PublicationOrder.Update update) {
                write(json, update.mailbox());
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, PublicMailbox mailbox) throws IOException {
        write(json, "description", mailbox.description());
        write(json, "service", mailbox.service());
        write(json, "responsable", mailbox.responsible());
        if (mailbox.preferred().isPresent()) {
            json.writeNumberField("preferred", mailbox.preferred().get());
        }
    }

    private static void write(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }
}
