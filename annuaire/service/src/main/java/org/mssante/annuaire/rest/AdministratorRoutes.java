package org.mssante.annuaire.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mssante.annuaire.office.Answer;
import org.mssante.annuaire.office.DelegationOffice;
import org.mssante.annuaire.registry.Delegation;
import org.mssante.annuaire.registry.DelegationChange;
import org.mssante.annuaire.registry.Powers;
import org.mssante.core.id.StructureId;

/** Who administers which structure's mailboxes, and what the one who asks may do himself. */
final class AdministratorRoutes {
    private static final String ADMINISTRATORS = "/administrators";
    private static final String PERSON = "person";
    private static final String STRUCTURE = "structure";
    private static final String REASON = "reason";
    private static final String ONE = ADMINISTRATORS + "/{person}/structures/{structure}";

    private final DelegationOffice office;

    AdministratorRoutes(DelegationOffice office) {
        this.office = office;
    }

    Routes routes() {
        return Routes.none()
                .and("GET", "/me", Set.of(), this::me)
                .and("GET", ADMINISTRATORS, Set.of(), this::list)
                .and("GET", ADMINISTRATORS + "/{person}/history", Set.of(), this::history)
                .and("PUT", ONE, Set.of(), this::give)
                .and("DELETE", ONE, Set.of(REASON), this::take);
    }

    private Reply me(Call call) {
        Powers powers = office.powers(call.author());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(PERSON, call.author().address().toString());
        json.put("operator", powers.everything());
        ArrayNode structures = json.putArray("structures");
        powers.structures().stream().map(StructureId::nationalId).sorted().forEach(structures::add);
        return Reply.ok(json);
    }

    private Reply list(Call call) {
        Answer<List<Delegation>> answer = office.list(call.author());
        if (!(answer instanceof Answer.Done<List<Delegation>> done)) {
            return Reply.refused((Answer.Refused<?>) answer);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode administrators = json.putArray("administrators");
        done.value().forEach(delegation -> write(administrators.addObject(), delegation, "since"));
        return Reply.ok(json);
    }

    private Reply history(Call call) throws RequestException {
        Answer<List<DelegationChange>> answer = office.history(call.author(), call.address(PERSON));
        if (!(answer instanceof Answer.Done<List<DelegationChange>> done)) {
            return Reply.refused((Answer.Refused<?>) answer);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode changes = json.putArray("changes");
        for (DelegationChange change : done.value()) {
            ObjectNode one = changes.addObject().put("what", change.given() ? "given" : "taken");
            write(one, change.delegation(), "time");
        }
        return Reply.ok(json);
    }

    private Reply give(Call call) throws RequestException {
        DelegationOffice.Charge charge = charge(call);
        String reason = call.body().text(REASON);
        call.body().end();
        return reply(office.give(call.author(), charge, reason));
    }

    private Reply take(Call call) throws RequestException {
        return reply(office.take(call.author(), charge(call), call.reasonInQuery()));
    }

    private static Reply reply(Answer<DelegationOffice.Charge> answer) {
        if (!(answer instanceof Answer.Done<DelegationOffice.Charge> done)) {
            return Reply.refused((Answer.Refused<?>) answer);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(PERSON, done.value().person().toString());
        done.value().structure().ifPresent(structure -> json.put(STRUCTURE, structure.nationalId()));
        return Reply.ok(json);
    }

    private static DelegationOffice.Charge charge(Call call) throws RequestException {
        return new DelegationOffice.Charge(call.address(PERSON), Optional.of(call.structure(STRUCTURE)));
    }

    /** No structure: an operator, of all mailboxes. */
    private static void write(ObjectNode json, Delegation delegation, String time) {
        json.put(PERSON, delegation.person().toString());
        delegation.structure().ifPresent(structure -> json.put(STRUCTURE, structure.nationalId()));
        json.put(time, delegation.since().toString());
        json.put("author", delegation.note().author());
        json.put(REASON, delegation.note().reason());
    }
}
