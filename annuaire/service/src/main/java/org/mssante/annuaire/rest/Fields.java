package org.mssante.annuaire.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/** The fields of a JSON object. Each is taken by its name and its form; what is left over in the end is refused. */
final class Fields {
    private final ObjectNode object;
    private final Set<String> left = new HashSet<>();

    Fields(ObjectNode object) {
        this.object = object;
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            left.add(names.next());
        }
    }

    /** Empty where it is missing. */
    Optional<JsonNode> take(String name) {
        left.remove(name);
        return Optional.ofNullable(object.get(name));
    }

    String text(String name) throws RequestException {
        JsonNode value = take(name).orElseThrow(() -> RequestException.wrong("The field " + name + " is missing."));
        return text(name, value);
    }

    static String text(String name, JsonNode value) throws RequestException {
        if (!value.isTextual()) {
            throw RequestException.wrong("The field " + name + " must be a text.");
        }
        return value.textValue();
    }

    /** @throws RequestException where there is a field that nobody has taken */
    void end() throws RequestException {
        if (!left.isEmpty()) {
            throw RequestException.wrong("There is no field " + left.iterator().next() + " here.");
        }
    }
}
