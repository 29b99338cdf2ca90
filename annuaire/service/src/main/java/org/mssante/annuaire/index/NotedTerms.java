package org.mssante.annuaire.index;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.index.Term;

/** Terms in a file, as many as there may be. Thread-safe. */
final class NotedTerms implements Closeable {
    private final Path file;
    private final DataOutputStream out;
    private long count;

    /** Takes one term. */
    @FunctionalInterface
    interface Sink {
        void accept(Term term) throws IOException;
    }

    /** @param file made anew; whoever gave it removes it */
    NotedTerms(Path file) throws IOException {
        this.file = file;
        this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    }

    synchronized void add(Term term) throws IOException {
        out.writeUTF(term.field());
        out.writeUTF(term.text());
        count++;
    }

    /** Hands all over, in the order in which they came; no more can be noted. */
    synchronized void forEach(Sink sink) throws IOException {
        out.close();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (long left = count; left > 0; left--) {
                sink.accept(new Term(in.readUTF(), in.readUTF()));
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
