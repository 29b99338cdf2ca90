package org.mssante.annuaire.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.office.Answer;
import org.mssante.annuaire.office.Author;
import org.mssante.annuaire.office.Deed;
import org.mssante.annuaire.office.MailboxOffice;
import org.mssante.annuaire.office.MailboxView;
import org.mssante.annuaire.office.Order;
import org.mssante.annuaire.registry.Admission;
import org.mssante.annuaire.registry.Change;
import org.mssante.annuaire.registry.InvalidRegistrationException;
import org.mssante.annuaire.registry.MailboxProperties;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;

/**
 * Administers our own mailboxes for the operator at his machine, who is the author of every change in the history and the trace:
 * {@code GET /mailboxes?type=&state=}, {@code GET /mailboxes/ADDRESS}, {@code GET /mailboxes/ADDRESS/history}, and with a
 * {@code reason} {@code POST /mailboxes/ADDRESS/create} and {@code /change} (properties by their names, see
 * {@link MailboxProperties}), {@code /suspend}, {@code /close}, {@code /reopen}, {@code /purge}, {@code /member?person=&rights=}
 * (none to take somebody off), {@code /password}. A change shows in the directory when it is answered.
 */
public final class MailboxDesk {
    private static final String REASON = "reason";
    private static final String ADDRESS = "address";
    private static final String MAILBOX = "/mailboxes/{address}";
    private static final int PAGE = 500;

    private final MailboxOffice office;

    public MailboxDesk(MailboxOffice office) {
        this.office = office;
    }

    public ControlRoutes routes() {
        return ControlRoutes.none()
                .get("/mailboxes", this::list)
                .get(MAILBOX, request -> about(request, this::show))
                .get(MAILBOX + "/history", request -> about(request, this::history))
                .post(MAILBOX + "/create", this::create)
                .post(MAILBOX + "/change", request -> about(request, this::change))
                .post(MAILBOX + "/suspend", request -> about(request, step(Deed.SUSPEND)))
                .post(MAILBOX + "/close", request -> about(request, step(Deed.CLOSE)))
                .post(MAILBOX + "/reopen", request -> about(request, step(Deed.REOPEN)))
                .post(MAILBOX + "/purge", request -> about(request, step(Deed.PURGE)))
                .post(MAILBOX + "/member", request -> about(request, this::member))
                .post(MAILBOX + "/password", request -> about(request, this::password));
    }

    /** What is done about one mailbox. */
    @FunctionalInterface
    private interface Matter {
        ControlAnswer of(ControlRequest request, MailAddress address);
    }

    private static ControlAnswer about(ControlRequest request, Matter matter) {
        return OfficeWords.said(() -> matter.of(request, MailAddress.parse(request.place(ADDRESS))));
    }

    private ControlAnswer list(ControlRequest request) {
        return OfficeWords.said(() -> {
            Optional<MailboxType> type = constant(MailboxType.class, request, MailboxProperties.TYPE);
            Optional<MailboxState> state = constant(MailboxState.class, request, MailboxProperties.STATE);
            Author author = OfficeWords.author(request);
            return ControlAnswer.json(json -> {
                json.writeStartArray();
                Optional<MailAddress> after = Optional.empty();
                do {
                    MailboxOffice.Page page =
                            page(author, new MailboxOffice.Wanted(type, state, Optional.empty(), after, PAGE));
                    for (MailboxView view : page.mailboxes()) {
                        write(json, view);
                    }
                    after = page.next();
                } while (after.isPresent());
                json.writeEndArray();
            });
        });
    }

    private MailboxOffice.Page page(Author author, MailboxOffice.Wanted wanted) {
        if (office.list(author, wanted) instanceof Answer.Done<MailboxOffice.Page> done) {
            return done.value();
        }
        throw new IllegalStateException("the operator at his machine sees all mailboxes");
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, ControlRequest request, String name) {
        return request.value(name).map(text -> MailboxProperties.constant(type, name, text));
    }

    private ControlAnswer show(ControlRequest request, MailAddress address) {
        return OfficeWords.answer(office.look(OfficeWords.author(request), address), MailboxDesk::write);
    }

    private ControlAnswer history(ControlRequest request, MailAddress address) {
        return OfficeWords.answer(
                office.history(OfficeWords.author(request), address, 0, Integer.MAX_VALUE), MailboxDesk::write);
    }

    private ControlAnswer create(ControlRequest request) {
        return OfficeWords.said(() -> {
            MailAddress address = Admission.address(request.place(ADDRESS));
            return changed(office.create(order(request, address), properties(request)));
        });
    }

    private ControlAnswer change(ControlRequest request, MailAddress address) {
        return changed(office.change(order(request, address), properties(request)));
    }

    private Matter step(Deed step) {
        return (request, address) -> changed(office.take(order(request, address), step));
    }

    private ControlAnswer member(ControlRequest request, MailAddress address) {
        MailAddress person = MailAddress.parse(request.value("person")
                .orElseThrow(() -> new InvalidRegistrationException("person is missing: whose rights are they?")));
        Order order = order(request, address);
        return changed(
                request.value("rights").isPresent()
                        ? office.giveRights(
                                order,
                                person,
                                MailboxProperties.rights(request.value("rights").get()))
                        : office.takeRights(order, person));
    }

    private ControlAnswer password(ControlRequest request, MailAddress address) {
        return OfficeWords.answer(office.setPassword(order(request, address)), (json, password) -> {
            json.writeStartObject();
            json.writeStringField(ADDRESS, address.toString());
            json.writeStringField("password", password);
            json.writeEndObject();
        });
    }

    private static ControlAnswer changed(Answer<MailboxOffice.Changed> answer) {
        if (answer instanceof Answer.Done<MailboxOffice.Changed> done
                && !done.value().shown()) {
            return ControlAnswer.refused(
                    ControlAnswer.FAILED,
                    "The change stands in the registry, and the directory does not show it yet (the log says why): it "
                            + "will at its next change or start.");
        }
        return OfficeWords.answer(answer, (json, changed) -> {
            json.writeStartObject();
            writeProperties(json, changed.mailbox());
            if (changed.warning().isPresent()) {
                Outcome warning = changed.warning().get();
                json.writeStringField("warning", warning.english() + " (" + warning.code() + ")");
            }
            json.writeEndObject();
        });
    }

    private static Order order(ControlRequest request, MailAddress address) {
        return new Order(
                OfficeWords.author(request), address, request.value(REASON).orElse(""), Optional.empty());
    }

    /** A property that is given empty is taken away. */
    private static Map<String, String> properties(ControlRequest request) {
        Map<String, String> properties = new HashMap<>(request.values());
        properties.remove(REASON);
        properties.remove(ADDRESS);
        return properties;
    }

    private static void write(JsonGenerator json, List<Change> changes) throws IOException {
        json.writeStartArray();
        for (Change change : changes) {
            json.writeStartObject();
            json.writeStringField("time", change.time().toString());
            json.writeStringField("author", change.note().author());
            json.writeStringField(REASON, change.note().reason());
            json.writeStringField("what", change.what());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, MailboxView view) throws IOException {
        json.writeStartObject();
        writeProperties(json, view);
        json.writeEndObject();
    }

    private static void writeProperties(JsonGenerator json, MailboxView view) throws IOException {
        json.writeStringField(ADDRESS, view.registration().address().toString());
        for (Map.Entry<String, String> property :
                MailboxProperties.shown(view.registration()).entrySet()) {
            json.writeStringField(property.getKey(), property.getValue());
        }
        if (view.flag().isPresent()) {
            json.writeStringField("flag", view.flag().get().motive().name());
            json.writeStringField("flaggedSince", view.flag().get().since().toString());
        }
    }
}
