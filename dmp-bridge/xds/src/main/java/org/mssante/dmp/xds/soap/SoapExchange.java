package org.mssante.dmp.xds.soap;

import jakarta.xml.ws.WebServiceException;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.util.function.Supplier;
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
        } catch (WebServiceException e) {
            return answer(e);
        } catch (InvalidMetadataException e) {
            return new Answer.Unavailable<>("The answer of the DMP is not readable (" + e.getMessage() + ").");
        }
    }

    /** A fault of the sender stays one; any other, and one that arose here while reading, may pass. */
    private static <T> Answer<T> answer(WebServiceException failure) {
        // a fault whose subcode stands in the name space of SOAP, as the DMP writes it, is no SOAPFaultException
        // one with a cause arose here, on the way to a DMP that does not answer
        if (failure.getCause() instanceof SoapFault fault && fault.getCause() == null) {
            return SENDER.equals(fault.getFaultCode().getLocalPart())
                    ? new Answer.Refused<>(subcode(fault), String.valueOf(fault.getMessage()))
                    : new Answer.Unavailable<>("The DMP reports a failure of its own.");
        }
        // the kind of failure, not its text, which may quote a document
        return new Answer.Unavailable<>(
                failure instanceof SOAPFaultException
                        ? "The answer of the DMP is not readable."
                        : "The DMP cannot be reached ("
                                + RootCause.of(failure).getClass().getSimpleName() + ").");
    }

    private static String subcode(SoapFault fault) {
        return fault.getSubCodes() == null || fault.getSubCodes().isEmpty()
                ? SENDER
                : fault.getSubCodes().get(0).getLocalPart();
    }
}
