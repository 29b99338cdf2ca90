package org.mssante.server.delivery;

import java.util.Optional;
import org.mssante.core.outcome.Outcome;

/**
 * What a report says of one recipient (RFC 3464 §2.3).
 *
 * @param status the enhanced status (RFC 3463)
 * @param peer the server that took or refused the message
 * @param diagnostic the answer behind the status, with its type in front
 * @param why the reason in words, where there is one to give
 * @param kept whether the message lies with our operator, who may still send it on
 */
record RecipientStatus(
        String status, Optional<HostPort> peer, Optional<String> diagnostic, Optional<Outcome> why, boolean kept) {
    private static final String SUCCESS = "2.0.0";
    private static final String REFUSAL = "5.0.0";

    static RecipientStatus delivered() {
        return new RecipientStatus(SUCCESS, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    static RecipientStatus relayed(HandOver.Receipt receipt) {
        return new RecipientStatus(
                receipt.reply().enhancedStatus().orElse(SUCCESS),
                Optional.of(receipt.peer()),
                Optional.of(diagnostic(receipt.reply())),
                Optional.empty(),
                false);
    }

    static RecipientStatus failed(Failure failure) {
        Outcome outcome = failure.outcome();
        return new RecipientStatus(
                failure.reply()
                        .flatMap(SmtpReply::enhancedStatus)
                        .filter(status -> outcome == Outcome.REFUSED_BY_PEER)
                        .or(outcome::enhancedStatus)
                        .orElse(REFUSAL),
                failure.peer(),
                Optional.of(failure.reply()
                        .map(RecipientStatus::diagnostic)
                        .orElseGet(() -> "X-MSSante; " + outcome.replyText())),
                Optional.of(outcome),
                failure.isOurs());
    }

    private static String diagnostic(SmtpReply reply) {
        return "smtp; " + reply.toString().replace('\n', ' ');
    }
}
