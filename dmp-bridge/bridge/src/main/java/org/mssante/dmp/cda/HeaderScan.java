package org.mssante.dmp.cda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.mssante.core.outcome.Outcome;

/** One pass over one file: finds the ClinicalDocument, keeps its header, looks at its body, skips the rest. */
final class HeaderScan {
    private static final String HL7 = "urn:hl7-org:v3";
    private static final String DICOM = "urn:dicom-org:ps3-20";
    private static final String XSL = "http://www.w3.org/1999/XSL/Transform";
    private static final String XMLDSIG = "http://www.w3.org/2000/09/xmldsig#";
    private static final String DOCUMENT = "ClinicalDocument";

    private final CdaLimits limits;
    private final Deque<XmlElement> open = new ArrayDeque<>();
    private Optional<RootForm> form = Optional.empty();
    private Optional<XmlElement> document = Optional.empty();
    private Body body = Body.NONE;
    /** The root element of a file that is none of CDA. */
    private Optional<String> foreign = Optional.empty();

    private boolean closed;
    private int depth;
    private int bodyDepth;
    private int elements;
    private long characters;

    HeaderScan(CdaLimits limits) {
        this.limits = limits;
    }

    /** True once the root element has been seen to be none of a CDA file. */
    boolean isForeign() {
        return foreign.isPresent();
    }

    CdaReading read(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            Optional<CdaReading> end = switch (xml.next()) {
                case XMLStreamConstants.DTD -> Optional.of(forbidden("a document type declaration"));
                case XMLStreamConstants.ENTITY_REFERENCE -> Optional.of(forbidden("an entity"));
                case XMLStreamConstants.START_ELEMENT -> start(xml);
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> characters(xml);
                case XMLStreamConstants.END_ELEMENT -> end();
                default -> Optional.empty();
            };
            if (end.isPresent()) {
                return end.get();
            }
        }
        return result();
    }

    private CdaReading result() {
        if (document.isPresent() && form.isPresent()) {
            return new CdaReading.Cda(new HeaderParts(document.get()).header(form.get(), body));
        }
        return new CdaReading.NotCda(
                foreign.map(name -> "XML with the root element " + name)
                        .orElseGet(() -> form.filter(root -> root == RootForm.STYLESHEET)
                                .map(root -> "an XSL style sheet without a CDA document")
                                .orElse("a signature without a CDA document")),
                true);
    }

    private Optional<CdaReading> start(XMLStreamReader xml) {
        depth++;
        if (depth > limits.maxDepth()) {
            return tooLarge("elements are nested deeper than " + limits.maxDepth());
        }
        if (depth == 1) {
            Optional<CdaReading> stop = root(xml);
            if (stop.isPresent()) {
                return stop;
            }
        }
        if (document.isEmpty()) {
            if (isDocument(xml) && foreign.isPresent()) {
                // an envelope of somebody's own: what it says of the document nobody here can read
                return Optional.of(new CdaReading.Unreadable(
                        Outcome.CDA_UNREADABLE,
                        "the ClinicalDocument stands inside the element " + foreign.get()
                                + ", which is none of the forms of a CDA file"));
            }
            if (isDocument(xml)) {
                document = Optional.of(element(xml));
                open.push(document.get());
            }
            return Optional.empty();
        }
        if (isDocument(xml)) {
            // a signature may envelop two, a document hold another: which one counts is not ours to guess
            return Optional.of(new CdaReading.Unreadable(Outcome.CDA_UNREADABLE, "the file holds two CDA documents"));
        }
        return closed ? Optional.empty() : inside(xml);
    }

    private Optional<CdaReading> root(XMLStreamReader xml) {
        String namespace = namespace(xml);
        String name = xml.getLocalName();
        if (isDocument(xml)) {
            form = Optional.of(RootForm.DOCUMENT);
        } else if (namespace.equals(XSL) && (name.equals("stylesheet") || name.equals("transform"))) {
            form = Optional.of(RootForm.STYLESHEET);
        } else if (namespace.equals(XMLDSIG) && name.equals("Signature")) {
            form = Optional.of(RootForm.SIGNED);
        } else if (name.equals(DOCUMENT)) {
            return Optional.of(new CdaReading.Unreadable(
                    Outcome.CDA_UNREADABLE, "the ClinicalDocument is not in the namespace " + HL7));
        } else {
            foreign = Optional.of(shortened(name));
        }
        return Optional.empty();
    }

    /** Inside the ClinicalDocument: the header is kept, of the body its kind. */
    private Optional<CdaReading> inside(XMLStreamReader xml) {
        if (bodyDepth > 0) {
            bodyDepth++;
            lookAtBody(xml);
            return Optional.empty();
        }
        String namespace = namespace(xml);
        if (open.size() == 1 && namespace.equals(HL7) && xml.getLocalName().equals("component")) {
            bodyDepth = 1;
            return Optional.empty();
        }
        elements++;
        if (elements > limits.maxHeaderElements()) {
            return tooLarge("the header has more than " + limits.maxHeaderElements() + " elements");
        }
        XmlElement element = element(xml);
        if (namespace.equals(HL7) || namespace.equals(DICOM)) {
            open.element().add(element);
        }
        open.push(element);
        return Optional.empty();
    }

    private void lookAtBody(XMLStreamReader xml) {
        String name = xml.getLocalName();
        if (bodyDepth == 2 && name.equals("structuredBody")) {
            body = new Body(Body.Kind.STRUCTURED, Optional.empty(), false);
        } else if (bodyDepth == 2 && name.equals("nonXMLBody")) {
            body = new Body(Body.Kind.UNSTRUCTURED, Optional.empty(), false);
        } else if (bodyDepth == 3 && name.equals("text") && body.kind() == Body.Kind.UNSTRUCTURED) {
            body = new Body(
                    Body.Kind.UNSTRUCTURED, Optional.ofNullable(xml.getAttributeValue(null, "mediaType")), false);
        } else if (bodyDepth == 3 && name.equals("component") && body.kind() == Body.Kind.STRUCTURED) {
            body = body.withContent();
        }
    }

    private Optional<CdaReading> characters(XMLStreamReader xml) {
        if (bodyDepth == 3 && body.kind() == Body.Kind.UNSTRUCTURED && !body.hasContent() && !xml.isWhiteSpace()) {
            body = body.withContent();
        }
        if (open.isEmpty() || bodyDepth > 0) {
            return Optional.empty();
        }
        characters += xml.getTextLength();
        if (characters > limits.maxHeaderText()) {
            return tooLarge("the header has more than " + limits.maxHeaderText() + " characters");
        }
        open.element().append(xml.getText());
        return Optional.empty();
    }

    private Optional<CdaReading> end() {
        depth--;
        if (bodyDepth > 0) {
            bodyDepth--;
        } else if (!open.isEmpty()) {
            open.pop();
            closed = open.isEmpty();
        }
        return Optional.empty();
    }

    private XmlElement element(XMLStreamReader xml) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeNamespace(i) == null
                    || xml.getAttributeNamespace(i).isEmpty()) {
                attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
                characters += xml.getAttributeValue(i).length();
            }
        }
        return new XmlElement(xml.getLocalName(), attributes);
    }

    private static boolean isDocument(XMLStreamReader xml) {
        return xml.getLocalName().equals(DOCUMENT) && namespace(xml).equals(HL7);
    }

    private static String namespace(XMLStreamReader xml) {
        return xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
    }

    private static String shortened(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }

    private static CdaReading forbidden(String what) {
        return new CdaReading.Unreadable(Outcome.XML_FORBIDDEN_CONSTRUCT, "the XML holds " + what);
    }

    private static Optional<CdaReading> tooLarge(String what) {
        return Optional.of(new CdaReading.Unreadable(Outcome.DOCUMENT_TOO_LARGE, what));
    }
}
