package org.mssante.annuaire.index;

import java.util.Map;
import java.util.Set;
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
 * the address. One holds all other terms, each behind a character that tells what it is: the normal form of a value, or where the
 * entry stands. Two hold three-character parts, one those of who is meant, one those of where that is, so that a pharmacy's name finds
 * the pharmacy and not all who work at one; the words too short to have a part are among the terms. Candidates are tested, so sharing
 * costs nothing but a few false ones and saves most of the index. The entry itself is stored packed.
 */
final class EntryDocuments {
    /** Raise it whenever documents are made in another way: an index of another format is indexed once more. */
    static final String FORMAT = "12";

    static final String KEY = "#key";
    static final String ADDRESS = "#address";
    static final String ENTRY = "#entry";
    static final String MARK = "#mark";

    private static final String TERMS = "#terms";
    private static final String NAME_GRAMS = "#name-grams";
    private static final String PLACE_GRAMS = "#place-grams";

    /** An address is made of a name, so that most of its parts are there already. */
    private static final Set<Attribute> NAMES = Set.of(
            Attribute.COMMON_NAME, Attribute.DISPLAY_NAME, Attribute.FAMILY_NAME, Attribute.GIVEN_NAME, Attribute.MAIL);

    /**
     * Attributes that have the mark of another, since they have its value nearly always and it is indexed once then: what is displayed is
     * the common name, and a structure is named by one of its numbers.
     */
    private static final Map<Attribute, Attribute> AKIN = Map.of(
            Attribute.DISPLAY_NAME, Attribute.COMMON_NAME,
            Attribute.STRUCTURE_NUMBER, Attribute.UID);

    /** What a term tells, where it is no value: behind the numbers of all attributes, and an octet each as they are. */
    private static final char SHORT_WORD = 'w';

    private static final char PARENT = 'x';
    private static final char LONGER = 'y';
    private static final char TELLING = 'z';

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
        RegisterStructures.toldBy(entry).forEach(id -> add(document, telling(id.nationalId())));
        EntryGrams names = new EntryGrams();
        EntryGrams places = new EntryGrams();
        entry.attributes().forEach((attribute, kept) -> {
            if (attribute == Attribute.OBJECT_CLASS) {
                return;
            }
            for (String value : attribute == Attribute.COMMON_NAME ? CommonNames.of(entry) : kept) {
                String normal = attribute.matching().normal(value);
                add(document, value(attribute, normal));
                if (normal.length() > Terms.MAX_LENGTH) {
                    add(document, longer(attribute));
                }
                if (attribute.foundByParts()) {
                    (NAMES.contains(attribute) ? names : places).add(normal);
                    Terms.words(Terms.whole(normal)).stream()
                            .filter(Terms::hasNoGram)
                            .forEach(word -> add(document, shortWord(word)));
                }
            }
        });
        document.add(new Field(NAME_GRAMS, names, MANY));
        document.add(new Field(PLACE_GRAMS, places, MANY));
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

    /** Mailboxes that tell of a structure which the register may not have. */
    static Term telling(String nationalId) {
        return new Term(TERMS, TELLING + Attribute.STRUCTURE_NUMBER.matching().normal(nationalId));
    }

    /** Entries with a value that is too short to have parts, or has such a word. */
    static Term shortWord(String word) {
        return new Term(TERMS, SHORT_WORD + word);
    }

    /** Entries with a part of three characters in the attribute or in one that is akin to it. */
    static Term gram(Attribute attribute, String gram) {
        return new Term(NAMES.contains(attribute) ? NAME_GRAMS : PLACE_GRAMS, gram);
    }

    /** Entries with a value of that normal form, or with a long one that begins as it does; perhaps in an attribute that is akin to it. */
    static Term value(Attribute attribute, String normal) {
        return new Term(field(attribute), mark(attribute) + Terms.whole(normal));
    }

    /** Entries with a value too long to be indexed to its end. */
    static Term longer(Attribute attribute) {
        return new Term(TERMS, String.valueOf(new char[] {LONGER, mark(attribute)}));
    }

    /** True where {@link #value} finds that value alone. */
    static boolean isExact(Attribute attribute, String normal) {
        return normal.length() < Terms.MAX_LENGTH && !AKIN.containsKey(attribute) && !AKIN.containsValue(attribute);
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
        return (char) AKIN.getOrDefault(attribute, attribute).number();
    }
}
