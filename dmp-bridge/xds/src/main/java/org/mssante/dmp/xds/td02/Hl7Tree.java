package org.mssante.dmp.xds.td02;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.transform.dom.DOMSource;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.mssante.dmp.xds.soap.XdsNamespace;
import org.mssante.dmp.xds.xml.EmptyDocument;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** An HL7 v3 message as a tree: elements of one name space, values in attributes. */
final class Hl7Tree {
    private final Element element;

    private Hl7Tree(Element element) {
        this.element = element;
    }

    /** A new message with this root element. */
    static Hl7Tree message(String root) {
        Document document = EmptyDocument.create();
        Element element = document.createElementNS(XdsNamespace.HL7_V3, root);
        document.appendChild(element);
        element.setAttribute("ITSVersion", "XML_1.0");
        return new Hl7Tree(element);
    }

    /**
     * The root of a message that was received.
     *
     * @throws InvalidMetadataException where it is another message
     */
    static Hl7Tree of(DOMSource source, String root) {
        Node node = source.getNode();
        Element element = node instanceof Document document ? document.getDocumentElement() : (Element) node;
        if (!root.equals(element.getLocalName()) || !XdsNamespace.HL7_V3.equals(element.getNamespaceURI())) {
            throw new InvalidMetadataException("the message is a " + root);
        }
        return new Hl7Tree(element);
    }

    DOMSource source() {
        return new DOMSource(element.getOwnerDocument());
    }

    /** Adds a child and gives it. */
    Hl7Tree add(String name) {
        Element child = element.getOwnerDocument().createElementNS(XdsNamespace.HL7_V3, name);
        element.appendChild(child);
        return new Hl7Tree(child);
    }

    Hl7Tree attribute(String name, String value) {
        element.setAttribute(name, value);
        return this;
    }

    Hl7Tree text(String text) {
        element.setTextContent(text);
        return this;
    }

    Hl7Tree code(String code, String codeSystem) {
        return attribute("code", code).attribute("codeSystem", codeSystem);
    }

    /** The elements of that name anywhere below, in document order. */
    Stream<Hl7Tree> all(String name) {
        var nodes = element.getElementsByTagNameNS(XdsNamespace.HL7_V3, name);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> new Hl7Tree((Element) nodes.item(i)));
    }

    /** The elements of that name directly below, in document order. */
    Stream<Hl7Tree> children(String name) {
        return all(name).filter(found -> found.element.getParentNode() == element);
    }

    Optional<Hl7Tree> first(String name) {
        return all(name).findFirst();
    }

    /** An attribute; empty where it is absent. */
    String get(String attribute) {
        return element.getAttribute(attribute).strip();
    }
}
