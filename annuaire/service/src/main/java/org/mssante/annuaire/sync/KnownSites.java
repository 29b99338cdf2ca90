package org.mssante.annuaire.sync;

import java.util.Arrays;
import org.mssante.annuaire.rpps.Activity;
import org.mssante.core.id.StructureId;

/**
 * Which structures have been read already just as they are read again: each stands on every line of those who practise there. Two
 * that differ are taken for the same in one pair of 2^64. Bounded: beyond the bound a structure is new each time, which costs
 * time and nothing else. Not thread-safe.
 */
final class KnownSites {
    private static final int FIRST_SLOTS = 1 << 12;
    /** Half of them used: 16 MB for a million structures, more than the country has. */
    private static final int MOST_SLOTS = 1 << 21;

    private static final long FREE = 0;
    /** 2^64 over the golden ratio: spreads what differs in few bits. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private long[] slots = new long[FIRST_SLOTS];
    private int used;

    /** True the first time. */
    boolean isNew(Activity.Site site) {
        long mark = mark(site);
        int slot = slot(mark);
        if (slots[slot] == mark) {
            return false;
        }
        if (used < slots.length / 2) {
            slots[slot] = mark;
            used++;
        } else if (slots.length < MOST_SLOTS) {
            grow();
            return isNew(site);
        }
        return true;
    }

    private int slot(long mark) {
        int slot = (int) (mark & (slots.length - 1));
        while (slots[slot] != FREE && slots[slot] != mark) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        Arrays.stream(old).filter(mark -> mark != FREE).forEach(mark -> slots[slot(mark)] = mark);
    }

    private static long mark(Activity.Site site) {
        long mark = mixed(site.name().length(), site.name());
        for (StructureId id : site.numbers()) {
            mark = mixed(mark ^ id.kind().prefix(), id.number());
        }
        mark = mixed(mark, site.sector());
        mark = mixed(mark, site.place().street());
        mark = mixed(mark, site.place().postalCode());
        mark = mixed(mark, site.place().town());
        mark = mixed(mark, site.place().phone());
        return mark == FREE ? SPREAD : mark;
    }

    private static long mixed(long before, String text) {
        long mark = (before ^ text.length()) * SPREAD;
        for (int i = 0; i < text.length(); i++) {
            mark = (mark ^ (mark >>> 32) ^ text.charAt(i)) * SPREAD;
        }
        return mark ^ (mark >>> 32);
    }
}
