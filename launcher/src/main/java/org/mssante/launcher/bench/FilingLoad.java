package org.mssante.launcher.bench;

import java.time.Duration;

/**
 * The load of a round of filing.
 *
 * @param documents handed in, each in a mail of its own
 * @param sessions connections that hand in at once
 * @param open most mails handed in whose document has not ended: who files sets the pace
 * @param patience how long to wait for the next document to end
 */
public record FilingLoad(FilingMix mix, int documents, int sessions, int open, Duration patience) {

    FilingLoad of(int others) {
        return new FilingLoad(mix, others, sessions, open, patience);
    }
}
