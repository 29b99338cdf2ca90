package org.mssante.annuaire.index;

import java.io.IOException;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;

/** Those of the index itself, for its next commit. */
final class LiveDocuments implements Documents {
    private final IndexWriter writer;
    private final ChangeTimes times;

    /** @param times of the next commit */
    LiveDocuments(IndexWriter writer, ChangeTimes times) {
        this.writer = writer;
        this.times = times;
    }

    @Override
    public void add(EntryKey key, Document document) throws IOException {
        document.add(times.field());
        writer.addDocument(document);
    }

    @Override
    public void replace(EntryKey key, Document document) throws IOException {
        document.add(times.field());
        writer.updateDocument(EntryDocuments.key(key), document);
    }

    @Override
    public void remove(EntryKey key) throws IOException {
        writer.deleteDocuments(EntryDocuments.key(key));
    }

    @Override
    public void touch(Term term) throws IOException {
        writer.updateDocValues(term, times.field());
    }

    @Override
    public DirectoryReader written() throws IOException {
        return DirectoryReader.open(writer);
    }
}
