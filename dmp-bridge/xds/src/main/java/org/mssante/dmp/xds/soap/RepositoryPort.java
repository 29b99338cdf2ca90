package org.mssante.dmp.xds.soap;

import jakarta.jws.WebMethod;
import jakarta.jws.WebParam;
import jakarta.jws.WebResult;
import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import jakarta.jws.soap.SOAPBinding.ParameterStyle;
import jakarta.xml.bind.annotation.XmlSeeAlso;
import jakarta.xml.ws.Action;
import org.openehealth.ipf.commons.ihe.xds.core.ebxml.ebxml30.ProvideAndRegisterDocumentSetRequestType;
import org.openehealth.ipf.commons.ihe.xds.core.ebxml.ebxml30.RetrieveDocumentSetRequestType;
import org.openehealth.ipf.commons.ihe.xds.core.ebxml.ebxml30.RetrieveDocumentSetResponseType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rs.RegistryResponseType;

/** ITI-41 and ITI-43, which the DMP serves at one address. */
@WebService(targetNamespace = XdsNamespace.XDS_B, name = "DocumentRepository_PortType")
@XmlSeeAlso(org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ObjectFactory.class)
@SOAPBinding(parameterStyle = ParameterStyle.BARE)
public interface RepositoryPort {
    @WebMethod(operationName = "DocumentRepository_ProvideAndRegisterDocumentSet-b")
    @Action(
            input = "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b",
            output = "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-bResponse")
    @WebResult(name = "RegistryResponse", targetNamespace = XdsNamespace.RS, partName = "body")
    RegistryResponseType provideAndRegister(
            @WebParam(
                            name = "ProvideAndRegisterDocumentSetRequest",
                            targetNamespace = XdsNamespace.XDS_B,
                            partName = "body")
                    ProvideAndRegisterDocumentSetRequestType request);

    @WebMethod(operationName = "DocumentRepository_RetrieveDocumentSet")
    @Action(input = "urn:ihe:iti:2007:RetrieveDocumentSet", output = "urn:ihe:iti:2007:RetrieveDocumentSetResponse")
    @WebResult(name = "RetrieveDocumentSetResponse", targetNamespace = XdsNamespace.XDS_B, partName = "body")
    RetrieveDocumentSetResponseType retrieve(
            @WebParam(name = "RetrieveDocumentSetRequest", targetNamespace = XdsNamespace.XDS_B, partName = "body")
                    RetrieveDocumentSetRequestType request);
}
