package org.mssante.annuaire.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.office.Answer;
import org.mssante.annuaire.office.Deed;
import org.mssante.annuaire.office.MailboxOffice;
import org.mssante.annuaire.office.MailboxView;
import org.mssante.annuaire.office.Order;
import org.mssante.annuaire.registry.Admission;
import org.mssante.annuaire.registry.Change;
import org.mssante.annuaire.registry.InvalidRegistrationException;
import org.mssante.annuaire.registry.MailboxProperties;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;

/** Mailboxes, their members, their life and their history. */
final class MailboxRoutes {
    private static final String MAILBOXES = "/mailboxes";
    private static final String MAILBOX = MAILBOXES + "/{address}";
    private static final String MEMBERS = MAILBOX + "/members";
    private static final String MEMBER = MEMBERS + "/{person}";
    /** The place of a mailbox in a path. */
    static final String ADDRESS = "address";

    private static final String PERSON = "person";
    private static final String REASON = "reason";
    private static final String TYPE = "type";
    private static final String STATE = "state";
    private static final String STRUCTURE = "structure";
    private static final String AFTER = "after";
    private static final String COUNT = "count";
    private static final Set<String> PAGING = Set.of(AFTER, COUNT);

    private final MailboxOffice office;
    private final ApiLimits limits;

    MailboxRoutes(MailboxOffice office, ApiLimits limits) {
        this.office = office;
        this.limits = limits;
    }

    /** Whether somebody who asks there is shown something of mailboxes: the list, or one of them, or what belongs to it. */
    static boolean reads(Routes.Route route) {
        return route.method().equals("GET") && route.path().text().startsWith(MAILBOXES);
    }

    Routes routes() {
        return Routes.none()
                .and("GET", MAILBOXES, Set.of(TYPE, STATE, STRUCTURE, AFTER, COUNT), this::list)
                .and("POST", MAILBOXES, Set.of(), this::create)
                .and("GET", MAILBOX, Set.of(), this::show)
                .and("PATCH", MAILBOX, Set.of(), this::change)
                .and("POST", MAILBOX + "/suspend", Set.of(), call -> step(call, Deed.SUSPEND))
                .and("POST", MAILBOX + "/close", Set.of(), call -> step(call, Deed.CLOSE))
                .and("POST", MAILBOX + "/reopen", Set.of(), call -> step(call, Deed.REOPEN))
                .and("POST", MAILBOX + "/purge", Set.of(), call -> step(call, Deed.PURGE))
                .and("GET", MAILBOX + "/history", PAGING, this::history)
                .and("GET", MEMBERS, Set.of(), this::members)
                .and("PUT", MEMBER, Set.of(), this::giveRights)
                .and("DELETE", MEMBER, Set.of(REASON), this::takeRights);
    }

    private Reply list(Call call) throws RequestException {
        int count = call.number(COUNT, limits.page(), 1, limits.largestPage());
        Answer<MailboxOffice.Page> answer = office.list(
                call.author(),
                new MailboxOffice.Wanted(
                        call.constant(MailboxType.class, TYPE),
                        call.constant(MailboxState.class, STATE),
                        structure(call),
                        after(call),
                        count));
        if (!(answer instanceof Answer.Done<MailboxOffice.Page> done)) {
            return Reply.refused((Answer.Refused<?>) answer);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode mailboxes = json.putArray("mailboxes");
        done.value().mailboxes().forEach(view -> mailboxes.add(MailboxJson.write(view)));
        done.value().next().ifPresent(last -> json.put("next", next(MAILBOXES, call, last.toString())));
        return Reply.ok(json);
    }

    private static Optional<StructureId> structure(Call call) throws RequestException {
        try {
            return Optional.ofNullable(call.query().get(STRUCTURE)).map(StructureId::ofNationalId);
        } catch (InvalidIdentifierException e) {
            throw RequestException.wrong("structure is none: " + e.getMessage() + ".");
        }
    }

    private static Optional<MailAddress> after(Call call) throws RequestException {
        try {
            return Optional.ofNullable(call.query().get(AFTER)).map(MailAddress::parse);
        } catch (InvalidIdentifierException e) {
            throw RequestException.wrong("after is no address: " + e.getMessage() + ".");
        }
    }

    /** The same question for what comes behind. */
    private static String next(String path, Call call, String after) {
        Map<String, String> query = new TreeMap<>(call.query());
        query.put(AFTER, after);
        return AdministrationSite.PATH
                + path
                + query.entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private Reply show(Call call) throws RequestException {
        return reply(office.look(call.author(), call.address(ADDRESS)));
    }

    private Reply members(Call call) throws RequestException {
        Answer<MailboxView> answer = office.look(call.author(), call.address(ADDRESS));
        if (answer instanceof Answer.Done<MailboxView> done) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.set(
                    "members",
                    MailboxJson.members(done.value().registration().mailbox().members()));
            return tagged(Reply.ok(json), done.value());
        }
        return Reply.refused((Answer.Refused<?>) answer);
    }

    private Reply history(Call call) throws RequestException {
        int skipped = call.number(AFTER, 0, 0, Integer.MAX_VALUE);
        int count = call.number(COUNT, limits.page(), 1, limits.largestPage());
        MailAddress address = call.address(ADDRESS);
        Answer<List<Change>> answer = office.history(call.author(), address, skipped, count);
        if (!(answer instanceof Answer.Done<List<Change>> done)) {
            return Reply.refused((Answer.Refused<?>) answer);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode changes = json.putArray("changes");
        for (Change change : done.value()) {
            changes.addObject()
                    .put("time", change.time().toString())
                    .put("author", change.note().author())
                    .put(REASON, change.note().reason())
                    .put("what", change.what());
        }
        if (done.value().size() == count) {
            String path = MAILBOXES + "/" + URLEncoder.encode(address.toString(), StandardCharsets.UTF_8) + "/history";
            json.put("next", next(path, call, Integer.toString(skipped + count)));
        }
        return Reply.ok(json);
    }

    private Reply create(Call call) throws RequestException {
        Fields body = call.body();
        MailAddress address = address(body.text(ADDRESS));
        String type = body.text(TYPE);
        Map<String, String> properties = MailboxJson.properties(body);
        properties.put(MailboxProperties.TYPE, type);
        Reply reply = changed(office.create(order(call, address), properties));
        return reply.status() == HttpServletResponse.SC_OK
                ? reply.with(HttpServletResponse.SC_CREATED)
                        .with(
                                "Location",
                                AdministrationSite.PATH
                                        + MAILBOXES
                                        + "/"
                                        + URLEncoder.encode(address.toString(), StandardCharsets.UTF_8))
                : reply;
    }

    private static MailAddress address(String text) throws RequestException {
        try {
            return Admission.address(text);
        } catch (InvalidRegistrationException e) {
            throw new RequestException(
                    Reply.status(e.outcome()),
                    e.outcome(),
                    "The field address is no address of a mailbox: " + e.getMessage() + ".");
        }
    }

    private Reply change(Call call) throws RequestException {
        Map<String, String> properties = MailboxJson.properties(call.body());
        return changed(office.change(order(call, call.address(ADDRESS)), properties));
    }

    private Reply step(Call call, Deed step) throws RequestException {
        return changed(office.take(order(call, call.address(ADDRESS)), step));
    }

    private Reply giveRights(Call call) throws RequestException {
        Set<MemberRight> rights = MailboxJson.rights(call.body());
        return changed(office.giveRights(order(call, call.address(ADDRESS)), call.address(PERSON), rights));
    }

    private Reply takeRights(Call call) throws RequestException {
        Order order = new Order(call.author(), call.address(ADDRESS), call.reasonInQuery(), call.version());
        return changed(office.takeRights(order, call.address(PERSON)));
    }

    /** Takes the reason, the last field of every body. */
    private static Order order(Call call, MailAddress address) throws RequestException {
        String reason = call.body().text(REASON);
        call.body().end();
        return new Order(call.author(), address, reason, call.version());
    }

    private static Reply reply(Answer<MailboxView> answer) {
        if (answer instanceof Answer.Done<MailboxView> done) {
            return tagged(Reply.ok(MailboxJson.write(done.value())), done.value());
        }
        return Reply.refused((Answer.Refused<?>) answer);
    }

    /** 202 where the directory does not show it yet. */
    private static Reply changed(Answer<MailboxOffice.Changed> answer) {
        if (!(answer instanceof Answer.Done<MailboxOffice.Changed> done)) {
            return Reply.refused((Answer.Refused<?>) answer);
        }
        MailboxOffice.Changed changed = done.value();
        Reply reply = tagged(Reply.ok(MailboxJson.write(changed)), changed.mailbox());
        return changed.shown() ? reply : reply.with(HttpServletResponse.SC_ACCEPTED);
    }

    private static Reply tagged(Reply reply, MailboxView view) {
        return reply.with("ETag", '"' + view.version() + '"');
    }
}
