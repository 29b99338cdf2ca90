package org.mssante.dmp.xds.xml;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Remembers that reading failed: a parser tells of it as of malformed XML. */
final class FaithfulInput extends FilterInputStream {
    private Optional<IOException> failure = Optional.empty();

    FaithfulInput(InputStream in) {
        super(in);
    }

    /** @throws IOException that of the stream, if there was one */
    void failure() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
    }
}
