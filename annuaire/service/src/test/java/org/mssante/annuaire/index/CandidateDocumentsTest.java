package org.mssante.annuaire.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Of a hundred documents all are "every", one in two "second", one in three "third", and the last one "last". */
final class CandidateDocumentsTest {
    private static final String FIELD = "word";
    private static final int DOCUMENTS = 100;
    private static final Directory DIRECTORY = new ByteBuffersDirectory();

    private static DirectoryReader reader;

    @BeforeAll
    static void index() throws IOException {
        try (IndexWriter writer = new IndexWriter(DIRECTORY, new IndexWriterConfig())) {
            for (int i = 0; i < DOCUMENTS; i++) {
                writer.addDocument(document(i));
            }
        }
        reader = DirectoryReader.open(DIRECTORY);
    }

    @AfterAll
    static void close() throws IOException {
        reader.close();
        DIRECTORY.close();
    }

    @Test
    void documentsOfCommonTermsHaveThemAll() throws IOException {
        assertThat(of(all(term("every"), term("second"), term("third"))))
                .containsExactlyElementsOf(multiples(6).boxed().toList());
    }

    @Test
    void documentsOfARareTermAreAllOfThemWhateverElseIsNeeded() throws IOException {
        assertThat(of(all(term("second"), term("last")))).containsExactly(DOCUMENTS - 1);
        assertThat(of(all(term("every"), all(term("third"), term("last"))))).containsExactly(DOCUMENTS - 1);
        assertThat(of(term("last"))).containsExactly(DOCUMENTS - 1);
    }

    @Test
    void noDocumentHasATermThatIsNowhere() throws IOException {
        assertThat(of(all(term("every"), term("never")))).isEmpty();
        assertThat(of(term("never"))).isEmpty();
    }

    @Test
    void oneOfSeveralTermsIsEnoughWhereNoneIsNeeded() throws IOException {
        Query either = new BooleanQuery.Builder()
                .add(term("last"), BooleanClause.Occur.SHOULD)
                .add(term("second"), BooleanClause.Occur.SHOULD)
                .build();

        assertThat(of(either))
                .hasSize(DOCUMENTS / 2 + 1)
                .containsAll(multiples(2).boxed().toList())
                .contains(DOCUMENTS - 1);
    }

    private static List<Integer> of(Query query) throws IOException {
        CandidateDocuments candidates = new CandidateDocuments(new IndexSearcher(reader), query);
        LeafReaderContext leaf = reader.leaves().get(0);
        DocIdSetIterator documents = candidates.of(leaf);
        return IntStream.iterate(next(documents), doc -> doc != DocIdSetIterator.NO_MORE_DOCS, doc -> next(documents))
                .boxed()
                .toList();
    }

    private static int next(DocIdSetIterator documents) {
        try {
            return documents.nextDoc();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static IntStream multiples(int of) {
        return IntStream.range(0, DOCUMENTS).filter(i -> i % of == 0);
    }

    private static Query term(String word) {
        return new TermQuery(new Term(FIELD, word));
    }

    private static Query all(Query... parts) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        Arrays.stream(parts).forEach(part -> all.add(part, BooleanClause.Occur.FILTER));
        return all.build();
    }

    private static Document document(int number) {
        Document document = new Document();
        document.add(new StringField(FIELD, "every", Field.Store.NO));
        if (number % 2 == 0) {
            document.add(new StringField(FIELD, "second", Field.Store.NO));
        }
        if (number % 3 == 0) {
            document.add(new StringField(FIELD, "third", Field.Store.NO));
        }
        if (number == DOCUMENTS - 1) {
            document.add(new StringField(FIELD, "last", Field.Store.NO));
        }
        return document;
    }
}
