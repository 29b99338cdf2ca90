package org.mssante.dmp.store.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;
import org.apache.cxf.binding.soap.Soap12;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.headers.Header;
import org.apache.cxf.phase.Phase;
import org.mssante.core.id.Ins;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.store.endpoint.Caller;
import org.mssante.dmp.xds.vihf.VihfCheck;
import org.mssante.dmp.xds.vihf.VihfVerdict;
import org.mssante.dmp.xds.vihf.WsSecurity;
import org.w3c.dom.Element;

/** Lets a request through by its VIHF: one that is not accepted ends as a fault of the sender, whose subcode says why. */
public final class VihfGate extends AbstractSoapInterceptor {
    private final VihfPolicy policy;
    private final VihfCheck check;
    private final Caller caller;
    private final Trace trace;

    /** @param check not asked where the policy is {@link VihfPolicy#OFF} */
    public VihfGate(VihfPolicy policy, VihfCheck check, Caller caller, Trace trace) {
        super(Phase.PRE_INVOKE);
        this.policy = policy;
        this.check = check;
        this.caller = caller;
        this.trace = trace;
    }

    /** Whoever says that the header must be understood is not turned away for that. */
    @Override
    public Set<QName> getUnderstoodHeaders() {
        return Set.of(WsSecurity.HEADER);
    }

    @Override
    public void handleMessage(SoapMessage message) {
        List<Element> headers = message.getHeaders().stream()
                .filter(header -> WsSecurity.HEADER.equals(header.getName()))
                .map(Header::getObject)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
        if (policy == VihfPolicy.OFF || (policy == VihfPolicy.PRESENT && headers.isEmpty())) {
            return;
        }
        Optional<Ins> patient = RequestPatient.of(message.getContent(List.class));
        if (check.of(headers, patient) instanceof VihfVerdict.Refused refused) {
            refuse(refused, patient);
        }
    }

    private void refuse(VihfVerdict.Refused refused, Optional<Ins> patient) {
        trace.record(TraceEntry.of(Event.STORE_REFUSED)
                .outcome(Outcome.DMP_IDENTITY_REFUSED)
                .with(Field.ACTOR, caller.subject())
                .with(Field.REPLY, refused.fault().code() + " " + refused.why())
                .with(Field.PATIENT, patient.map(Ins::cx)));
        SoapFault fault = new SoapFault(refused.why(), Soap12.getInstance().getSender());
        fault.addSubCode(
                new QName(Soap12.getInstance().getNamespace(), refused.fault().code()));
        throw fault;
    }
}
