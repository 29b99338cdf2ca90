package org.mssante.dmp.xds.xml;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * An XML reader that tells of malformed XML by {@link XMLStreamException} alone. The parser of the JDK throws unchecked
 * exceptions for some: it lacks the message for a forbidden character in a document type declaration, and fails for want of
 * it ({@link java.util.MissingResourceException}).
 */
public final class CheckedXml extends StreamReaderDelegate {

    public CheckedXml(XMLStreamReader reader) {
        super(reader);
    }

    /** A parser of the JDK that knows no DTD and fetches nothing; a factory is cheap. */
    public static XMLInputFactory parserFactory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        return factory;
    }

    @Override
    public int next() throws XMLStreamException {
        try {
            return super.next();
        } catch (RuntimeException e) {
            // of the parser: nothing of ours runs inside it
            throw new XMLStreamException("the parser failed (" + e.getClass().getSimpleName() + ")", e);
        }
    }
}
