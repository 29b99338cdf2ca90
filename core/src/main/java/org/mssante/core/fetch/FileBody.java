package org.mssante.core.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Puts a body behind what stands in a file. It hangs up where the document is too large or the disk fills, whatever length the server
 * announced; what has come stays.
 */
final class FileBody implements BodySubscriber<Void>, Closeable {
    /** How often the disk is asked how full it is. */
    private static final long BETWEEN_LOOKS = 16L * 1024 * 1024;

    private final FileChannel out;
    private final Room room;
    private final Runnable alive;
    private final CompletableFuture<Void> body = new CompletableFuture<>();
    private final AtomicReference<Flow.Subscription> source = new AtomicReference<>();
    private long untilNextLook = BETWEEN_LOOKS;

    /**
     * How much may come.
     *
     * @param maxBytes of the document
     * @param diskReserve octets that stay free on the disk
     */
    record Room(Path file, long maxBytes, long diskReserve) {
        void check(long whole, long toCome) throws IOException {
            if (whole > maxBytes) {
                throw new IOException("it is larger than " + maxBytes + " bytes");
            }
            if (Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() - toCome < diskReserve) {
                throw new IOException(
                        "the disk has no room for it beside the " + diskReserve + " bytes that are to stay free");
            }
        }
    }

    /** @param alive told whenever something comes */
    FileBody(Room room, Runnable alive) throws IOException {
        this.room = room;
        this.alive = alive;
        this.out = FileChannel.open(room.file(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public CompletionStage<Void> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source.set(subscription);
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        alive.run();
        try {
            for (ByteBuffer buffer : buffers) {
                write(buffer);
            }
            source.get().request(1);
        } catch (IOException e) {
            source.get().cancel();
            end(e);
        }
    }

    private void write(ByteBuffer buffer) throws IOException {
        long whole = out.size() + buffer.remaining();
        untilNextLook -= buffer.remaining();
        if (untilNextLook < 0 || whole > room.maxBytes()) {
            room.check(whole, buffer.remaining());
            untilNextLook = BETWEEN_LOOKS;
        }
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(failure);
    }

    @Override
    public void onComplete() {
        try (out) {
            out.force(true);
        } catch (IOException e) {
            body.completeExceptionally(e);
            return;
        }
        body.complete(null);
    }

    /** What comes from here on goes nowhere. */
    @Override
    public void close() throws IOException {
        out.close();
    }

    private void end(Throwable failure) {
        try {
            close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        body.completeExceptionally(failure);
    }
}
