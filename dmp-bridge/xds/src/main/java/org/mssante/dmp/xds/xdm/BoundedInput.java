package org.mssante.dmp.xds.xdm;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an error once more octets were read than allowed. */
final class BoundedInput extends FilterInputStream {
    private long left;
    private boolean exceeded;

    BoundedInput(InputStream in, long maxOctets) {
        super(in);
        this.left = maxOctets;
    }

    boolean exceeded() {
        return exceeded;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        if (octet >= 0) {
            count(1);
        }
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            count(count);
        }
        return count;
    }

    @Override
    public long skip(long count) {
        throw new UnsupportedOperationException("an XML parser reads on");
    }

    private void count(int octets) throws IOException {
        left -= octets;
        if (left < 0) {
            exceeded = true;
            throw new IOException("more octets than allowed");
        }
    }
}
