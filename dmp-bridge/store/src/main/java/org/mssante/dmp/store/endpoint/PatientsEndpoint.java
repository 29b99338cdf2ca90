package org.mssante.dmp.store.endpoint;

import jakarta.jws.WebService;
import java.time.Clock;
import javax.xml.transform.dom.DOMSource;
import org.apache.cxf.binding.soap.Soap12;
import org.apache.cxf.binding.soap.SoapFault;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.trace.Trace;
import org.mssante.dmp.store.registry.DmpStates;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.mssante.dmp.xds.soap.PatientsPort;
import org.mssante.dmp.xds.soap.XdsNamespace;
import org.mssante.dmp.xds.td02.DmpState;
import org.mssante.dmp.xds.td02.ExistenceRequest;
import org.mssante.dmp.xds.td02.ExistenceResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TD0.2. A message that is not the test of existence, ends as a fault of the sender. */
@WebService(
        endpointInterface = "org.mssante.dmp.xds.soap.PatientsPort",
        targetNamespace = XdsNamespace.GDP,
        serviceName = "GDP_Service",
        portName = "GDP_Port_Soap12")
public final class PatientsEndpoint implements PatientsPort {
    private static final Logger LOGGER = LoggerFactory.getLogger(PatientsEndpoint.class);
    private static final String FAILED = "The service of patients failed; try later.";

    private final DmpStates states;
    private final AccessJournal journal;
    private final Clock clock;

    public PatientsEndpoint(DmpStates states, Trace trace, Caller caller, Clock clock) {
        this.states = states;
        this.journal = new AccessJournal(trace, caller);
        this.clock = clock;
    }

    @Override
    public DOMSource getDemographics(DOMSource source) {
        try {
            ExistenceRequest request = ExistenceRequest.read(source);
            DmpState state = states.state(request.patient());
            journal.asked(request.patient(), state.name());
            return ExistenceResponse.write(request, state, clock.instant());
        } catch (InvalidMetadataException e) {
            throw new SoapFault(e.getMessage(), Soap12.getInstance().getSender());
        } catch (RuntimeException e) {
            LOGGER.error("a test of existence failed: {}", FailureTrail.of(e));
            throw new SoapFault(FAILED, Soap12.getInstance().getReceiver());
        }
    }
}
