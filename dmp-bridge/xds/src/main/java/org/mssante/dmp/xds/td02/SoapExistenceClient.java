package org.mssante.dmp.xds.td02;

import java.time.Clock;
import java.util.Optional;
import javax.xml.transform.dom.DOMSource;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.soap.PatientsPort;
import org.mssante.dmp.xds.soap.PortAbout;
import org.mssante.dmp.xds.soap.SoapExchange;

/** TD0.2 over SOAP. */
public final class SoapExistenceClient implements ExistenceClient {
    private final PortAbout<PatientsPort> ports;
    private final Clock clock;

    public SoapExistenceClient(PortAbout<PatientsPort> ports, Clock clock) {
        this.ports = ports;
        this.clock = clock;
    }

    @Override
    public Answer<DmpState> state(Ins patient) {
        DOMSource request = ExistenceRequest.of(patient).write(clock.instant());
        return SoapExchange.call(
                () -> ExistenceResponse.read(ports.port(Optional.of(patient)).getDemographics(request), patient));
    }
}
