package org.mssante.dmp.store.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mssante.dmp.store.registry.Refusal;
import org.mssante.dmp.store.registry.XdsError;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.AdhocQueryType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.SlotType1;

/**
 * The parameters of a stored query (ITI TF-2 §3.18.4.1.2.3): values in one slot are alternatives, slots of the same
 * name are all required.
 */
final class QueryParameters {
    /** One value of a list: a string in single quotes, a quote inside doubled, or a number. */
    private static final Pattern VALUE = Pattern.compile("\\s*(?:'((?:[^']|'')*+)'|([0-9]++))\\s*");

    private final Map<String, List<List<String>>> slots;

    private QueryParameters(Map<String, List<List<String>>> slots) {
        this.slots = slots;
    }

    /** A text that is not a parameter's value. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String slot) {
            super(slot);
        }

        Refusal refusal() {
            return new Refusal(
                    XdsError.QUERY_PARAMETER_WRONG,
                    "The parameter " + getMessage() + " is not written as ITI-18 says.");
        }
    }

    static QueryParameters of(AdhocQueryType query) throws MalformedException {
        Map<String, List<List<String>>> slots = new LinkedHashMap<>();
        for (SlotType1 slot : query.getSlot()) {
            String name = slot.getName() == null ? "" : slot.getName().strip();
            List<String> values = new ArrayList<>();
            if (slot.getValueList() != null) {
                for (String text : slot.getValueList().getValue()) {
                    parse(name, text.strip(), values);
                }
            }
            slots.computeIfAbsent(name, ignored -> new ArrayList<>()).add(values);
        }
        return new QueryParameters(slots);
    }

    Set<String> names() {
        return slots.keySet();
    }

    /** The alternatives of each slot of that name. */
    List<List<String>> all(String name) {
        return slots.getOrDefault(name, List.of());
    }

    /** The alternatives of the first slot of that name; empty where there is none. */
    List<String> list(String name) {
        return all(name).stream().findFirst().orElse(List.of());
    }

    Optional<String> first(String name) {
        return list(name).stream().findFirst();
    }

    private static void parse(String name, String text, List<String> values) throws MalformedException {
        boolean list = text.startsWith("(") && text.endsWith(")");
        String rest = list ? text.substring(1, text.length() - 1) : text;
        Matcher value = VALUE.matcher(rest);
        int at = 0;
        while (true) {
            value.region(at, rest.length());
            if (!value.lookingAt()) {
                throw new MalformedException(name);
            }
            values.add(value.group(1) == null ? value.group(2) : value.group(1).replace("''", "'"));
            at = value.end();
            if (at == rest.length()) {
                return;
            }
            if (!list || rest.charAt(at) != ',') {
                throw new MalformedException(name);
            }
            at++;
        }
    }
}
