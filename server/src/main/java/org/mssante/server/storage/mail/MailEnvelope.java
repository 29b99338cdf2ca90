package org.mssante.server.storage.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;

/** What James knows of a mail beside its sender, its recipients and its bytes, as one JSON object. */
final class MailEnvelope {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MailEnvelope() {}

    static String write(Mail mail) {
        ObjectNode envelope = JSON.createObjectNode();
        put(envelope, "state", mail.getState());
        put(envelope, "error", mail.getErrorMessage());
        put(envelope, "remoteHost", mail.getRemoteHost());
        put(envelope, "remoteAddress", mail.getRemoteAddr());
        Optional.ofNullable(mail.getLastUpdated())
                .ifPresent(date -> envelope.put("lastUpdated", date.toInstant().toString()));
        ObjectNode attributes = envelope.putObject("attributes");
        mail.attributes()
                .forEach(attribute -> attribute
                        .getValue()
                        .toJson()
                        .ifPresent(json -> attributes.set(attribute.getName().asString(), json)));
        ArrayNode headers = envelope.putArray("headers");
        mail.getPerRecipientSpecificHeaders()
                .getHeadersByRecipient()
                .forEach((recipient, header) -> headers.addObject()
                        .put("recipient", recipient.asString())
                        .put("name", header.getName())
                        .put("value", header.getValue()));
        return envelope.toString();
    }

    /**
     * @throws IllegalStateException where the text is not what {@link #write} wrote
     */
    static void read(String json, MailImpl mail) {
        try {
            JsonNode envelope = JSON.readTree(json);
            text(envelope, "state").ifPresent(mail::setState);
            text(envelope, "error").ifPresent(mail::setErrorMessage);
            text(envelope, "remoteHost").ifPresent(mail::setRemoteHost);
            text(envelope, "remoteAddress").ifPresent(mail::setRemoteAddr);
            text(envelope, "lastUpdated").ifPresent(text -> mail.setLastUpdated(Date.from(Instant.parse(text))));
            for (Map.Entry<String, JsonNode> attribute :
                    envelope.path("attributes").properties()) {
                mail.setAttribute(new Attribute(
                        AttributeName.of(attribute.getKey()), AttributeValue.fromJson(attribute.getValue())));
            }
            for (JsonNode header : envelope.path("headers")) {
                mail.addSpecificHeaderForRecipient(
                        PerRecipientHeaders.Header.builder()
                                .name(header.path("name").asText())
                                .value(header.path("value").asText())
                                .build(),
                        new MailAddress(header.path("recipient").asText()));
            }
        } catch (JsonProcessingException | AddressException e) {
            throw new IllegalStateException("the envelope of a stored mail is not what was written", e);
        }
    }

    private static void put(ObjectNode envelope, String name, String value) {
        if (value != null) {
            envelope.put(name, value);
        }
    }

    private static Optional<String> text(JsonNode envelope, String name) {
        return Optional.ofNullable(envelope.get(name)).map(JsonNode::asText);
    }
}
