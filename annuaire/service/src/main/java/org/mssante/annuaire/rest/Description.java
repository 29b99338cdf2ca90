package org.mssante.annuaire.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** The description of the API (OpenAPI 3.1), {@code openapi.json} beside this class. */
final class Description {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Description() {}

    static Routes routes() {
        return Routes.none().and("GET", "/openapi.json", Set.of(), call -> Reply.ok(read()));
    }

    static JsonNode read() throws IOException {
        try (InputStream in = Description.class.getResourceAsStream("openapi.json")) {
            return JSON.readTree(in);
        }
    }
}
