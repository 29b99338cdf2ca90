package org.mssante.dmp.store.endpoint;

import java.util.List;
import org.mssante.dmp.store.registry.Refusal;
import org.mssante.dmp.xds.soap.RegistryResponses;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rs.RegistryError;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rs.RegistryErrorList;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rs.RegistryResponseType;

/** Decisions as ebXML registry responses (ITI TF-3 §4.2.4). */
final class RegistryAnswers {
    private RegistryAnswers() {}

    /** Makes {@code response} a success. */
    static <R extends RegistryResponseType> R success(R response) {
        response.setStatus(RegistryResponses.SUCCESS);
        return response;
    }

    /** Makes {@code response} a failure with one error. */
    static <R extends RegistryResponseType> R failure(R response, Refusal refusal) {
        return errors(response, RegistryResponses.FAILURE, List.of(refusal));
    }

    /** Makes {@code response} one with errors. */
    static <R extends RegistryResponseType> R errors(R response, String status, List<Refusal> refusals) {
        response.setStatus(status);
        RegistryErrorList list = list(response, RegistryResponses.ERROR);
        for (Refusal refusal : refusals) {
            list.getRegistryError().add(error(refusal.error().code(), refusal.context(), RegistryResponses.ERROR));
        }
        return response;
    }

    /** Adds a warning to a success. */
    static void warn(RegistryResponseType response, String code, String context) {
        list(response, RegistryResponses.WARNING)
                .getRegistryError()
                .add(error(code, context, RegistryResponses.WARNING));
    }

    private static RegistryErrorList list(RegistryResponseType response, String highestSeverity) {
        if (response.getRegistryErrorList() == null) {
            RegistryErrorList list = new RegistryErrorList();
            list.setHighestSeverity(highestSeverity);
            response.setRegistryErrorList(list);
        }
        return response.getRegistryErrorList();
    }

    private static RegistryError error(String code, String context, String severity) {
        RegistryError error = new RegistryError();
        error.setErrorCode(code);
        error.setCodeContext(context);
        error.setSeverity(severity);
        return error;
    }
}
