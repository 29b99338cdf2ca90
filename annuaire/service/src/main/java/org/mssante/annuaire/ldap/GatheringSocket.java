package org.mssante.annuaire.ldap;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection whose messages leave together: what is written goes out when more is waited for than has come, when it is much, and
 * at the end. The answer to a search is a message for each entry and one that ends it; sent one by one, each would wake the client.
 */
final class GatheringSocket extends Socket {
    private static final Logger LOGGER = LoggerFactory.getLogger(GatheringSocket.class);
    /** A TLS record and its frame fit in. */
    private static final int OCTETS = 17 * 1024;

    private InputStream in;
    private Gathered out;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (in == null) {
            InputStream plain = super.getInputStream();
            Gathered gathered = getOutputStream();
            in = new BufferedInputStream(
                    new FilterInputStream(plain) {
                        @Override
                        public int read(byte[] octets, int from, int count) throws IOException {
                            gathered.flush();
                            return super.read(octets, from, count);
                        }
                    },
                    OCTETS);
        }
        return in;
    }

    @Override
    public synchronized Gathered getOutputStream() throws IOException {
        if (out == null) {
            out = new Gathered(super.getOutputStream());
        }
        return out;
    }

    /** Whoever closes does not wait for another thread that is writing. */
    @Override
    public synchronized void close() throws IOException {
        if (out != null) {
            out.flushIfFree();
        }
        super.close();
    }

    /** Thread-safe. */
    static final class Gathered extends OutputStream {
        private final OutputStream wire;
        private final ReentrantLock lock = new ReentrantLock();
        private final byte[] octets = new byte[OCTETS];
        private int count;

        private Gathered(OutputStream wire) {
            this.wire = wire;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] source, int from, int length) throws IOException {
            lock.lock();
            try {
                if (length > octets.length - count) {
                    send();
                }
                if (length > octets.length) {
                    wire.write(source, from, length);
                } else {
                    System.arraycopy(source, from, octets, count, length);
                    count += length;
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void flush() throws IOException {
            lock.lock();
            try {
                send();
            } finally {
                lock.unlock();
            }
        }

        private void flushIfFree() {
            if (!lock.tryLock()) {
                return;
            }
            try {
                send();
            } catch (IOException e) {
                LOGGER.debug("the last words did not reach the client: {}", e.getMessage());
            } finally {
                lock.unlock();
            }
        }

        private void send() throws IOException {
            int all = count;
            count = 0;
            if (all > 0) {
                wire.write(octets, 0, all);
            }
        }
    }
}
