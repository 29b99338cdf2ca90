package org.mssante.annuaire.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Says in an OperationOutcome what kind of failure it is; HAPI would say of all that processing failed, and put its number before. */
@Interceptor
public final class ToldFailures {
    private static final Pattern NUMBER = Pattern.compile("^(?:HAPI-\\d+: )+");

    ToldFailures() {}

    /** HAPI asks for what is told in place of a failure. */
    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    public BaseServerResponseException told(Throwable failure) {
        BaseServerResponseException told = known(failure);
        if (told.getOperationOutcome() == null) {
            told.setOperationOutcome(Outcomes.error(kind(told.getStatusCode()), words(told)));
        }
        return told;
    }

    private static BaseServerResponseException known(Throwable failure) {
        if (failure instanceof BaseServerResponseException known) {
            return known;
        }
        return failure instanceof DataFormatException malformed
                ? new InvalidRequestException(malformed.getMessage(), malformed)
                : new InternalErrorException("this server failed", failure);
    }

    /** What failed within is for the log, where HAPI writes it. */
    private static String words(BaseServerResponseException told) {
        return told instanceof InternalErrorException
                ? "this server failed, its operator can see why"
                : NUMBER.matcher(Optional.ofNullable(told.getMessage()).orElse(""))
                        .replaceFirst("");
    }

    private static IssueType kind(int status) {
        return switch (status) {
            case 400, 422 -> IssueType.INVALID;
            case 401 -> IssueType.LOGIN;
            case 403 -> IssueType.FORBIDDEN;
            case 404, 410 -> IssueType.NOTFOUND;
            case 405, 406, 415, 501 -> IssueType.NOTSUPPORTED;
            case 503 -> IssueType.TIMEOUT;
            default -> IssueType.EXCEPTION;
        };
    }
}
