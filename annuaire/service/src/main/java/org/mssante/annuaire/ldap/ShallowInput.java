package org.mssante.annuaire.ldap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What a client sends, watched for how deep its elements lie in each other (X.690 §8.1): the SDK decodes filters by recursion, and
 * would end in the middle of its work where its stack does. Not thread-safe.
 */
final class ShallowInput extends FilterInputStream {
    /** More than any limit of filters that can be set, and less than half of what a stack of 512 kB bears, compiled or not. */
    static final int MOST_LEVELS = 250;

    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_LENGTH = 0x80;
    private static final int MOST_LENGTH_OCTETS = 4;
    private static final int OCTET = 0xFF;

    private final Consumer<String> refusal;
    private long[] ends = new long[16];
    private int levels;
    private long at;
    private Next next = Next.TAG;
    private boolean constructed;
    private int lengthOctets;
    private long length;

    private enum Next {
        TAG,
        LENGTH,
        LONG_LENGTH,
        CONTENT
    }

    /** @param refusal told why the client is not listened to any more */
    ShallowInput(InputStream in, Consumer<String> refusal) {
        super(in);
        this.refusal = refusal;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & OCTET;
    }

    @Override
    public int read(byte[] octets, int from, int count) throws IOException {
        int read = in.read(octets, from, count);
        for (int i = from; i < from + read; ) {
            i += take(octets, i, from + read);
        }
        return read;
    }

    /** Nothing is passed over unseen. */
    @Override
    public long skip(long count) throws IOException {
        byte[] passed = new byte[(int) Math.min(count, 4_096)];
        return Math.max(0, read(passed, 0, passed.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private int take(byte[] octets, int from, int end) throws IOException {
        int octet = octets[from] & OCTET;
        int taken = next == Next.CONTENT ? (int) Math.min(length, end - from) : 1;
        at += taken;
        switch (next) {
            case TAG -> {
                constructed = (octet & CONSTRUCTED) != 0;
                next = Next.LENGTH;
            }
            case LENGTH -> {
                length = octet;
                if (octet < LONG_LENGTH) {
                    enter();
                } else {
                    lengthOctets = octet - LONG_LENGTH;
                    length = 0;
                    check(lengthOctets > 0 && lengthOctets <= MOST_LENGTH_OCTETS, "a length has no such form");
                    next = Next.LONG_LENGTH;
                }
            }
            case LONG_LENGTH -> {
                length = (length << Byte.SIZE) | octet;
                lengthOctets--;
                if (lengthOctets == 0) {
                    enter();
                }
            }
            case CONTENT -> {
                length -= taken;
                if (length == 0) {
                    leave();
                }
            }
        }
        return taken;
    }

    /** Behind the length of an element. */
    private void enter() throws IOException {
        check(levels > 0 || constructed, "a message is no sequence");
        check(levels == 0 || at + length <= ends[levels - 1], "an element is longer than the one around it");
        if (constructed) {
            check(levels < MOST_LEVELS, "its elements lie more than " + MOST_LEVELS + " levels deep");
            if (levels == ends.length) {
                ends = Arrays.copyOf(ends, 2 * levels);
            }
            ends[levels] = at + length;
            levels++;
        }
        if (constructed || length == 0) {
            leave();
        } else {
            next = Next.CONTENT;
        }
    }

    /** Behind an element, or at the beginning of one with others in it: those that end here are over. */
    private void leave() {
        while (levels > 0 && ends[levels - 1] == at) {
            levels--;
        }
        next = Next.TAG;
    }

    private void check(boolean well, String otherwise) throws IOException {
        if (!well) {
            refusal.accept(otherwise);
            throw new IOException(otherwise);
        }
    }
}
