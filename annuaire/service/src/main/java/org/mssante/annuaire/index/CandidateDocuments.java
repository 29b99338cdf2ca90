package org.mssante.annuaire.index;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;

/**
 * The documents a query finds, and perhaps others, leaf by leaf of the index: where a leaf has few documents of a term that all need,
 * they are those of that term. Most who ask want one entry, by its key or its address, and the other terms would cost more than to
 * read it. Not thread-safe.
 */
final class CandidateDocuments {
    private static final int FEW = 16;

    private final IndexSearcher searcher;
    private final Query query;
    private final List<Term> needed;
    private Weight weight;

    CandidateDocuments(IndexSearcher searcher, Query query) {
        this.searcher = searcher;
        this.query = query;
        this.needed = needed(query).toList();
    }

    /** In the order of their numbers, replaced ones among them. */
    DocIdSetIterator of(LeafReaderContext leaf) throws IOException {
        for (Term term : needed) {
            TermsEnum place = place(leaf.reader(), term);
            if (place == null) {
                return DocIdSetIterator.empty();
            }
            if (place.docFreq() <= FEW) {
                return place.postings(null, PostingsEnum.NONE);
            }
        }
        Scorer scorer = weight().scorer(leaf);
        return scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
    }

    /** Null where the leaf does not have the term. */
    private static TermsEnum place(LeafReader leaf, Term term) throws IOException {
        Terms terms = leaf.terms(term.field());
        TermsEnum place = terms == null ? null : terms.iterator();
        return place != null && place.seekExact(term.bytes()) ? place : null;
    }

    private Weight weight() throws IOException {
        if (weight == null) {
            weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1f);
        }
        return weight;
    }

    private static Stream<Term> needed(Query query) {
        if (query instanceof TermQuery one) {
            return Stream.of(one.getTerm());
        }
        return query instanceof BooleanQuery several
                ? several.clauses().stream()
                        .filter(BooleanClause::isRequired)
                        .flatMap(clause -> needed(clause.getQuery()))
                : Stream.empty();
    }
}
