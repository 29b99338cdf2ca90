package org.mssante.dmp.xds.xml;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;

/** A document to write into. Thread-safe. */
public final class EmptyDocument {
    /** The platform's own, which keeps no state: one is made for each request, and a builder of documents brings a whole parser. */
    private static final DOMImplementation PLATFORM = platform();

    private EmptyDocument() {}

    public static Document create() {
        return PLATFORM.createDocument(null, null, null);
    }

    private static DOMImplementation platform() {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java platform makes an empty document", e);
        }
    }
}
