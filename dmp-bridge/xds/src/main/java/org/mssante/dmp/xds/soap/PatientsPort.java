package org.mssante.dmp.xds.soap;

import jakarta.jws.WebMethod;
import jakarta.jws.WebParam;
import jakarta.jws.WebResult;
import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import jakarta.jws.soap.SOAPBinding.ParameterStyle;
import jakarta.xml.ws.Action;
import javax.xml.transform.dom.DOMSource;
import org.apache.cxf.annotations.DataBinding;
import org.apache.cxf.databinding.source.SourceDataBinding;

/** TD0.2, whose HL7 v3 messages are handled as a tree: ten elements matter, of several hundred classes. */
@WebService(targetNamespace = XdsNamespace.GDP, name = "GDP_PortType")
@SOAPBinding(parameterStyle = ParameterStyle.BARE)
@DataBinding(SourceDataBinding.class)
public interface PatientsPort {
    @WebMethod(operationName = "PatientGetDemographics_PRPA_IN201307UV02")
    @Action(input = "urn:hl7-org:v3:PRPA_IN201307UV02", output = "urn:hl7-org:v3:PRPA_IN201308UV02")
    @WebResult(name = "PRPA_IN201308UV02", targetNamespace = XdsNamespace.HL7_V3, partName = "body")
    DOMSource getDemographics(
            @WebParam(name = "PRPA_IN201307UV02", targetNamespace = XdsNamespace.HL7_V3, partName = "body")
                    DOMSource request);
}
