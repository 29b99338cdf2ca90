package org.mssante.dmp.xds.xml;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;

/** A document to write into. */
public final class EmptyDocument {
    private EmptyDocument() {}

    /** By the platform's own factory: one is made for each request, and to look for others would be to look in all jars. */
    public static Document create() {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java platform makes an empty document", e);
        }
    }
}
