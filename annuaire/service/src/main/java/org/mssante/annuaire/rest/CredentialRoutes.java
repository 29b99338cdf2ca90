package org.mssante.annuaire.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mssante.annuaire.office.Answer;
import org.mssante.annuaire.office.CredentialOffice;
import org.mssante.annuaire.office.Order;
import org.mssante.annuaire.registry.AppPassword;
import org.mssante.annuaire.registry.Enrolment;
import org.mssante.annuaire.registry.SecondFactor;

/** What a person logs in with beside his own password: app passwords, the second factor. */
final class CredentialRoutes {
    private static final String APP_PASSWORDS = "/mailboxes/{address}/app-passwords";
    private static final String SECOND_FACTOR = "/mailboxes/{address}/second-factor";
    private static final String ADDRESS = "address";
    private static final String NAME = "name";
    private static final String REASON = "reason";

    private final CredentialOffice office;

    CredentialRoutes(CredentialOffice office) {
        this.office = office;
    }

    Routes routes() {
        return Routes.none()
                .and("GET", APP_PASSWORDS, Set.of(), this::list)
                .and("POST", APP_PASSWORDS, Set.of(), this::make)
                .and("DELETE", APP_PASSWORDS + "/{name}", Set.of(REASON), this::remove)
                .and("GET", SECOND_FACTOR, Set.of(), this::show)
                .and("POST", SECOND_FACTOR, Set.of(), this::begin)
                .and("POST", SECOND_FACTOR + "/confirm", Set.of(), this::confirm)
                .and("DELETE", SECOND_FACTOR, Set.of(REASON), this::takeOff);
    }

    private Reply list(Call call) throws RequestException {
        return reply(office.appPasswords(call.author(), call.address(ADDRESS)), CredentialRoutes::passwords);
    }

    private Reply make(Call call) throws RequestException {
        String name = call.body().text(NAME);
        Reply reply = reply(
                office.makeAppPassword(order(call), name),
                password -> object().put(NAME, name).put("password", password));
        return reply.problem().isPresent() ? reply : reply.with(HttpServletResponse.SC_CREATED);
    }

    private Reply remove(Call call) throws RequestException {
        return reply(office.removeAppPassword(withdrawal(call), call.places().get(NAME)), CredentialRoutes::passwords);
    }

    private Reply show(Call call) throws RequestException {
        return reply(office.secondFactor(call.author(), call.address(ADDRESS)), CredentialRoutes::factor);
    }

    private Reply begin(Call call) throws RequestException {
        return reply(office.beginSecondFactor(order(call)), CredentialRoutes::enrolment);
    }

    private Reply confirm(Call call) throws RequestException {
        String code = call.body().text("code");
        return reply(office.confirmSecondFactor(order(call), code), CredentialRoutes::factor);
    }

    private Reply takeOff(Call call) throws RequestException {
        return reply(office.takeOffSecondFactor(withdrawal(call)), CredentialRoutes::factor);
    }

    /** Takes the reason, the last field of the body. */
    private static Order order(Call call) throws RequestException {
        String reason = call.body().text(REASON);
        call.body().end();
        return new Order(call.author(), call.address(ADDRESS), reason, Optional.empty());
    }

    private static Order withdrawal(Call call) throws RequestException {
        return new Order(call.author(), call.address(ADDRESS), call.reasonInQuery(), Optional.empty());
    }

    private static <T> Reply reply(Answer<T> answer, Function<T, ObjectNode> form) {
        return answer instanceof Answer.Done<T> done
                ? Reply.ok(form.apply(done.value()))
                : Reply.refused((Answer.Refused<?>) answer);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode passwords(List<AppPassword> known) {
        ObjectNode json = object();
        ArrayNode all = json.putArray("appPasswords");
        for (AppPassword password : known) {
            ObjectNode one = all.addObject()
                    .put(NAME, password.name())
                    .put("made", password.made().toString());
            password.usedOn().ifPresent(day -> one.put("usedOn", day.toString()));
            password.ends().ifPresent(end -> one.put("ends", end.toString()));
        }
        return json;
    }

    private static ObjectNode factor(Optional<SecondFactor> factor) {
        ObjectNode json = object().put("on", factor.filter(SecondFactor::isOn).isPresent());
        factor.ifPresent(known -> json.put("made", known.made().toString()));
        factor.flatMap(SecondFactor::confirmed).ifPresent(time -> json.put("confirmed", time.toString()));
        return json;
    }

    private static ObjectNode enrolment(Enrolment enrolment) {
        return object().put("secret", enrolment.secret())
                .put("uri", enrolment.uri().toString());
    }
}
