package org.mssante.annuaire.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.office.CredentialOffice;
import org.mssante.annuaire.office.Order;
import org.mssante.annuaire.registry.AppPassword;
import org.mssante.annuaire.registry.Enrolment;
import org.mssante.annuaire.registry.InvalidRegistrationException;
import org.mssante.annuaire.registry.SecondFactor;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.id.MailAddress;

/**
 * What persons log in with, for the operator at his machine: {@code GET /mailboxes/ADDRESS/app-passwords} and {@code /second-factor},
 * and with a {@code reason} {@code POST /mailboxes/ADDRESS/app-passwords/create} and {@code /remove} (with a {@code name}),
 * {@code /second-factor/begin}, {@code /confirm} (with a {@code code}) and {@code /reset}.
 */
public final class CredentialDesk {
    private static final String APP_PASSWORDS = "/mailboxes/{address}/app-passwords";
    private static final String SECOND_FACTOR = "/mailboxes/{address}/second-factor";
    private static final String NAME = "name";

    private final CredentialOffice office;

    public CredentialDesk(CredentialOffice office) {
        this.office = office;
    }

    public ControlRoutes routes() {
        return ControlRoutes.none()
                .get(APP_PASSWORDS, request -> OfficeWords.said(() -> list(request)))
                .post(APP_PASSWORDS + "/create", request -> OfficeWords.said(() -> create(request)))
                .post(APP_PASSWORDS + "/remove", request -> OfficeWords.said(() -> remove(request)))
                .get(SECOND_FACTOR, request -> OfficeWords.said(() -> show(request)))
                .post(SECOND_FACTOR + "/begin", request -> OfficeWords.said(() -> begin(request)))
                .post(SECOND_FACTOR + "/confirm", request -> OfficeWords.said(() -> confirm(request)))
                .post(SECOND_FACTOR + "/reset", request -> OfficeWords.said(() -> reset(request)));
    }

    private ControlAnswer list(ControlRequest request) {
        return OfficeWords.answer(
                office.appPasswords(OfficeWords.author(request), address(request)), CredentialDesk::write);
    }

    private ControlAnswer create(ControlRequest request) {
        String name = name(request);
        return OfficeWords.answer(office.makeAppPassword(order(request), name), (json, password) -> {
            json.writeStartObject();
            json.writeStringField(NAME, name);
            json.writeStringField("password", password);
            json.writeEndObject();
        });
    }

    private ControlAnswer remove(ControlRequest request) {
        return OfficeWords.answer(office.removeAppPassword(order(request), name(request)), CredentialDesk::write);
    }

    private ControlAnswer show(ControlRequest request) {
        return OfficeWords.answer(
                office.secondFactor(OfficeWords.author(request), address(request)), CredentialDesk::write);
    }

    private ControlAnswer begin(ControlRequest request) {
        return OfficeWords.answer(office.beginSecondFactor(order(request)), CredentialDesk::write);
    }

    private ControlAnswer confirm(ControlRequest request) {
        String code = request.value("code").orElse("");
        return OfficeWords.answer(office.confirmSecondFactor(order(request), code), CredentialDesk::write);
    }

    private ControlAnswer reset(ControlRequest request) {
        return OfficeWords.answer(office.takeOffSecondFactor(order(request)), CredentialDesk::write);
    }

    private static MailAddress address(ControlRequest request) {
        return MailAddress.parse(request.place("address"));
    }

    private static Order order(ControlRequest request) {
        return new Order(
                OfficeWords.author(request),
                address(request),
                request.value("reason").orElse(""),
                Optional.empty());
    }

    private static String name(ControlRequest request) {
        return request.value(NAME)
                .orElseThrow(() -> new InvalidRegistrationException("name is missing: which app password is it?"));
    }

    private static void write(JsonGenerator json, List<AppPassword> known) throws IOException {
        json.writeStartArray();
        for (AppPassword one : known) {
            json.writeStartObject();
            json.writeStringField(NAME, one.name());
            json.writeStringField("made", one.made().toString());
            write(json, "usedOn", one.usedOn());
            write(json, "ends", one.ends());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Optional<SecondFactor> factor) throws IOException {
        json.writeStartObject();
        json.writeStringField(
                "secondFactor",
                factor.map(known -> known.isOn() ? "on" : "begun").orElse("off"));
        write(json, "made", factor.map(SecondFactor::made));
        write(json, "confirmed", factor.flatMap(SecondFactor::confirmed));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Enrolment enrolment) throws IOException {
        json.writeStartObject();
        json.writeStringField("secret", enrolment.secret());
        json.writeStringField("uri", enrolment.uri().toString());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String field, Optional<?> value) throws IOException {
        json.writeStringField(field, value.map(Object::toString).orElse(""));
    }
}
