package org.mssante.dmp.xds.soap;

import jakarta.xml.ws.WebServiceException;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.util.Iterator;
import java.util.function.Supplier;
import javax.xml.namespace.QName;
import org.apache.cxf.binding.soap.SoapFault;
import org.mssante.core.log.RootCause;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;

/** One request and its answer: what goes wrong on the way becomes an {@link Answer} too. */
public final class SoapExchange {
    private static final String SENDER = "Sender";

    private SoapExchange() {}

    /** Calls the service; {@code call} turns its response into an answer. */
    public static <T> Answer<T> call(Supplier<Answer<T>> call) {
        try {
            return call.get();
        } catch (SOAPFaultException fault) {
            return answer(fault);
        } catch (WebServiceException e) {
            // the kind of failure, not its text, which may quote a document
            return new Answer.Unavailable<>(
                    "The DMP cannot be reached (" + RootCause.of(e).getClass().getSimpleName() + ").");
        } catch (InvalidMetadataException e) {
            return new Answer.Unavailable<>("The answer of the DMP is not readable (" + e.getMessage() + ").");
        }
    }

    /** A fault of the sender stays one; any other, and one that arose here while reading, may pass. */
    private static <T> Answer<T> answer(SOAPFaultException fault) {
        boolean fromPeer = fault.getCause() instanceof SoapFault;
        if (fromPeer && SENDER.equals(fault.getFault().getFaultCodeAsQName().getLocalPart())) {
            return new Answer.Refused<>(subcode(fault), String.valueOf(fault.getMessage()));
        }
        return new Answer.Unavailable<>(
                fromPeer ? "The DMP reports a failure of its own." : "The answer of the DMP is not readable.");
    }

    private static String subcode(SOAPFaultException fault) {
        Iterator<QName> subcodes = fault.getFault().getFaultSubcodes();
        return subcodes.hasNext() ? subcodes.next().getLocalPart() : SENDER;
    }
}
