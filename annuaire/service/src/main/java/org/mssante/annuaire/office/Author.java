package org.mssante.annuaire.office;

import java.util.Optional;
import org.mssante.core.id.MailAddress;

/** Who wants something done. */
public sealed interface Author {
    /** As the history names him, in the role he acts in. */
    String named(Role role);

    /** His own mailbox, where he has come with it. */
    Optional<MailAddress> person();

    /** The operator at his machine; the kernel names the user. */
    record Operator(String user) implements Author {
        @Override
        public String named(Role role) {
            return role.word() + " " + user;
        }

        @Override
        public Optional<MailAddress> person() {
            return Optional.empty();
        }
    }

    /** Somebody who has logged in over the network, by his own mailbox. */
    record Person(MailAddress address) implements Author {
        @Override
        public String named(Role role) {
            return role.word() + " " + address;
        }

        @Override
        public Optional<MailAddress> person() {
            return Optional.of(address);
        }
    }
}
