package org.mssante.annuaire.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;

/**
 * Those of a long update, written beside the index, which goes on changing meanwhile, and taken into it in one step: an index of
 * their own, a list of the keys that no document of the index may have any more, and one of terms of those that have changed.
 * Thread-safe.
 */
final class StagedDocuments implements Documents, Closeable {
    private static final String KEYS = "keys";
    private static final String TOUCHED = "touched";

    private final Path folder;
    private final Directory directory;
    private final IndexWriter writer;
    private final NotedTerms keys;
    private final NotedTerms touched;

    /** @param folder of its own; emptied first, and in the end */
    StagedDocuments(Path folder, IndexWriterConfig config) throws IOException {
        this.folder = folder;
        discard(folder);
        Files.createDirectories(folder);
        this.directory = FSDirectory.open(folder);
        this.writer = new IndexWriter(directory, config);
        this.keys = new NotedTerms(folder.resolve(KEYS));
        this.touched = new NotedTerms(folder.resolve(TOUCHED));
    }

    /** Removes what a killed process left. */
    static void discard(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** The key is noted all the same: the index may have got a document of that key since. */
    @Override
    public void add(EntryKey key, Document document) throws IOException {
        remove(key);
        writer.addDocument(document);
    }

    @Override
    public void replace(EntryKey key, Document document) throws IOException {
        remove(key);
        writer.updateDocument(EntryDocuments.key(key), document);
    }

    @Override
    public void remove(EntryKey key) throws IOException {
        keys.add(EntryDocuments.key(key));
    }

    @Override
    public void touch(Term term) throws IOException {
        touched.add(term);
    }

    @Override
    public DirectoryReader written() throws IOException {
        return DirectoryReader.open(writer);
    }

    /** Removes from an index what has one of the noted keys. */
    void clear(IndexWriter index) throws IOException {
        keys.forEach(index::deleteDocuments);
        // it is gone before anything comes: it must not take what comes with it
        DirectoryReader.open(index).close();
    }

    /** Puts all into an index; it is seen with that one's next commit. No more can be written here. */
    void takeInto(IndexWriter index) throws IOException {
        writer.commit();
        writer.close();
        index.addIndexes(directory);
    }

    /** Gives what has been taken in from here, and what was touched, the time of the index's next commit. */
    void mark(IndexWriter index, ChangeTimes times) throws IOException {
        keys.forEach(term -> index.updateDocValues(term, times.field()));
        touched.forEach(term -> index.updateDocValues(term, times.field()));
    }

    @Override
    public void close() throws IOException {
        try {
            // all of them, whichever fails: a writer that stays open keeps the folder from the next one
            IOUtils.close(keys, touched, writer, directory);
        } finally {
            discard(folder);
        }
    }
}
