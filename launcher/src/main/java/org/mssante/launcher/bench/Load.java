package org.mssante.launcher.bench;

import java.time.Duration;

/**
 * The load of a round.
 *
 * @param octets of a message, roughly
 * @param sessions connections that hand in at once, each the next message as soon as the last one is accepted
 * @param recipients of a message
 * @param sending how long messages are handed in
 * @param patience how long to wait then for what is not visible yet
 */
public record Load(int octets, int sessions, int recipients, Duration sending, Duration patience) {

    Load lasting(Duration other) {
        return new Load(octets, sessions, recipients, other, patience);
    }
}
