package org.mssante.dmp.xds.soap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mssante.dmp.xds.answer.Answer;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rs.RegistryError;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rs.RegistryErrorList;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rs.RegistryResponseType;

class RegistryResponsesTest {
    @Test
    void aSuccessIsNoFailureEvenWithAWarning() {
        RegistryResponseType response = response(RegistryResponses.SUCCESS, "MSSx", RegistryResponses.WARNING);
        assertThat(RegistryResponses.failure(response)).isEmpty();
        assertThat(RegistryResponses.warns(response, "MSSx")).isTrue();
    }

    @Test
    void anErrorOfTheRequestIsARefusal() {
        assertThat(RegistryResponses.<String>failure(
                        response(RegistryResponses.FAILURE, "XDSNonIdenticalHash", RegistryResponses.ERROR)))
                .contains(new Answer.Refused<>("XDSNonIdenticalHash", "context"));
    }

    @Test
    void anErrorOfTheMomentMeansLater() {
        assertThat(RegistryResponses.<String>failure(
                                response(RegistryResponses.FAILURE, "XDSRepositoryBusy", RegistryResponses.ERROR))
                        .orElseThrow())
                .isInstanceOf(Answer.Unavailable.class);
    }

    @Test
    void aFailureWithoutAnErrorMeansLater() {
        RegistryResponseType response = new RegistryResponseType();
        response.setStatus(RegistryResponses.FAILURE);
        assertThat(RegistryResponses.failure(response).orElseThrow()).isInstanceOf(Answer.Unavailable.class);
    }

    private static RegistryResponseType response(String status, String code, String severity) {
        RegistryError error = new RegistryError();
        error.setErrorCode(code);
        error.setCodeContext("context");
        error.setSeverity(severity);
        RegistryErrorList list = new RegistryErrorList();
        list.getRegistryError().add(error);
        RegistryResponseType response = new RegistryResponseType();
        response.setStatus(status);
        response.setRegistryErrorList(list);
        return response;
    }
}
