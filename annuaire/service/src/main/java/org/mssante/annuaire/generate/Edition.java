package org.mssante.annuaire.generate;

/**
 * The register on one day: the first edition, or one that follows it by so many steps. In each step a share of all lines
 * changes, and a tenth of that share goes and comes.
 *
 * @param number 0 for the first
 * @param changes share of lines that change in one step, 0 to 1
 */
public record Edition(int number, double changes) {
    private static final int COMING_AND_GOING = 10;

    /** How often a line has changed up to this edition. */
    int version(Draw draw, String kind, long line) {
        int version = 0;
        for (int step = 1; step <= number; step++) {
            version += draw.happens(changes, kind + step, line) ? 1 : 0;
        }
        return version;
    }

    /** True where a line has gone by this edition. */
    boolean isGone(Draw draw, String kind, long line) {
        for (int step = 1; step <= number; step++) {
            if (draw.happens(changes / COMING_AND_GOING, "gone" + kind + step, line)) {
                return true;
            }
        }
        return false;
    }

    /** How many have come since the first edition, which had {@code first}. */
    int come(int first) {
        return (int) (first * changes / COMING_AND_GOING * number);
    }
}
