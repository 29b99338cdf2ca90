package org.mssante.annuaire.generate;

/**
 * Numbers that look random and are the same whenever they are asked for again: a function of the seed, of what is drawn
 * and for whom. No state, so that the millionth record can be made without those before it.
 */
record Draw(long seed) {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    /** From 0 to below {@code bound}. */
    int below(int bound, String what, long whose) {
        return (int) Long.remainderUnsigned(bits(what, whose), bound);
    }

    /** True for this share of all, 0 to 1. */
    boolean happens(double share, String what, long whose) {
        return (bits(what, whose) >>> 11) * 0x1.0p-53 < share;
    }

    /** One of the values. */
    <T> T of(java.util.List<T> values, String what, long whose) {
        return values.get(below(values.size(), what, whose));
    }

    /** As many digits. */
    String digits(int count, String what, long whose) {
        StringBuilder text = new StringBuilder(count);
        long bits = bits(what, whose);
        for (int i = 0; i < count; i++) {
            text.append((char) ('0' + Long.remainderUnsigned(bits, 10)));
            bits = Long.divideUnsigned(bits, 10);
        }
        return text.toString();
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
    private long bits(String what, long whose) {
        long mixed = seed + what.hashCode() * STEP + whose * 0xD1B54A32D192ED03L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
