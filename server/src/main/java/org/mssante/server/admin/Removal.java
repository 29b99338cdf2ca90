package org.mssante.server.admin;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.delivery.Failure;

/** The failure of a mail that an operator takes off its way. */
final class Removal {
    private Removal() {}

    /** The same for each recipient; the reason stays in the trace, the sender reads the code. */
    static Map<MailAddress, Failure> failures(Mail mail, String operator, String reason) {
        Failure failure = Failure.of(
                Failure.Kind.REFUSED, Outcome.REMOVED_BY_OPERATOR, "removed by operator " + operator + ": " + reason);
        return mail.getRecipients().stream().distinct().collect(Collectors.toMap(Function.identity(), to -> failure));
    }
}
