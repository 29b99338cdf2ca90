package org.mssante.dmp.cda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mssante.dmp.xds.metadata.Blanks;

/** One element of a header while it is read: enough of a tree to walk by local names. */
final class XmlElement {
    private final String name;
    private final Map<String, String> attributes;
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    XmlElement(String name, Map<String, String> attributes) {
        this.name = name;
        this.attributes = Map.copyOf(attributes);
    }

    void add(XmlElement child) {
        children.add(child);
    }

    void append(String characters) {
        text.append(characters);
    }

    /** The attribute without surrounding blanks; empty where it is missing or blank. */
    Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The element's own text, blanks normalised. */
    String text() {
        return Blanks.single(text.toString()).strip();
    }

    /** All elements at this path of local names, in document order. */
    Stream<XmlElement> all(String... path) {
        Stream<XmlElement> level = Stream.of(this);
        for (String step : path) {
            level = level.flatMap(element -> element.children.stream()).filter(child -> child.name.equals(step));
        }
        return level;
    }

    Optional<XmlElement> first(String... path) {
        return all(path).findFirst();
    }

    boolean isNull() {
        return attributes.containsKey("nullFlavor");
    }
}
