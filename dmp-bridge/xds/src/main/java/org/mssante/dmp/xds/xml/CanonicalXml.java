package org.mssante.dmp.xds.xml;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A document in its canonical form (Canonical XML 1.0 with comments), written while it is read: no tree of it is kept. A
 * document with a document type declaration, of XML 1.1, with relative names of name spaces or nested too deep has none here.
 */
public final class CanonicalXml {
    private static final int MAX_DEPTH = 10_000;
    private static final String XML = "xml";

    private final XMLStreamReader in;
    private final Writer out;
    /** The prefixes each open element declares anew. */
    private final Deque<Set<String>> open = new ArrayDeque<>();
    /** The name space each prefix stands for, the innermost first. */
    private final Map<String, Deque<String>> inForce = new HashMap<>();

    private boolean rootClosed;

    private CanonicalXml(XMLStreamReader in, Writer out) {
        this.in = in;
        this.out = out;
    }

    /**
     * @throws XMLStreamException where the document is malformed or has no canonical form; what was written until then stays
     * @throws IOException where the document cannot be read, or the form not written
     */
    public static void write(InputStream document, OutputStream out) throws XMLStreamException, IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        FaithfulInput input = new FaithfulInput(document);
        try {
            new CanonicalXml(new CheckedXml(CheckedXml.parserFactory().createXMLStreamReader(input)), writer).run();
        } catch (XMLStreamException e) {
            input.failure();
            throw e;
        }
        writer.flush();
    }

    private void run() throws XMLStreamException, IOException {
        require(in.getVersion() == null || in.getVersion().equals("1.0"), "it is not of XML 1.0");
        inForce.put("", new ArrayDeque<>(List.of("")));
        inForce.put(XML, new ArrayDeque<>(List.of(XMLConstants.XML_NS_URI)));
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> start();
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text();
                case XMLStreamConstants.COMMENT -> outsideOnItsLine("<!--" + in.getText() + "-->");
                case XMLStreamConstants.PROCESSING_INSTRUCTION -> outsideOnItsLine(instruction());
                case XMLStreamConstants.END_DOCUMENT -> {}
                default -> throw new XMLStreamException("it declares or uses what only a DTD defines");
            }
        }
    }

    private boolean isOutside() {
        return open.isEmpty();
    }

    private void start() throws XMLStreamException, IOException {
        require(open.size() < MAX_DEPTH, "it is nested too deep");
        SortedMap<String, String> declared = declared();
        declared.forEach((prefix, uri) ->
                inForce.computeIfAbsent(prefix, unknown -> new ArrayDeque<>(2)).push(uri));
        open.push(declared.keySet());
        out.append('<').append(name(in.getPrefix(), in.getLocalName()));
        for (Map.Entry<String, String> name : declared.entrySet()) {
            attribute(name.getKey().isEmpty() ? "xmlns" : "xmlns:" + name.getKey(), name.getValue());
        }
        int[] order = IntStream.range(0, in.getAttributeCount())
                .boxed()
                .sorted(Comparator.<Integer, String>comparing(this::attributeNamespace)
                        .thenComparing(in::getAttributeLocalName))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i : order) {
            attribute(name(in.getAttributePrefix(i), in.getAttributeLocalName(i)), in.getAttributeValue(i));
        }
        out.append('>');
    }

    /** The declarations of this element that change something, by prefix. */
    private SortedMap<String, String> declared() throws XMLStreamException {
        SortedMap<String, String> declared = new TreeMap<>();
        for (int i = 0; i < in.getNamespaceCount(); i++) {
            String prefix = in.getNamespacePrefix(i) == null ? "" : in.getNamespacePrefix(i);
            String uri = in.getNamespaceURI(i) == null ? "" : in.getNamespaceURI(i);
            require(uri.isEmpty() || uri.indexOf(':') > 0, "the name of a name space is relative");
            Deque<String> outer = inForce.get(prefix);
            if (outer == null || !uri.equals(outer.peek())) {
                declared.put(prefix, uri);
            }
        }
        return declared;
    }

    private String attributeNamespace(int index) {
        String uri = in.getAttributeNamespace(index);
        return uri == null ? "" : uri;
    }

    private void attribute(String name, String value) throws IOException {
        out.append(' ').append(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> out.write("&amp;");
                case '<' -> out.write("&lt;");
                case '"' -> out.write("&quot;");
                case '\t' -> out.write("&#x9;");
                case '\n' -> out.write("&#xA;");
                case '\r' -> out.write("&#xD;");
                default -> out.write(c);
            }
        }
        out.write('"');
    }

    private void end() throws IOException {
        out.append("</").append(name(in.getPrefix(), in.getLocalName())).append('>');
        for (String prefix : open.pop()) {
            Deque<String> names = inForce.get(prefix);
            names.pop();
            if (names.isEmpty()) {
                inForce.remove(prefix);
            }
        }
        rootClosed = isOutside();
    }

    private void text() throws IOException {
        if (isOutside()) {
            return;
        }
        char[] text = in.getTextCharacters();
        int from = in.getTextStart();
        int until = from + in.getTextLength();
        for (int i = from; i < until; i++) {
            String reference = switch (text[i]) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '\r' -> "&#xD;";
                default -> "";
            };
            if (!reference.isEmpty()) {
                out.write(text, from, i - from);
                out.write(reference);
                from = i + 1;
            }
        }
        out.write(text, from, until - from);
    }

    private String instruction() {
        String data = in.getPIData();
        return "<?" + in.getPITarget() + (data == null || data.isEmpty() ? "" : " " + data) + "?>";
    }

    /** Outside the root, a comment or an instruction stands on a line of its own. */
    private void outsideOnItsLine(String markup) throws IOException {
        String written = markup.replace("\r", "&#xD;");
        if (!isOutside()) {
            out.write(written);
        } else if (rootClosed) {
            out.append('\n').append(written);
        } else {
            out.append(written).append('\n');
        }
    }

    private static String name(String prefix, String localName) {
        return prefix == null || prefix.isEmpty() ? localName : prefix + ":" + localName;
    }

    private static void require(boolean holds, String otherwise) throws XMLStreamException {
        if (!holds) {
            throw new XMLStreamException(otherwise);
        }
    }
}
