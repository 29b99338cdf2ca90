package org.mssante.annuaire.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermQuery;

/**
 * Documents that have those of some terms which few have. All that have every term are among them; the more common ones would
 * tell little more, and each costs a look for every document that is left.
 */
final class RarestTerms extends Query {
    private final List<Term> terms;
    private final int most;

    /** @param most terms that are asked for */
    RarestTerms(List<Term> terms, int most) {
        this.terms = List.copyOf(terms);
        this.most = most;
    }

    /** A term and how many documents of some have it. */
    private record Counted(Term term, int documents) {}

    /** The largest part of the index stands for all: to count in each would cost more than what is gained by asking for the rarest. */
    @Override
    public Query rewrite(IndexSearcher searcher) throws IOException {
        Optional<LeafReader> largest = searcher.getIndexReader().leaves().stream()
                .map(LeafReaderContext::reader)
                .max(Comparator.comparingInt(LeafReader::maxDoc));
        if (largest.isEmpty()) {
            return new MatchNoDocsQuery();
        }
        List<Counted> counted = new ArrayList<>();
        for (Term term : terms) {
            counted.add(new Counted(term, largest.get().docFreq(term)));
        }
        BooleanQuery.Builder rarest = new BooleanQuery.Builder();
        counted.stream()
                .sorted(Comparator.comparingInt(Counted::documents))
                .limit(most)
                .forEach(term -> rarest.add(new TermQuery(term.term()), BooleanClause.Occur.FILTER));
        return rarest.build();
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "the " + most + " rarest of " + terms;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RarestTerms rarest && rarest.terms.equals(terms) && rarest.most == most;
    }

    @Override
    public int hashCode() {
        return Objects.hash(terms, most);
    }
}
