package org.mssante.annuaire.admin;

import java.util.Map;
import org.mssante.annuaire.source.RegisterSource;
import org.mssante.annuaire.source.RegisterSources;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.control.ControlRoutes;

/** The sources of the register for an operator: {@code GET /register/sources} says how they stand, {@code POST} asks them now. */
public final class SourceDesk {
    private static final String PATH = "/register/sources";

    private final RegisterSources sources;

    public SourceDesk(RegisterSources sources) {
        this.sources = sources;
    }

    public ControlRoutes routes() {
        return ControlRoutes.none().get(PATH, request -> report(Map.of())).post(PATH, this::ask);
    }

    private ControlAnswer ask(ControlRequest request) {
        return sources.all().isEmpty()
                ? ControlAnswer.refused(
                        ControlAnswer.IMPOSSIBLE,
                        "Neither register.fetch.* nor register.fhir.url names an address: the extracts are those that lie in "
                                + "register.extracts.")
                : report(sources.askAll());
    }

    private ControlAnswer report(Map<String, RegisterSource.End> ends) {
        return ControlAnswer.json(json -> {
            json.writeStartArray();
            for (RegisterSource source : sources.all()) {
                RegisterSource.State state = source.state();
                json.writeStartObject();
                json.writeStringField("source", source.name());
                json.writeStringField("address", source.address().toString());
                json.writeStringField(
                        "end",
                        ends.containsKey(source.name())
                                ? ends.get(source.name()).name()
                                : "");
                json.writeStringField(
                        "edition", state.edition().map(Object::toString).orElse(""));
                json.writeStringField(
                        "asked", state.asked().map(Object::toString).orElse(""));
                json.writeStringField(
                        "fault", state.fault().map(RegisterSource.Fault::why).orElse(""));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
