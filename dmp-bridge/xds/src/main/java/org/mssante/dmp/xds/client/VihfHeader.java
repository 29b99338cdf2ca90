package org.mssante.dmp.xds.client;

import jakarta.xml.ws.BindingProvider;
import java.util.Optional;
import org.apache.cxf.binding.soap.SoapHeader;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.phase.Phase;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.soap.PortAbout;
import org.mssante.dmp.xds.vihf.VihfIssuer;
import org.mssante.dmp.xds.vihf.WsSecurity;

/** Puts a VIHF of its own into the header of each request. */
final class VihfHeader extends AbstractSoapInterceptor {
    /** CXF's JAX-WS clients: each thread has a request context of its own. */
    private static final String CONTEXT_OF_THREAD = "thread.local.request.context";

    private static final String PATIENT = VihfHeader.class.getName() + ".patient";

    private final VihfIssuer issuer;

    VihfHeader(VihfIssuer issuer) {
        super(Phase.PRE_PROTOCOL);
        this.issuer = issuer;
    }

    /** Hands a port out for requests about a patient. */
    static <P> PortAbout<P> naming(P port) {
        BindingProvider binding = (BindingProvider) port;
        binding.getRequestContext().put(CONTEXT_OF_THREAD, true);
        return patient -> {
            patient.ifPresentOrElse(
                    ins -> binding.getRequestContext().put(PATIENT, ins),
                    () -> binding.getRequestContext().remove(PATIENT));
            return port;
        };
    }

    @Override
    public void handleMessage(SoapMessage message) {
        Optional<Ins> patient = Optional.ofNullable((Ins) message.get(PATIENT));
        message.getHeaders().add(new SoapHeader(WsSecurity.HEADER, issuer.header(patient)));
    }
}
