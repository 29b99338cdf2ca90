package org.mssante.annuaire.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.office.DelegationOffice;
import org.mssante.annuaire.registry.Delegation;
import org.mssante.annuaire.registry.DelegationChange;
import org.mssante.annuaire.registry.InvalidRegistrationException;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;

/**
 * Says for the operator at his machine who administers mailboxes over the network: {@code GET /administrators},
 * {@code GET /administrators/PERSON/history}, and {@code POST /administrators/PERSON/add} and {@code /remove} with a
 * {@code reason} and {@code of}, a structure or ALL.
 */
public final class AdministratorDesk {
    private static final String ALL = "ALL";
    private static final String PERSON = "person";
    private static final String ADMINISTRATOR = "/administrators/{person}";

    private final DelegationOffice office;

    public AdministratorDesk(DelegationOffice office) {
        this.office = office;
    }

    public ControlRoutes routes() {
        return ControlRoutes.none()
                .get(
                        "/administrators",
                        request -> OfficeWords.answer(
                                office.list(OfficeWords.author(request)), AdministratorDesk::writeDelegations))
                .get(
                        ADMINISTRATOR + "/history",
                        request -> OfficeWords.said(() -> OfficeWords.answer(
                                office.history(OfficeWords.author(request), person(request)),
                                AdministratorDesk::writeChanges)))
                .post(
                        ADMINISTRATOR + "/add",
                        request -> OfficeWords.said(() -> OfficeWords.answer(
                                office.give(OfficeWords.author(request), charge(request), reason(request)),
                                AdministratorDesk::write)))
                .post(
                        ADMINISTRATOR + "/remove",
                        request -> OfficeWords.said(() -> OfficeWords.answer(
                                office.take(OfficeWords.author(request), charge(request), reason(request)),
                                AdministratorDesk::write)));
    }

    private static MailAddress person(ControlRequest request) {
        return MailAddress.parse(request.place(PERSON));
    }

    private static DelegationOffice.Charge charge(ControlRequest request) {
        String of = request.value("of")
                .orElseThrow(() -> new InvalidRegistrationException("of is missing: a structure, or " + ALL));
        return new DelegationOffice.Charge(
                person(request), of.equals(ALL) ? Optional.empty() : Optional.of(StructureId.ofNationalId(of)));
    }

    private static String reason(ControlRequest request) {
        return request.value("reason").orElse("");
    }

    private static void write(JsonGenerator json, DelegationOffice.Charge charge) throws IOException {
        json.writeStartObject();
        writeFields(json, charge);
        json.writeEndObject();
    }

    private static void writeDelegations(JsonGenerator json, List<Delegation> delegations) throws IOException {
        json.writeStartArray();
        for (Delegation delegation : delegations) {
            json.writeStartObject();
            writeFields(json, delegation, "since");
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeChanges(JsonGenerator json, List<DelegationChange> changes) throws IOException {
        json.writeStartArray();
        for (DelegationChange change : changes) {
            json.writeStartObject();
            json.writeStringField("what", change.given() ? "given" : "taken");
            writeFields(json, change.delegation(), "time");
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeFields(JsonGenerator json, Delegation delegation, String time) throws IOException {
        writeFields(json, new DelegationOffice.Charge(delegation.person(), delegation.structure()));
        json.writeStringField(time, delegation.since().toString());
        json.writeStringField("author", delegation.note().author());
        json.writeStringField("reason", delegation.note().reason());
    }

    /** No structure: all mailboxes. */
    private static void writeFields(JsonGenerator json, DelegationOffice.Charge charge) throws IOException {
        json.writeStringField(PERSON, charge.person().toString());
        json.writeStringField("role", charge.structure().isPresent() ? "ADMINISTRATOR" : "OPERATOR");
        if (charge.structure().isPresent()) {
            json.writeStringField("structure", charge.structure().get().nationalId());
        }
    }
}
