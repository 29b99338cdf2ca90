package org.mssante.annuaire.index;

import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * What the index can say about a condition: every entry that fulfils it is found by the query.
 *
 * @param exact whether nothing else is found; each entry is tested all the same, but only an exact query can be negated
 * @param walks through the values of an attribute, which take time before the first entry is found
 */
record Candidates(Query query, boolean exact, int walks) {

    static Candidates none() {
        return among(new MatchNoDocsQuery());
    }

    static Candidates exactly(Query query) {
        return new Candidates(query, true, 0);
    }

    static Candidates among(Query query) {
        return new Candidates(query, false, 0);
    }

    static Candidates walking(Query query) {
        return new Candidates(query, false, 1);
    }

    static Candidates term(Term term) {
        return exactly(new TermQuery(term));
    }

    static Candidates all(List<Candidates> parts) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        parts.forEach(part -> query.add(part.query(), BooleanClause.Occur.FILTER));
        // (&) is true for every entry (RFC 4526)
        Query conjunction = parts.isEmpty() ? new MatchAllDocsQuery() : query.build();
        return new Candidates(conjunction, parts.stream().allMatch(Candidates::exact), walks(parts));
    }

    static Candidates any(List<Candidates> parts) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        parts.forEach(part -> query.add(part.query(), BooleanClause.Occur.SHOULD));
        return new Candidates(
                new ConstantScoreQuery(query.build()), parts.stream().allMatch(Candidates::exact), walks(parts));
    }

    Candidates negated() {
        BooleanQuery.Builder others =
                new BooleanQuery.Builder().add(new MatchAllDocsQuery(), BooleanClause.Occur.FILTER);
        if (exact) {
            others.add(query, BooleanClause.Occur.MUST_NOT);
        }
        return new Candidates(others.build(), exact, exact ? walks : 0);
    }

    /** The same entries, among which others may be. */
    Candidates inexact() {
        return new Candidates(query, false, walks);
    }

    private static int walks(List<Candidates> parts) {
        return parts.stream().mapToInt(Candidates::walks).sum();
    }
}
