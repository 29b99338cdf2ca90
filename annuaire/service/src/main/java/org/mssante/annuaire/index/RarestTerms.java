package org.mssante.annuaire.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermQuery;

/**
 * Documents that have those of some terms which the fewest have. All that have every term are among them; the more common ones would
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

    /** A term with the places where the index has it, found once. */
    private record Placed(Term term, TermStates states) {
        int documents() {
            return states.docFreq();
        }
    }

    @Override
    public Query rewrite(IndexSearcher searcher) throws IOException {
        List<Placed> placed = new ArrayList<>();
        for (Term term : terms) {
            Placed place = new Placed(term, TermStates.build(searcher, term, true));
            if (place.documents() == 0) {
                return new MatchNoDocsQuery();
            }
            placed.add(place);
        }
        BooleanQuery.Builder rarest = new BooleanQuery.Builder();
        placed.stream()
                .sorted(Comparator.comparingInt(Placed::documents))
                .limit(most)
                .forEach(place -> rarest.add(new TermQuery(place.term(), place.states()), BooleanClause.Occur.FILTER));
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
