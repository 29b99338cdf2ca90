package org.mssante.server.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mssante.core.trace.Event;
import org.mssante.server.trust.TrustFacts;

/** One way for messages to leave: to the operators, or to the bridge. Thread-safe; blocks while it talks. */
public interface HandOver {

    /** Recipients of one destination share connection, fate and back-off. */
    String destinationOf(MailAddress recipient);

    /**
     * Where the servers of a destination are. Destinations that share servers share the places of work and the rest after a
     * failure to reach them: an operator's servers stand for thousands of domains.
     */
    default String siteOf(String destination) {
        return destination;
    }

    /** Talks to the destination's servers until one takes or refuses the message. */
    Result attempt(String destination, Mail mail, List<MailAddress> recipients);

    /** What a success is called in the trace. */
    Event successEvent();

    /**
     * What one attempt achieved; every recipient is in {@code failures} or was taken.
     *
     * @param receipt the peer that took the message; empty where nobody was taken
     */
    record Result(Optional<Receipt> receipt, Map<MailAddress, Failure> failures) {

        public Result {
            failures = Map.copyOf(failures);
        }

        /** The failures with the server that caused them. */
        Result saidBy(HostPort host, TrustFacts facts) {
            Map<MailAddress, Failure> said = new HashMap<>();
            failures.forEach(
                    (recipient, failure) -> said.put(recipient, failure.at(host).with(facts)));
            return new Result(receipt, said);
        }

        /** Nobody was taken, all for one reason. */
        static Result failed(List<MailAddress> recipients, Failure failure) {
            return failed(recipients, Map.of(), failure);
        }

        /** Nobody was taken: some for a reason of their own, the others for {@code rest}. */
        static Result failed(List<MailAddress> recipients, Map<MailAddress, Failure> own, Failure rest) {
            Map<MailAddress, Failure> failures = new HashMap<>(own);
            recipients.forEach(recipient -> failures.putIfAbsent(recipient, rest));
            return new Result(Optional.empty(), failures);
        }
    }

    /**
     * Who took a message, and in which words.
     *
     * @param tls protocol and cipher suite of the connection
     * @param reportsItself whether it has taken over what the sender asked of reports (RFC 3461 §5.2.1)
     */
    record Receipt(HostPort peer, String tls, TrustFacts facts, SmtpReply reply, boolean reportsItself) {}
}
