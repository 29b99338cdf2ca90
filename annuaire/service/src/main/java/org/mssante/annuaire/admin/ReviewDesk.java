package org.mssante.annuaire.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.mssante.annuaire.lifecycle.Findings;
import org.mssante.annuaire.lifecycle.FindingsSearch;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.id.MailAddress;

/** Tells what an operator should look at in our mailboxes beside the register: {@code GET /register/findings}. */
public final class ReviewDesk {
    private static final String ADDRESS = "address";

    private final FindingsSearch search;

    public ReviewDesk(FindingsSearch search) {
        this.search = search;
    }

    public ControlRoutes routes() {
        return ControlRoutes.none().get("/register/findings", this::findings);
    }

    private ControlAnswer findings(ControlRequest request) {
        try {
            Findings findings = search.findings();
            return ControlAnswer.json(json -> write(json, findings));
        } catch (IOException e) {
            return ControlAnswer.refused(
                    ControlAnswer.FAILED, "The directory cannot be read (" + e.getMessage() + ").");
        }
    }

    private static void write(JsonGenerator json, Findings findings) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("orphans");
        for (Findings.Orphan orphan : findings.orphans()) {
            write(json, orphan);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("duplicates");
        for (Findings.Duplicate duplicate : findings.duplicates()) {
            json.writeStartObject();
            json.writeStringField("holder", duplicate.holder().value());
            addresses(json, "addresses", duplicate.addresses());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("stale");
        for (Findings.Stale stale : findings.stale()) {
            json.writeStartObject();
            json.writeStringField(ADDRESS, stale.address().toString());
            json.writeStringField("why", stale.why());
            json.writeEndObject();
        }
        json.writeEndArray();
        addresses(json, "unpublished", findings.unpublished());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Findings.Orphan orphan) throws IOException {
        json.writeStartObject();
        json.writeStringField(ADDRESS, orphan.flag().address().toString());
        json.writeStringField("state", orphan.state().name());
        json.writeStringField("motive", orphan.flag().motive().name());
        json.writeStringField("since", orphan.flag().since().toString());
        if (orphan.suspension().isPresent()) {
            json.writeStringField("suspension", orphan.suspension().get().toString());
        }
        json.writeEndObject();
    }

    private static void addresses(JsonGenerator json, String name, Iterable<MailAddress> addresses) throws IOException {
        json.writeArrayFieldStart(name);
        for (MailAddress address : addresses) {
            json.writeString(address.toString());
        }
        json.writeEndArray();
    }
}
