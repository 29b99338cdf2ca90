package org.mssante.annuaire.index;

import java.util.Set;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.PostingsFormat;
import org.apache.lucene.codecs.StoredFieldsFormat;
import org.apache.lucene.codecs.bloom.BloomFilteringPostingsFormat;
import org.apache.lucene.codecs.compressing.CompressionMode;
import org.apache.lucene.codecs.lucene90.compressing.Lucene90CompressingStoredFieldsFormat;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene912.Lucene912PostingsFormat;
import org.apache.lucene.codecs.perfield.PerFieldPostingsFormat;

/**
 * How the index lies on the disk. Most who ask want one entry, by its key or by its address: a filter in memory tells the parts of
 * the index that cannot have it, and where it is found little has to be unpacked. Lucene finds this class by its name in the index.
 */
public final class DirectoryCodec extends FilterCodec {
    private static final String NAME = "MssanteDirectory";
    private static final Set<String> UNIQUE = Set.of(EntryDocuments.KEY, EntryDocuments.ADDRESS);

    /** Octets and entries that are compressed together: what one entry costs to read. */
    private static final int CHUNK_OCTETS = 4 * 1024;

    private static final int CHUNK_ENTRIES = 32;
    /** Chunks for each block of their index. */
    private static final int BLOCK_SHIFT = 10;

    private final PostingsFormat postings = new PerFieldPostingsFormat() {
        private final PostingsFormat all = new Lucene912PostingsFormat();
        private final PostingsFormat unique = new BloomFilteringPostingsFormat(all);

        @Override
        public PostingsFormat getPostingsFormatForField(String field) {
            return UNIQUE.contains(field) ? unique : all;
        }
    };
    private final StoredFieldsFormat entries = new Lucene90CompressingStoredFieldsFormat(
            NAME, CompressionMode.FAST, CHUNK_OCTETS, CHUNK_ENTRIES, BLOCK_SHIFT);

    public DirectoryCodec() {
        super(NAME, new Lucene912Codec());
    }

    @Override
    public PostingsFormat postingsFormat() {
        return postings;
    }

    @Override
    public StoredFieldsFormat storedFieldsFormat() {
        return entries;
    }
}
