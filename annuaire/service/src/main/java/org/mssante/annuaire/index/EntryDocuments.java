package org.mssante.annuaire.index;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
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
 * people search in, holds their three-character parts and the words too short to have one: candidates are tested, so sharing costs
 * nothing but a few false ones and saves most of the index. The entry itself is stored packed.
 */
final class EntryDocuments {
    /** Raise it whenever documents are made in another way: an index of another format is made anew. */
    static final String FORMAT = "7";

    static final String KEY = "#key";
    static final String PARENT = "#parent";
    static final String BRANCH = "#branch";
    static final String AUDIENCE = "#audience";
    static final String PRESENT = "#present";
    static final String GRAMS = "#grams";
    static final String SHORT_WORDS = "#words";
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
        Set<String> present = new LinkedHashSet<>();
        Set<String> shortWords = new HashSet<>();
        entry.attributes().forEach((attribute, kept) -> {
            present.add(attribute.ldapName());
            for (String value : attribute == Attribute.COMMON_NAME ? CommonNames.of(entry) : kept) {
                String normal = attribute.matching().normal(value);
                term(document, attribute.ldapName(), Terms.whole(normal));
                if (attribute.searchedByPeople()) {
                    grams.add(normal);
                    Terms.words(normal).stream().filter(Terms::hasNoGram).forEach(shortWords::add);
                }
            }
        });
        document.add(new Field(GRAMS, grams, TERMS));
        document.add(new Field(PRESENT, new Tokens(present), TERMS));
        document.add(new Field(SHORT_WORDS, new Tokens(shortWords), TERMS));
        document.add(new StoredField(ENTRY, new BytesRef(packed)));
        document.add(new NumericDocValuesField(MARK, mark));
        return document;
    }

    /** The terms of a field that has many. */
    private static final class Tokens extends TokenStream {
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final Set<String> all;
        private Iterator<String> left;

        Tokens(Set<String> all) {
            this.all = all;
            this.left = all.iterator();
        }

        @Override
        public boolean incrementToken() {
            if (!left.hasNext()) {
                return false;
            }
            clearAttributes();
            term.append(left.next());
            return true;
        }

        @Override
        public void reset() {
            left = all.iterator();
        }
    }

    private static void term(Document document, String field, String value) {
        document.add(new StringField(field, value, Field.Store.NO));
    }
}
