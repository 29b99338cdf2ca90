package org.mssante.server.smime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An input of which only so many octets may be read until further notice: what is held in memory is budgeted, what is
 * only digested is not. Not thread-safe.
 */
final class BudgetedInput extends FilterInputStream {
    private long left;

    BudgetedInput(InputStream in, long budget) {
        super(in);
        this.left = budget;
    }

    /** Thrown once the budget is spent. */
    static final class SpentException extends IOException {
        private static final long serialVersionUID = 1L;

        SpentException() {
            super("larger than its budget");
        }
    }

    void allow(long octets) {
        left = octets;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        spend(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        int read = super.read(octets, offset, length);
        spend(Math.max(read, 0));
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void spend(int octets) throws IOException {
        left -= octets;
        if (left < 0) {
            throw new SpentException();
        }
    }
}
