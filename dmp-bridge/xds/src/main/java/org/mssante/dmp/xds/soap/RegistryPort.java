package org.mssante.dmp.xds.soap;

import jakarta.jws.WebMethod;
import jakarta.jws.WebParam;
import jakarta.jws.WebResult;
import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import jakarta.jws.soap.SOAPBinding.ParameterStyle;
import jakarta.xml.bind.annotation.XmlSeeAlso;
import jakarta.xml.ws.Action;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.query.AdhocQueryRequest;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.query.AdhocQueryResponse;

/** ITI-18. */
@WebService(targetNamespace = XdsNamespace.XDS_B, name = "DocumentRegistry_PortType")
@XmlSeeAlso(org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ObjectFactory.class)
@SOAPBinding(parameterStyle = ParameterStyle.BARE)
public interface RegistryPort {
    @WebMethod(operationName = "DocumentRegistry_RegistryStoredQuery")
    @Action(input = "urn:ihe:iti:2007:RegistryStoredQuery", output = "urn:ihe:iti:2007:RegistryStoredQueryResponse")
    @WebResult(name = "AdhocQueryResponse", targetNamespace = XdsNamespace.QUERY, partName = "body")
    AdhocQueryResponse query(
            @WebParam(name = "AdhocQueryRequest", targetNamespace = XdsNamespace.QUERY, partName = "body")
                    AdhocQueryRequest request);
}
