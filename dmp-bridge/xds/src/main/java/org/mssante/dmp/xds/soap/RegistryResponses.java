package org.mssante.dmp.xds.soap;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mssante.dmp.xds.answer.Answer;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rs.RegistryError;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rs.RegistryErrorList;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rs.RegistryResponseType;

/** The status and the errors of an ebXML registry response (ITI TF-3 §4.2.4). */
public final class RegistryResponses {
    public static final String SUCCESS = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success";
    public static final String PARTIAL_SUCCESS = "urn:ihe:iti:2007:ResponseStatusType:PartialSuccess";
    public static final String FAILURE = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure";
    public static final String ERROR = "urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Error";
    public static final String WARNING = "urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Warning";

    /** Codes that speak of the moment, not of the request. */
    private static final Set<String> TRANSIENT = Set.of(
            "XDSRegistryBusy",
            "XDSRepositoryBusy",
            "XDSRegistryNotAvailable",
            "XDSRegistryOutOfResources",
            "XDSRepositoryOutOfResources",
            "XDSRegistryError",
            "XDSRepositoryError");

    private RegistryResponses() {}

    /** The refusal or "later" of a response; empty where it is a success. */
    public static <T> Optional<Answer<T>> failure(RegistryResponseType response) {
        if (SUCCESS.equals(response.getStatus())) {
            return Optional.empty();
        }
        Optional<RegistryError> error = errors(response).stream()
                .filter(each -> !WARNING.equals(each.getSeverity()))
                .findFirst();
        if (error.isEmpty()) {
            return Optional.of(new Answer.Unavailable<>("The DMP answered neither success nor an error."));
        }
        String code = text(error.get().getErrorCode());
        return Optional.of(
                TRANSIENT.contains(code)
                        ? new Answer.Unavailable<>("The DMP answered " + code + ".")
                        : new Answer.Refused<>(code, text(error.get().getCodeContext())));
    }

    /** True where a warning of this code accompanies the response. */
    public static boolean warns(RegistryResponseType response, String code) {
        return errors(response).stream().anyMatch(error -> code.equals(error.getErrorCode()));
    }

    private static List<RegistryError> errors(RegistryResponseType response) {
        RegistryErrorList list = response.getRegistryErrorList();
        return list == null ? List.of() : list.getRegistryError();
    }

    private static String text(String jaxb) {
        return jaxb == null ? "" : jaxb.strip();
    }
}
