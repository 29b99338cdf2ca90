package org.mssante.annuaire.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.registry.Change;
import org.mssante.annuaire.registry.ChangeNote;
import org.mssante.annuaire.registry.InvalidRegistrationException;
import org.mssante.annuaire.registry.MailboxProperties;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.Passwords;
import org.mssante.annuaire.registry.RegisterFlag;
import org.mssante.annuaire.registry.RegisterFlags;
import org.mssante.annuaire.registry.Registration;
import org.mssante.annuaire.registry.Secrets;
import org.mssante.annuaire.sync.DirectoryView;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;

/**
 * Administers our own mailboxes for an operator, who is the author of every change in the history and the trace:
 * {@code GET /mailboxes?type=&state=}, {@code GET /mailboxes/ADDRESS}, {@code GET /mailboxes/ADDRESS/history}, and with a
 * {@code reason} {@code POST /mailboxes/ADDRESS/create} and {@code /change} (properties by their names, see
 * {@link MailboxProperties}), {@code /member?person=&rights=} (none to take somebody off), {@code /password}. A change
 * shows in the directory when it is answered.
 */
public final class MailboxDesk {
    private static final String REASON = "reason";
    private static final String ADDRESS = "address";

    private final MailboxRegistry registry;
    private final RegisterFlags flags;
    private final Passwords passwords;
    private final Secrets secrets;
    private final DirectoryView view;

    public MailboxDesk(
            MailboxRegistry registry, RegisterFlags flags, Passwords passwords, Secrets secrets, DirectoryView view) {
        this.registry = registry;
        this.flags = flags;
        this.passwords = passwords;
        this.secrets = secrets;
        this.view = view;
    }

    public ControlRoutes routes() {
        return ControlRoutes.none()
                .get("/mailboxes", this::list)
                .get("/mailboxes/{address}", request -> about(request, this::show))
                .get("/mailboxes/{address}/history", request -> about(request, this::history))
                .post("/mailboxes/{address}/create", request -> about(request, address -> create(request, address)))
                .post("/mailboxes/{address}/change", request -> about(request, address -> change(request, address)))
                .post("/mailboxes/{address}/member", request -> about(request, address -> member(request, address)))
                .post(
                        "/mailboxes/{address}/password",
                        request -> about(request, address -> password(request, address)));
    }

    private ControlAnswer list(ControlRequest request) {
        Predicate<Registration> wanted =
                having(request, MailboxProperties.TYPE).and(having(request, MailboxProperties.STATE));
        Map<MailAddress, RegisterFlag> flagged = flags.all();
        return ControlAnswer.json(json -> {
            json.writeStartArray();
            try {
                registry.forEach(registration -> {
                    if (wanted.test(registration)) {
                        write(json, registration, Optional.ofNullable(flagged.get(registration.address())));
                    }
                });
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            json.writeEndArray();
        });
    }

    private static Predicate<Registration> having(ControlRequest request, String property) {
        Optional<String> value = request.value(property);
        return registration -> value.isEmpty()
                || MailboxProperties.of(registration).get(property).equals(value.get());
    }

    private ControlAnswer show(MailAddress address) {
        return registry.find(address)
                .map(registration -> ControlAnswer.json(json -> write(json, registration, flags.find(address))))
                .orElseGet(() -> unknown(address));
    }

    private ControlAnswer history(MailAddress address) {
        if (registry.find(address).isEmpty()) {
            return unknown(address);
        }
        return ControlAnswer.json(json -> {
            json.writeStartArray();
            for (Change change : registry.history(address)) {
                json.writeStartObject();
                json.writeStringField("time", change.time().toString());
                json.writeStringField("author", change.note().author());
                json.writeStringField(REASON, change.note().reason());
                json.writeStringField("what", change.what());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private ControlAnswer create(ControlRequest request, MailAddress address) throws IOException {
        Registration registration = MailboxProperties.create(address, properties(request));
        registry.create(registration, note(request));
        view.takeOverMailboxes();
        return ControlAnswer.json(json -> write(json, registration, flags.find(address)));
    }

    private ControlAnswer change(ControlRequest request, MailAddress address) throws IOException {
        Map<String, String> properties = properties(request);
        return changed(request, address, present -> MailboxProperties.change(present, properties));
    }

    private ControlAnswer member(ControlRequest request, MailAddress address) throws IOException {
        MailAddress person = MailAddress.parse(request.value("person")
                .orElseThrow(() -> new InvalidRegistrationException("person is missing: whose rights are they?")));
        Optional<String> rights = request.value("rights");
        return changed(request, address, present -> {
            List<Member> others = present.mailbox().members().stream()
                    .filter(member -> !member.person().equals(person))
                    .toList();
            if (rights.isEmpty() && others.size() == present.mailbox().members().size()) {
                throw new InvalidRegistrationException(person + " is no member of it");
            }
            Stream<String> members = Stream.concat(
                    others.stream().map(MailboxProperties::text),
                    rights.stream().map(given -> person + ":" + given));
            return MailboxProperties.change(
                    present, Map.of(MailboxProperties.MEMBERS, members.collect(Collectors.joining(" "))));
        });
    }

    private ControlAnswer changed(ControlRequest request, MailAddress address, MailboxRegistry.Revision revision)
            throws IOException {
        Registration changed = registry.change(address, revision, note(request));
        view.takeOverMailboxes();
        return ControlAnswer.json(json -> write(json, changed, flags.find(address)));
    }

    /** A new password, told this once; the registry keeps its hash alone. */
    private ControlAnswer password(ControlRequest request, MailAddress address) {
        Optional<Registration> present = registry.find(address);
        if (present.isEmpty()) {
            return unknown(address);
        }
        if (present.get().mailbox().type() != MailboxType.PER) {
            return ControlAnswer.refused(
                    ControlAnswer.IMPOSSIBLE,
                    "Only a mailbox of type PER has a password: members of others use their own, software its "
                            + "certificate.");
        }
        String password = secrets.random();
        passwords.set(address, password, note(request));
        return ControlAnswer.json(json -> {
            json.writeStartObject();
            json.writeStringField(ADDRESS, address.toString());
            json.writeStringField("password", password);
            json.writeEndObject();
        });
    }

    /** What is done about one mailbox. */
    @FunctionalInterface
    private interface Deed {
        ControlAnswer of(MailAddress address) throws IOException;
    }

    private static ControlAnswer about(ControlRequest request, Deed deed) {
        try {
            return deed.of(MailAddress.parse(request.place(ADDRESS)));
        } catch (InvalidRegistrationException | InvalidIdentifierException e) {
            return ControlAnswer.refused(ControlAnswer.IMPOSSIBLE, "That cannot be done: " + e.getMessage() + ".");
        } catch (IOException e) {
            return ControlAnswer.refused(
                    ControlAnswer.FAILED,
                    "The change stands in the registry, and the directory does not show it yet (" + e.getMessage()
                            + "): it will at its next change or start.");
        }
    }

    private static ControlAnswer unknown(MailAddress address) {
        return ControlAnswer.refused(
                ControlAnswer.UNKNOWN, "There is no mailbox " + address + ": ./mssante mailbox list shows all.");
    }

    private static ChangeNote note(ControlRequest request) {
        return new ChangeNote(
                "operator " + request.caller(), request.value(REASON).orElse(""));
    }

    /** A property that is given empty is taken away. */
    private static Map<String, String> properties(ControlRequest request) {
        Map<String, String> properties = new HashMap<>(request.values());
        properties.remove(REASON);
        properties.remove(ADDRESS);
        return properties;
    }

    private static void write(JsonGenerator json, Registration registration, Optional<RegisterFlag> flag) {
        try {
            json.writeStartObject();
            json.writeStringField(ADDRESS, registration.address().toString());
            for (Map.Entry<String, String> property :
                    MailboxProperties.of(registration).entrySet()) {
                json.writeStringField(property.getKey(), property.getValue());
            }
            if (flag.isPresent()) {
                json.writeStringField("flag", flag.get().motive().name());
                json.writeStringField("flaggedSince", flag.get().since().toString());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
