package org.mssante.server.storage.mailbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import org.apache.james.mailbox.store.mail.model.Property;
import org.apache.james.mailbox.store.mail.model.impl.Properties;

/** MIME facts of a message that James computes at arrival, as a JSON array of [namespace, name, value]. */
final class MessageProperties {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MessageProperties() {}

    static String write(Properties properties) {
        List<List<String>> triples = properties.toProperties().stream()
                .map(property -> List.of(property.getNamespace(), property.getLocalName(), property.getValue()))
                .toList();
        try {
            return JSON.writeValueAsString(triples);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("properties of a message cannot be written as JSON", e);
        }
    }

    static List<Property> read(String json) {
        try {
            return Arrays.stream(JSON.readValue(json, String[][].class))
                    .map(triple -> new Property(triple[0], triple[1], triple[2]))
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("properties of a message are not the JSON they were written as", e);
        }
    }
}
