package org.mssante.annuaire.sync;

/**
 * How many entries of one kind an update changes.
 *
 * @param same entries that stand already as the source has them
 */
public record Counts(long added, long changed, long removed, long same) {
    static final Counts NONE = new Counts(0, 0, 0, 0);

    /** As many stood before the update. */
    public long before() {
        return changed + removed + same;
    }

    /** As many entries are not as they were. */
    long written() {
        return added + changed + removed;
    }

    Counts plus(Counts other) {
        return new Counts(added + other.added, changed + other.changed, removed + other.removed, same + other.same);
    }
}
