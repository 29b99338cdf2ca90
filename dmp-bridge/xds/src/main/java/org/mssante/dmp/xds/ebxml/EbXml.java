package org.mssante.dmp.xds.ebxml;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.mssante.dmp.xds.xml.CheckedXml;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.lcm.SubmitObjectsRequest;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ExtrinsicObjectType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ObjectFactory;

/** ebXML objects as text. The JAXB context is built once: it is immutable and takes a second to make. */
public final class EbXml {
    private static final JAXBContext CONTEXT = newContext();
    private static final ObjectFactory RIM = new ObjectFactory();

    private EbXml() {}

    /** The context of the rim, lcm, rs and query name spaces; thread-safe. */
    public static JAXBContext context() {
        return CONTEXT;
    }

    /** An ExtrinsicObject as an XML fragment, to be kept. */
    public static String toXml(ExtrinsicObjectType object) {
        try {
            Marshaller marshaller = CONTEXT.createMarshaller();
            marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
            StringWriter text = new StringWriter();
            marshaller.marshal(RIM.createExtrinsicObject(object), text);
            return text.toString();
        } catch (JAXBException e) {
            throw new IllegalStateException("an ExtrinsicObject can always be written", e);
        }
    }

    /** Reads back what {@link #toXml} wrote. */
    public static ExtrinsicObjectType extrinsicObject(String xml) {
        try {
            XMLStreamReader reader = CheckedXml.parserFactory().createXMLStreamReader(new StringReader(xml));
            return CONTEXT.createUnmarshaller()
                    .unmarshal(reader, ExtrinsicObjectType.class)
                    .getValue();
        } catch (JAXBException | XMLStreamException e) {
            throw new IllegalStateException("the registry holds an entry that is not readable", e);
        }
    }

    private static JAXBContext newContext() {
        try {
            return JAXBContext.newInstance(SubmitObjectsRequest.class, ObjectFactory.class);
        } catch (JAXBException e) {
            throw new IllegalStateException("the ebXML classes do not fit the JAXB runtime", e);
        }
    }
}
