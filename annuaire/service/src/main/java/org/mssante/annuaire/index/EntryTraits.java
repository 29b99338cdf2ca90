package org.mssante.annuaire.index;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;

/**
 * Which attributes an entry has, which object classes, and who may read it, as bits of one number beside its document. As terms they
 * would be those of nearly every entry, a quarter of all; a bit costs next to nothing to write, and little to ask.
 */
final class EntryTraits {
    static final String FIELD = "#traits";

    /** Behind the numbers of all attributes. */
    private static final int CLASSES = 48;

    private static final long FOR_PROFESSIONALS = 1L << (CLASSES - 1);

    private static final List<String> KNOWN = ObjectClasses.ALL.stream()
            .flatMap(List::stream)
            .map(Attribute.OBJECT_CLASS.matching()::normal)
            .distinct()
            .toList();

    private EntryTraits() {}

    static long of(DirectoryEntry entry) {
        long traits = entry.audience() == Audience.PROFESSIONALS ? FOR_PROFESSIONALS : 0;
        for (Attribute attribute : entry.attributes().keySet()) {
            traits |= bit(attribute);
        }
        for (String name : entry.values(Attribute.OBJECT_CLASS)) {
            int known = KNOWN.indexOf(Attribute.OBJECT_CLASS.matching().normal(name));
            traits |= known < 0 ? 0 : 1L << (CLASSES + known);
        }
        return traits;
    }

    /** Entries with a value of an attribute. */
    static Query present(Attribute attribute) {
        return new Has(bit(attribute));
    }

    /** Entries that all may read. */
    static Query forProfessionals() {
        return new Has(FOR_PROFESSIONALS);
    }

    /** Entries of an object class; empty where the class has no bit. */
    static Optional<Query> ofClass(String name) {
        int known = KNOWN.indexOf(Attribute.OBJECT_CLASS.matching().normal(name));
        return known < 0 ? Optional.empty() : Optional.of(new Has(1L << (CLASSES + known)));
    }

    private static long bit(Attribute attribute) {
        return 1L << attribute.number();
    }

    /** Documents with a bit. */
    private static final class Has extends Query {
        private static final float ONE_LOOK = 2;

        private final long bit;

        Has(long bit) {
            this.bit = bit;
        }

        @Override
        public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
            return new ConstantScoreWeight(this, boost) {
                @Override
                public Scorer scorer(LeafReaderContext leaf) throws IOException {
                    NumericDocValues traits = leaf.reader().getNumericDocValues(FIELD);
                    return traits == null ? null : new ConstantScoreScorer(this, score(), mode, having(traits));
                }

                @Override
                public boolean isCacheable(LeafReaderContext leaf) {
                    return true;
                }
            };
        }

        private TwoPhaseIterator having(NumericDocValues traits) {
            return new TwoPhaseIterator(traits) {
                @Override
                public boolean matches() throws IOException {
                    return (traits.longValue() & bit) != 0;
                }

                @Override
                public float matchCost() {
                    return ONE_LOOK;
                }
            };
        }

        @Override
        public void visit(QueryVisitor visitor) {
            visitor.visitLeaf(this);
        }

        @Override
        public String toString(String field) {
            return FIELD + " & " + bit;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Has has && has.bit == bit;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(bit);
        }
    }
}
