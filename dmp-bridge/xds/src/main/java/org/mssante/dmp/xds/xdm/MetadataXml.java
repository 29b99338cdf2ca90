package org.mssante.dmp.xds.xdm;

import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.mssante.dmp.xds.xdm.MetadataUnreadableException.Reason;
import org.mssante.dmp.xds.xml.CheckedXml;

/**
 * The XML of real metadata: refuses a DTD and too deep a nesting, and gives elements without a name space, or in the one of
 * the request around them, the name space they belong to.
 */
final class MetadataXml extends StreamReaderDelegate {
    static final String LCM = "urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0";
    static final String REQUEST = "SubmitObjectsRequest";

    private static final String RIM = "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0";
    private static final Set<Integer> ELEMENT_EVENTS =
            Set.of(XMLStreamConstants.START_ELEMENT, XMLStreamConstants.END_ELEMENT);

    private final int maxDepth;
    private final int maxElements;
    private int depth;
    private int elements;

    MetadataXml(XMLStreamReader reader, int maxDepth, int maxElements) {
        super(new CheckedXml(reader));
        this.maxDepth = maxDepth;
        this.maxElements = maxElements;
    }

    /** Moves to the request, wherever it stands: at the root, or inside an envelope. */
    void findRequest() throws XMLStreamException, MetadataUnreadableException {
        while (hasNext()) {
            if (next() == XMLStreamConstants.START_ELEMENT && getLocalName().equals(REQUEST)) {
                return;
            }
        }
        throw new MetadataUnreadableException(Reason.INCOMPLETE, "The metadata hold no " + REQUEST + ".");
    }

    /** Reads on to the end, which proves the file whole. */
    void finish() throws XMLStreamException {
        while (hasNext()) {
            next();
        }
    }

    @Override
    public int next() throws XMLStreamException {
        int event = super.next();
        switch (event) {
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                throw new ForbiddenXml(Reason.FORBIDDEN_CONSTRUCT, "The metadata declare a DTD or entities.");
            case XMLStreamConstants.START_ELEMENT -> {
                elements++;
                if (elements > maxElements) {
                    throw new ForbiddenXml(
                            Reason.TOO_LARGE, "The metadata have more than " + maxElements + " elements.");
                }
                depth++;
                if (depth > maxDepth) {
                    throw new ForbiddenXml(Reason.TOO_LARGE, "The metadata nest elements too deeply.");
                }
            }
            case XMLStreamConstants.END_ELEMENT -> depth--;
            default -> {}
        }
        return event;
    }

    @Override
    public String getNamespaceURI() {
        String declared = super.getNamespaceURI();
        if (!ELEMENT_EVENTS.contains(getEventType())) {
            return declared;
        }
        // the request's own name space declared as the default one for everything inside
        boolean ours = declared == null || declared.isEmpty() || declared.equals(LCM);
        return ours ? (getLocalName().equals(REQUEST) ? LCM : RIM) : declared;
    }

    /** Carries a refusal through code that knows {@link XMLStreamException} only. */
    static final class ForbiddenXml extends XMLStreamException {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        ForbiddenXml(Reason reason, String sentence) {
            super(sentence);
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }
}
