package org.mssante.annuaire.office;

import java.util.Optional;
import org.mssante.core.id.MailAddress;

/** Who wants something done. */
public sealed interface Author {
    /** As the history names him, in the role he acts in. */
    String named(Role role);

    /** His own mailbox, where he has come with it. */
    Optional<MailAddress> person();

    /** Whether he is known by more than a password. */
    boolean proven();

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

        /** The machine knows him. */
        @Override
        public boolean proven() {
            return true;
        }
    }

    /**
     * Somebody who has logged in over the network, by his own mailbox.
     *
     * @param credentialsVersion what his passwords stood at when he was let in
     */
    record Person(MailAddress address, long credentialsVersion, boolean proven) implements Author {
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
