package org.mssante.dmp.store.http;

import java.nio.file.Path;
import java.util.Map;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.attachment.AttachmentDeserializer;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.message.Message;
import org.apache.cxf.staxutils.StaxUtils;
import org.apache.cxf.ws.addressing.WSAddressingFeature;
import org.mssante.dmp.store.endpoint.PatientsEndpoint;
import org.mssante.dmp.store.endpoint.RegistryEndpoint;
import org.mssante.dmp.store.endpoint.RepositoryEndpoint;
import org.mssante.dmp.xds.soap.DmpPath;

/** Publishes the endpoints on a CXF bus, SOAP 1.2 with MTOM and WS-Addressing. Faults carry no stack trace. */
public final class SoapServices {
    private static final String SOAP_12 = "http://www.w3.org/2003/05/soap/bindings/HTTP/";
    private static final String FAULT_STACK_TRACE = "faultStackTraceEnabled";

    private final Bus bus = BusFactory.newInstance().createBus();
    private final RequestLimits limits;
    private final Path spool;
    private final VihfGate vihf;

    /**
     * @param spool for attachments above the limit of memory
     * @param vihf lets requests through
     */
    public SoapServices(RequestLimits limits, Path spool, VihfGate vihf) {
        this.limits = limits;
        this.spool = spool;
        this.vihf = vihf;
    }

    public Bus bus() {
        return bus;
    }

    public void publish(RepositoryEndpoint repository, RegistryEndpoint registry, PatientsEndpoint patients) {
        publish(repository, DmpPath.REPOSITORY);
        publish(registry, DmpPath.REGISTRY);
        publish(patients, DmpPath.PATIENTS);
    }

    private void publish(Object endpoint, String path) {
        JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean();
        factory.setBus(bus);
        factory.setServiceBean(endpoint);
        factory.setBindingId(SOAP_12);
        factory.setAddress(path);
        factory.getFeatures().add(new WSAddressingFeature());
        factory.getInInterceptors().add(vihf);
        factory.getInInterceptors().add(new WholeAttachments());
        factory.setProperties(Map.of(
                Message.MTOM_ENABLED,
                true,
                FAULT_STACK_TRACE,
                false,
                AttachmentDeserializer.ATTACHMENT_DIRECTORY,
                spool.toString(),
                AttachmentDeserializer.ATTACHMENT_MEMORY_THRESHOLD,
                String.valueOf(limits.attachmentInMemory()),
                AttachmentDeserializer.ATTACHMENT_MAX_SIZE,
                String.valueOf(limits.attachment()),
                StaxUtils.MAX_XML_CHARACTERS,
                limits.envelopeCharacters(),
                StaxUtils.MAX_ELEMENT_DEPTH,
                limits.envelopeDepth()));
        factory.create();
    }
}
