package org.mssante.annuaire.admin;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.mssante.annuaire.publish.MailboxPublication;
import org.mssante.annuaire.publish.PublicationAnswer;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.control.ControlRoutes;

/**
 * Publishes our mailboxes for an operator: {@code GET /publication} says what would be sent, {@code POST /publication} sends
 * it. One object an order.
 */
public final class PublicationDesk {
    private static final String PATH = "/publication";

    private final MailboxPublication publication;

    public PublicationDesk(MailboxPublication publication) {
        this.publication = publication;
    }

    public ControlRoutes routes() {
        return ControlRoutes.none()
                .get(PATH, request -> report(publication.rehearse()))
                .post(PATH, this::send);
    }

    private ControlAnswer send(ControlRequest request) {
        try {
            return report(publication.send("operator " + request.caller()));
        } catch (IOException e) {
            return ControlAnswer.refused(
                    ControlAnswer.FAILED,
                    "The mailboxes cannot be published (" + e.getMessage()
                            + "): correct publication.*; what was accepted before is not sent again.");
        }
    }

    private static ControlAnswer report(List<MailboxPublication.Line> lines) {
        return ControlAnswer.json(json -> {
            json.writeStartArray();
            for (MailboxPublication.Line line : lines) {
                json.writeStartObject();
                json.writeStringField("action", line.order().action());
                json.writeStringField("address", line.order().address().toString());
                json.writeStringField("type", line.order().type().name());
                json.writeStringField("carrier", line.order().carrier().nationalId());
                json.writeStringField("last", line.last().map(Instant::toString).orElse(""));
                json.writeStringField("answer", name(line.answer()));
                json.writeStringField("words", line.answer().words());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static String name(PublicationAnswer answer) {
        return answer.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }
}
