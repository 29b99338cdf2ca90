package org.mssante.annuaire.index;

import java.util.HashSet;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/**
 * Entries as Lucene documents. Each attribute is a field of its normal forms; one field each, shared by the attributes
 * people search in, holds their three-character parts and their words: candidates are tested, so sharing costs nothing
 * but a few false ones and saves most of the index. The entry itself is stored packed.
 */
final class EntryDocuments {
    /** Raise it whenever documents are made in another way: an index of another format is made anew. */
    static final String FORMAT = "4";

    static final String KEY = "#key";
    static final String PARENT = "#parent";
    static final String BRANCH = "#branch";
    static final String AUDIENCE = "#audience";
    static final String PRESENT = "#present";
    static final String GRAMS = "#grams";
    static final String WORDS = "#words";
    static final String ENTRY = "#entry";
    static final String MARK = "#mark";

    /** As a {@link StringField} is indexed, for many terms at once. */
    private static final FieldType TERMS = new FieldType();

    static {
        TERMS.setOmitNorms(true);
        TERMS.setIndexOptions(IndexOptions.DOCS);
        TERMS.freeze();
    }

    private EntryDocuments() {}

    static Document document(DirectoryEntry entry, byte[] packed, long mark) {
        Document document = new Document();
        term(document, KEY, entry.key().term());
        entry.key().parent().ifPresent(parent -> term(document, PARENT, parent.term()));
        entry.key().branch().ifPresent(branch -> term(document, BRANCH, branch.unit()));
        term(document, AUDIENCE, entry.audience().name());
        EntryGrams grams = new EntryGrams();
        Set<String> words = new HashSet<>();
        entry.attributes().forEach((attribute, values) -> {
            term(document, PRESENT, attribute.ldapName());
            for (String value : values) {
                String normal = attribute.matching().normal(value);
                term(document, attribute.ldapName(), Terms.whole(normal));
                if (attribute.searchedByPeople()) {
                    grams.add(normal);
                    words.addAll(Terms.words(normal));
                }
            }
        });
        document.add(new Field(GRAMS, grams, TERMS));
        words.forEach(word -> term(document, WORDS, word));
        document.add(new StoredField(ENTRY, new BytesRef(packed)));
        document.add(new NumericDocValuesField(MARK, mark));
        return document;
    }

    private static void term(Document document, String field, String value) {
        document.add(new StringField(field, value, Field.Store.NO));
    }
}
