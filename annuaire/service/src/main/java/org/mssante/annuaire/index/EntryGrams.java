package org.mssante.annuaire.index;

import java.util.Arrays;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;

/**
 * The three-character parts of one entry's values, each once, as the tokens of a field. An entry has dozens of them and the
 * country millions of entries: they are kept as numbers, three characters each, and never become texts. Not thread-safe.
 */
final class EntryGrams extends TokenStream {
    /** No part: three characters fill the lower bits alone. */
    private static final long FREE = -1;

    private static final int LEAST_SLOTS = 128;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
    private final char[] characters = new char[Terms.GRAM];
    private final BytesRef octets = new BytesRef(new byte[UnicodeUtil.maxUTF8Length(Terms.GRAM)]);
    private long[] slots = free(LEAST_SLOTS);
    private int size;
    private int next;

    /** Adds the parts of a normal form. */
    void add(String normal) {
        Terms.forEachGram(normal, (text, at) -> {
            if (2 * size >= slots.length) {
                grow();
            }
            long gram = 0;
            for (int i = at; i < at + Terms.GRAM; i++) {
                gram = (gram << Character.SIZE) | text.charAt(i);
            }
            put(gram);
        });
    }

    @Override
    public boolean incrementToken() {
        while (next < slots.length && slots[next] == FREE) {
            next++;
        }
        if (next == slots.length) {
            return false;
        }
        clearAttributes();
        long gram = slots[next++];
        for (int i = Terms.GRAM - 1; i >= 0; i--) {
            characters[i] = (char) gram;
            gram >>>= Character.SIZE;
        }
        octets.length = UnicodeUtil.UTF16toUTF8(characters, 0, Terms.GRAM, octets.bytes);
        term.setBytesRef(octets);
        return true;
    }

    @Override
    public void reset() {
        next = 0;
    }

    private void put(long gram) {
        int slot = (int) ((gram * SPREAD) >>> Integer.SIZE) & (slots.length - 1);
        while (slots[slot] != FREE) {
            if (slots[slot] == gram) {
                return;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = gram;
        size++;
    }

    private void grow() {
        long[] full = slots;
        slots = free(2 * full.length);
        size = 0;
        for (long gram : full) {
            if (gram != FREE) {
                put(gram);
            }
        }
    }

    private static long[] free(int count) {
        long[] slots = new long[count];
        Arrays.fill(slots, FREE);
        return slots;
    }
}
