package org.mssante.annuaire.index;

import java.io.IOException;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;

/** Those of the index itself, for its next commit. */
final class LiveDocuments implements Documents {
    private final IndexWriter writer;

    LiveDocuments(IndexWriter writer) {
        this.writer = writer;
    }

    @Override
    public void add(EntryKey key, Document document) throws IOException {
        writer.addDocument(document);
    }

    @Override
    public void replace(EntryKey key, Document document) throws IOException {
        writer.updateDocument(EntryDocuments.key(key), document);
    }

    @Override
    public void remove(EntryKey key) throws IOException {
        writer.deleteDocuments(EntryDocuments.key(key));
    }

    @Override
    public DirectoryReader written() throws IOException {
        return DirectoryReader.open(writer);
    }
}
