package org.mssante.dmp.bridge.receipt;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.OptionalInt;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.mssante.core.mail.SubmissionProperties;

/** Hands receipts to the mail server. Thread-safe. */
public final class ReceiptTransport {
    private static final String PROTOCOL = "smtps";
    private static final int PERMANENT = 500;

    private final Submission submission;
    private final Session session;

    public ReceiptTransport(Submission submission) {
        this.submission = submission;
        this.session = Session.getInstance(
                SubmissionProperties.of(submission.tls(), submission.mailbox(), submission.timeout()));
    }

    /** What the mail server said. */
    sealed interface Result {
        record Accepted(String reply) implements Result {}

        /** Not now. */
        record Later(String why) implements Result {}

        /**
         * Never.
         *
         * @param code of the reply; empty where the receipt was not sent at all
         * @param reply in the peer's words, which may name a patient: for the trace, not for a log
         */
        record Rejected(OptionalInt code, String reply) implements Result {}
    }

    Session session() {
        return session;
    }

    Result send(SMTPMessage message) {
        try (Transport transport = session.getTransport(PROTOCOL)) {
            // the password of a mailbox that logs in by certificate is empty, but must not be null
            transport.connect(
                    submission.host(), submission.port(), submission.mailbox().toString(), "");
            Address[] recipients = message.getAllRecipients();
            transport.sendMessage(message, recipients);
            return new Result.Accepted(
                    transport instanceof SMTPTransport smtp
                            ? String.valueOf(smtp.getLastServerResponse()).strip()
                            : "");
        } catch (MessagingException e) {
            return failure(e);
        }
    }

    private static Result failure(MessagingException failure) {
        Exception cause = failure;
        while (cause instanceof MessagingException messaging) {
            int code = 0;
            if (cause instanceof SMTPSendFailedException send) {
                code = send.getReturnCode();
            } else if (cause instanceof SMTPAddressFailedException address) {
                code = address.getReturnCode();
            }
            if (code >= PERMANENT) {
                return new Result.Rejected(
                        OptionalInt.of(code), String.valueOf(cause.getMessage()).strip());
            }
            cause = messaging.getNextException();
        }
        return new Result.Later(String.valueOf(failure.getMessage()).strip());
    }
}
