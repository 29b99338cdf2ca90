package org.mssante.annuaire.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RarestTermsTest {
    private static final String FIELD = "part";

    private static final Directory DIRECTORY = new ByteBuffersDirectory();

    private static DirectoryReader reader;

    @BeforeAll
    static void index() throws IOException {
        try (IndexWriter writer = new IndexWriter(DIRECTORY, new IndexWriterConfig())) {
            writer.addDocument(document("often", "seldom"));
            writer.commit();
            writer.addDocument(document("often", "once", "seldom"));
            writer.addDocument(document("often"));
        }
        reader = DirectoryReader.open(DIRECTORY);
    }

    @AfterAll
    static void close() throws IOException {
        reader.close();
        DIRECTORY.close();
    }

    @Test
    void theRarestTermsAloneAreAskedFor() throws IOException {
        assertThat(count(1, "often", "seldom")).isEqualTo(2);
        assertThat(count(1, "often", "once", "seldom")).isEqualTo(1);
        assertThat(new RarestTerms(terms("often", "once", "seldom"), 2).rewrite(new IndexSearcher(reader)))
                .hasToString("#part:once #part:seldom");
    }

    @Test
    void whereOneTermIsNowhereNothingIsFound() throws IOException {
        assertThat(count(1, "often", "never")).isZero();
    }

    private static int count(int most, String... texts) throws IOException {
        return new IndexSearcher(reader).count(new RarestTerms(terms(texts), most));
    }

    private static List<Term> terms(String... texts) {
        return Arrays.stream(texts).map(text -> new Term(FIELD, text)).toList();
    }

    private static Document document(String... parts) {
        Document document = new Document();
        for (String part : parts) {
            document.add(new StringField(FIELD, part, Field.Store.NO));
        }
        return document;
    }
}
