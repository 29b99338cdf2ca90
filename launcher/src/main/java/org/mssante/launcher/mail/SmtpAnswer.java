package org.mssante.launcher.mail;

import java.util.List;

/** How a server answered a message. Replies are its own words. */
public sealed interface SmtpAnswer {

    /** A command and the server's reply to it. */
    record Refusal(String command, String reply) {
        @Override
        public String toString() {
            return command + " -> " + reply;
        }
    }

    /**
     * The server took the message.
     *
     * @param recipients those it took it for
     * @param refused those it did not
     */
    record Accepted(String reply, List<String> recipients, List<Refusal> refused) implements SmtpAnswer {
        public Accepted {
            recipients = List.copyOf(recipients);
            refused = List.copyOf(refused);
        }
    }

    /** The server took the message for nobody. */
    record Refused(List<Refusal> refusals) implements SmtpAnswer {
        public Refused {
            refusals = List.copyOf(refusals);
        }
    }

    /** The server's words, one line. */
    default String words() {
        if (this instanceof Accepted accepted) {
            return accepted.reply();
        }
        return String.join(
                "; ", ((Refused) this).refusals().stream().map(Refusal::reply).toList());
    }
}
