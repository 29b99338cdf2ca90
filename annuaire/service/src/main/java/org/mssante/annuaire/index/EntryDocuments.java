package org.mssante.annuaire.index;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/**
 * Entries as Lucene documents, with few fields: each more costs something for every document. One holds the key, one
 * the address. One holds all other terms, each behind a character that tells what it is: the normal form of a value, where the entry
 * stands, who may read it. One, shared by the attributes of names, holds their three-character parts;
 * the words too short to have one are among the terms. Candidates are tested, so sharing costs nothing but a few false ones and saves
 * most of the index. The entry itself is stored packed.
 */
final class EntryDocuments {
    /** Raise it whenever documents are made in another way: an index of another format is indexed once more. */
    static final String FORMAT = "9";

    static final String KEY = "#key";
    static final String ADDRESS = "#address";
    static final String ENTRY = "#entry";
    static final String MARK = "#mark";

    private static final String TERMS = "#terms";
    private static final String GRAMS = "#grams";

    /** What a term tells, where it is no value: behind the numbers of all attributes, and an octet each as they are. */
    private static final char SHORT_WORD = 'w';

    private static final char PARENT = 'x';
    private static final char BRANCH = 'y';
    private static final char AUDIENCE = 'z';

    /** As a {@link StringField} is indexed, for many terms at once. */
    private static final FieldType MANY = new FieldType();

    static {
        MANY.setOmitNorms(true);
        MANY.setIndexOptions(IndexOptions.DOCS);
        MANY.freeze();
    }

    private EntryDocuments() {}

    static Document document(DirectoryEntry entry, byte[] packed, long mark) {
        Document document = new Document();
        add(document, key(entry.key()));
        entry.key().parent().ifPresent(parent -> add(document, parent(parent)));
        entry.key().branch().ifPresent(branch -> add(document, branch(branch)));
        add(document, audience(entry.audience()));
        EntryGrams grams = new EntryGrams();
        entry.attributes().forEach((attribute, kept) -> {
            if (attribute == Attribute.OBJECT_CLASS) {
                return;
            }
            for (String value : attribute == Attribute.COMMON_NAME ? CommonNames.of(entry) : kept) {
                String normal = attribute.matching().normal(value);
                add(document, value(attribute, normal));
                if (attribute.foundByParts()) {
                    grams.add(normal);
                    Terms.words(normal).stream()
                            .filter(Terms::hasNoGram)
                            .forEach(word -> add(document, shortWord(word)));
                }
            }
        });
        document.add(new Field(GRAMS, grams, MANY));
        document.add(new StoredField(ENTRY, new BytesRef(packed)));
        document.add(new NumericDocValuesField(EntryTraits.FIELD, EntryTraits.of(entry)));
        document.add(new NumericDocValuesField(MARK, mark));
        return document;
    }

    private static void add(Document document, Term term) {
        document.add(new StringField(term.field(), term.bytes(), Field.Store.NO));
    }

    static Term key(EntryKey key) {
        return new Term(KEY, key.term());
    }

    /** Entries right below that one. */
    static Term parent(EntryKey key) {
        return new Term(TERMS, PARENT + key.term());
    }

    /** Entries of a branch, and the branch. */
    static Term branch(Branch branch) {
        return new Term(TERMS, BRANCH + branch.unit());
    }

    static Term audience(Audience audience) {
        return new Term(TERMS, AUDIENCE + audience.name());
    }

    /** Entries with a value that is too short to have parts, or has such a word. */
    static Term shortWord(String word) {
        return new Term(TERMS, SHORT_WORD + word);
    }

    /** Entries with a part of three characters. */
    static Term gram(String gram) {
        return new Term(GRAMS, gram);
    }

    /** Entries with a value of that normal form, or with a long one that begins as it does. */
    static Term value(Attribute attribute, String normal) {
        return new Term(field(attribute), mark(attribute) + Terms.whole(normal));
    }

    /** In front of all values of an attribute. */
    static Term first(Attribute attribute) {
        return value(attribute, "");
    }

    /** Behind all values of an attribute. */
    static Term end(Attribute attribute) {
        return new Term(field(attribute), String.valueOf((char) (mark(attribute) + 1)));
    }

    private static String field(Attribute attribute) {
        return attribute == Attribute.MAIL ? ADDRESS : TERMS;
    }

    private static char mark(Attribute attribute) {
        return (char) attribute.number();
    }
}
