package org.mssante.annuaire.index;

import java.io.IOException;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;

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
        writer.updateDocument(new Term(EntryDocuments.KEY, key.term()), document);
    }

    @Override
    public void remove(EntryKey key) throws IOException {
        writer.deleteDocuments(new Term(EntryDocuments.KEY, key.term()));
    }

    @Override
    public DirectoryReader written() throws IOException {
        return DirectoryReader.open(writer);
    }
}
