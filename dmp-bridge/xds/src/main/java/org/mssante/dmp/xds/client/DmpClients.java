package org.mssante.dmp.xds.client;

import java.time.Clock;
import java.util.Map;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.attachment.AttachmentDeserializer;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.frontend.ClientProxy;
import org.apache.cxf.jaxws.JaxWsProxyFactoryBean;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.apache.cxf.ws.addressing.WSAddressingFeature;
import org.mssante.core.tls.TlsContexts;
import org.mssante.dmp.xds.iti18.RegistryClient;
import org.mssante.dmp.xds.iti18.SoapRegistryClient;
import org.mssante.dmp.xds.iti41.ProvideAndRegisterClient;
import org.mssante.dmp.xds.iti41.SoapProvideAndRegisterClient;
import org.mssante.dmp.xds.iti43.RetrieveClient;
import org.mssante.dmp.xds.iti43.SoapRetrieveClient;
import org.mssante.dmp.xds.soap.DmpPath;
import org.mssante.dmp.xds.soap.PatientsPort;
import org.mssante.dmp.xds.soap.PortAbout;
import org.mssante.dmp.xds.soap.RegistryPort;
import org.mssante.dmp.xds.soap.RepositoryPort;
import org.mssante.dmp.xds.td02.ExistenceClient;
import org.mssante.dmp.xds.td02.SoapExistenceClient;

/**
 * The clients of one DMP. Each method makes a new client, which takes a moment and is thread-safe: make it once and
 * keep it. {@link #close()} ends them all.
 */
public final class DmpClients implements AutoCloseable {
    private static final String SOAP_12 = "http://www.w3.org/2003/05/soap/bindings/HTTP/";
    private static final String HTTP_VERSION = "1.1";
    /** The blocking client of the JDK: it streams a body of unknown length and keeps no selector threads. */
    private static final String BLOCKING_CLIENT = "force.urlconnection.http.conduit";

    private final DmpConnection connection;
    private final Clock clock;
    private final Bus bus;

    public DmpClients(DmpConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
        this.bus = BusFactory.newInstance().createBus();
        bus.setProperty(BLOCKING_CLIENT, true);
    }

    public ProvideAndRegisterClient provideAndRegister() {
        return new SoapProvideAndRegisterClient(port(RepositoryPort.class, DmpPath.REPOSITORY));
    }

    public RegistryClient registry() {
        return new SoapRegistryClient(port(RegistryPort.class, DmpPath.REGISTRY));
    }

    public RetrieveClient retrieve() {
        return new SoapRetrieveClient(port(RepositoryPort.class, DmpPath.REPOSITORY), connection.repositoryId());
    }

    public ExistenceClient existence() {
        return new SoapExistenceClient(port(PatientsPort.class, DmpPath.PATIENTS), clock);
    }

    @Override
    public void close() {
        bus.shutdown(true);
    }

    private <P> PortAbout<P> port(Class<P> type, String path) {
        JaxWsProxyFactoryBean factory = new JaxWsProxyFactoryBean();
        factory.setBus(bus);
        factory.setServiceClass(type);
        factory.setBindingId(SOAP_12);
        factory.setAddress(connection.services() + path);
        factory.getFeatures().add(new WSAddressingFeature());
        factory.setProperties(Map.of(
                Message.MTOM_ENABLED,
                true,
                AttachmentDeserializer.ATTACHMENT_DIRECTORY,
                connection.spool().toString(),
                AttachmentDeserializer.ATTACHMENT_MEMORY_THRESHOLD,
                String.valueOf(connection.spoolThreshold())));
        P port = type.cast(factory.create());
        Client client = ClientProxy.getClient(port);
        configure((HTTPConduit) client.getConduit());
        if (connection.vihf().isEmpty()) {
            return patient -> port;
        }
        client.getOutInterceptors().add(new VihfHeader(connection.vihf().get()));
        return VihfHeader.naming(port);
    }

    private void configure(HTTPConduit conduit) {
        TLSClientParameters tls = new TLSClientParameters();
        tls.setSslContext(connection.tls());
        tls.setCipherSuites(TlsContexts.CIPHER_SUITES);
        conduit.setTlsClientParameters(tls);
        HTTPClientPolicy policy = new HTTPClientPolicy();
        policy.setVersion(HTTP_VERSION);
        policy.setConnectionTimeout(connection.connectTimeout().toMillis());
        policy.setReceiveTimeout(connection.answerTimeout().toMillis());
        policy.setAutoRedirect(false);
        conduit.setClient(policy);
    }
}
