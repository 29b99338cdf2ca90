package org.mssante.annuaire.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mssante.annuaire.rpps.ReadReport;

/**
 * What became of one look at the register.
 *
 * @param source fingerprint of the extracts
 * @param actor who wanted it: {@code schedule}, or an operator
 * @param changes by kind of entry; empty where nothing was compared
 * @param remarks English sentences: why it waits or failed
 */
public record SyncRun(
        Instant started,
        Duration took,
        End end,
        String source,
        String actor,
        List<ReadReport> reads,
        Map<String, Counts> changes,
        List<String> remarks) {

    /** How it ended. */
    public enum End {
        /** The directory shows the new edition. */
        APPLIED("The new edition of the register is in force."),
        /** The extracts are those in force. */
        UNCHANGED("The extracts have not changed since they were taken over."),
        /** Nothing has changed; a person must say that the new edition is right. */
        HELD("The new edition waits: ./mssante annuaire sync --confirm takes it over."),
        /** Nothing has changed, nothing was meant to. */
        REHEARSED("Nothing was changed: this was a rehearsal."),
        /** Nothing has changed; the extracts could not be read or the index not be written. */
        FAILED("The register stays as it was.");

        private final String sentence;

        End(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    public SyncRun {
        reads = List.copyOf(reads);
        changes = Map.copyOf(changes);
        remarks = List.copyOf(remarks);
    }

    /** The changes in the order of their names. */
    public Map<String, Counts> sortedChanges() {
        return new TreeMap<>(changes);
    }
}
