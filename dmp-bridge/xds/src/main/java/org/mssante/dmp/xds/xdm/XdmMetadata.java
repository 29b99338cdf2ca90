package org.mssante.dmp.xds.xdm;

import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import javax.xml.stream.XMLStreamException;
import org.mssante.dmp.xds.ebxml.EbXml;
import org.mssante.dmp.xds.ebxml.SubmitObjectsMapping;
import org.mssante.dmp.xds.ebxml.SubmittedObjects;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.mssante.dmp.xds.xdm.MetadataUnreadableException.Reason;
import org.mssante.dmp.xds.xml.CheckedXml;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.lcm.SubmitObjectsRequest;

/**
 * Reads and writes METADATA.XML. Reading takes what real packages hold: a byte order mark, any prefix or none, values
 * broken over lines, times with an offset; each document keeps its URI, hash and size. Thread-safe.
 *
 * @param maxOctets the largest file that is read
 * @param maxDepth the deepest nesting of elements; ebXML needs 7
 * @param maxElements of the file: each becomes objects, a hundred times larger than an empty element
 */
public record XdmMetadata(long maxOctets, int maxDepth, int maxElements) {
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /**
     * @throws MetadataUnreadableException where the file is refused, with the reason
     * @throws IOException where the stream itself cannot be read
     */
    public SubmittedObjects read(InputStream in) throws MetadataUnreadableException, IOException {
        BoundedInput bounded = new BoundedInput(in, maxOctets);
        try {
            SubmitObjectsRequest request = request(bounded);
            if (SubmitObjectsMapping.changesStatus(request)) {
                throw new MetadataUnreadableException(
                        Reason.STATUS_CHANGE, "The metadata ask to change the status of documents in the DMP.");
            }
            return SubmitObjectsMapping.read(request);
        } catch (InvalidMetadataException e) {
            throw new MetadataUnreadableException(
                    Reason.INCOMPLETE, "The metadata are incomplete: " + e.getMessage() + ".", e);
        } catch (XMLStreamException | JAXBException e) {
            throw refusal(e, bounded);
        }
    }

    /** Writes the objects as UTF-8 XML. */
    public static void write(SubmittedObjects objects, OutputStream out) throws IOException {
        try {
            Marshaller marshaller = EbXml.context().createMarshaller();
            marshaller.marshal(SubmitObjectsMapping.write(objects), out);
        } catch (JAXBException e) {
            throw new IOException("the metadata cannot be written", e);
        }
    }

    private SubmitObjectsRequest request(InputStream in)
            throws XMLStreamException, JAXBException, MetadataUnreadableException, IOException {
        MetadataXml xml =
                new MetadataXml(CheckedXml.parserFactory().createXMLStreamReader(atMarkup(in)), maxDepth, maxElements);
        xml.findRequest();
        SubmitObjectsRequest request = EbXml.context()
                .createUnmarshaller()
                .unmarshal(xml, SubmitObjectsRequest.class)
                .getValue();
        xml.finish();
        return request;
    }

    /** Blanks before the XML declaration are not well-formed, yet senders write them, and marks twice: both go. */
    private static InputStream atMarkup(InputStream in) throws IOException {
        PushbackInputStream start = new PushbackInputStream(in, UTF_8_MARK.length);
        int octet = start.read();
        while (octet >= 0) {
            if (octet > ' ' || octet == 0) {
                start.unread(octet);
                byte[] next = start.readNBytes(UTF_8_MARK.length);
                if (!Arrays.equals(next, UTF_8_MARK)) {
                    start.unread(next);
                    return start;
                }
            }
            octet = start.read();
        }
        return start;
    }

    /** The parser and JAXB wrap the cause in their own exceptions, which also hide a failing stream. */
    private static MetadataUnreadableException refusal(Exception failure, BoundedInput in) throws IOException {
        if (in.exceeded()) {
            return new MetadataUnreadableException(Reason.TOO_LARGE, "The metadata file is too large.", failure);
        }
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof MetadataXml.ForbiddenXml forbidden) {
                return new MetadataUnreadableException(forbidden.reason(), forbidden.getMessage(), failure);
            }
            if (cause instanceof IOException && !(cause instanceof java.io.CharConversionException)) {
                throw (IOException) cause;
            }
        }
        return new MetadataUnreadableException(
                Reason.MALFORMED, "The metadata are not well-formed XML or not ebXML.", failure);
    }

    private static Throwable next(Throwable failure) {
        if (failure instanceof XMLStreamException parser && parser.getNestedException() != null) {
            return parser.getNestedException();
        }
        return failure instanceof JAXBException jaxb && jaxb.getLinkedException() != null
                ? jaxb.getLinkedException()
                : failure.getCause();
    }
}
