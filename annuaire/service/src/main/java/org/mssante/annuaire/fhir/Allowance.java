package org.mssante.annuaire.fhir;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.mssante.annuaire.index.Answer;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.Question;
import org.mssante.annuaire.index.Snapshot;

/**
 * How many entries one answer may still give, and until when they may be looked for: those found, and those that go with them, as the
 * mailboxes of a resource. Not thread-safe.
 */
final class Allowance {
    private final int most;
    private final Instant deadline;
    private final Clock clock;
    private final boolean cutting;
    private int left;
    private boolean cut;

    /** There are more entries than the answer may give. */
    static final class SpentException extends IOException {
        private static final long serialVersionUID = 1L;

        SpentException() {
            super("there are more entries than one answer gives");
        }
    }

    /** The time was up before all was found. */
    static final class LateException extends IOException {
        private static final long serialVersionUID = 1L;

        LateException() {
            super("the search takes too long: narrow it down");
        }
    }

    /**
     * @param most entries that are read for one purpose, whether they are given or not
     * @param left entries that are given
     * @param cutting whether of those that go with an entry as many are given as may be, and {@link #isCut} tells
     */
    Allowance(int most, int left, boolean cutting, Instant deadline, Clock clock) {
        this.most = most;
        this.left = left;
        this.cutting = cutting;
        this.deadline = deadline;
        this.clock = clock;
    }

    int left() {
        return left;
    }

    /** Whether something of a resource had to be left out. */
    boolean isCut() {
        return cut;
    }

    /** Gives one entry. */
    void takeOne() throws SpentException {
        if (left == 0) {
            throw new SpentException();
        }
        left--;
    }

    /** Gives all that are found. */
    List<DirectoryEntry> take(Snapshot snapshot, Question question) throws IOException {
        Answer answer = search(snapshot, question, left);
        if (answer.end() == Answer.End.LIMIT) {
            if (!cutting) {
                throw new SpentException();
            }
            cut = true;
        }
        left -= answer.entries().size();
        return answer.entries();
    }

    /** All that are found, to look at. */
    List<DirectoryEntry> all(Snapshot snapshot, Question question) throws IOException {
        Answer answer = search(snapshot, question, most);
        if (answer.end() == Answer.End.LIMIT) {
            throw new SpentException();
        }
        return answer.entries();
    }

    /** Some of what is found, from a place on; in time, or the answer says that it was up. */
    Answer some(Snapshot snapshot, Question question, int from, int limit) throws IOException {
        return snapshot.search(question, from, limit, deadline, clock);
    }

    private Answer search(Snapshot snapshot, Question question, int limit) throws IOException {
        Answer answer = some(snapshot, question, 0, limit);
        if (answer.end() == Answer.End.TIME) {
            throw new LateException();
        }
        return answer;
    }
}
