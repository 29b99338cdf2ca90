package org.mssante.annuaire.admin;

import java.util.Map;
import org.mssante.annuaire.source.Extract;
import org.mssante.annuaire.source.ExtractSource;
import org.mssante.annuaire.source.ExtractSources;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.control.ControlRoutes;

/** The sources of the register for an operator: {@code GET /register/sources} says how they stand, {@code POST} asks them now. */
public final class SourceDesk {
    private static final String PATH = "/register/sources";

    private final ExtractSources sources;

    public SourceDesk(ExtractSources sources) {
        this.sources = sources;
    }

    public ControlRoutes routes() {
        return ControlRoutes.none().get(PATH, request -> report(Map.of())).post(PATH, this::ask);
    }

    private ControlAnswer ask(ControlRequest request) {
        return sources.all().isEmpty()
                ? ControlAnswer.refused(
                        ControlAnswer.IMPOSSIBLE,
                        "No register.fetch.* names an address: the extracts are those that lie in register.extracts.")
                : report(sources.askAll());
    }

    private ControlAnswer report(Map<Extract, ExtractSource.End> ends) {
        return ControlAnswer.json(json -> {
            json.writeStartArray();
            for (ExtractSource source : sources.all()) {
                ExtractSource.State state = source.state();
                json.writeStartObject();
                json.writeStringField("extract", source.extract().setting());
                json.writeStringField("address", source.address().toString());
                json.writeStringField(
                        "end",
                        ends.containsKey(source.extract())
                                ? ends.get(source.extract()).name()
                                : "");
                json.writeStringField(
                        "edition", state.edition().map(Object::toString).orElse(""));
                json.writeStringField(
                        "asked", state.asked().map(Object::toString).orElse(""));
                json.writeStringField("fault", state.fault().orElse(""));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
