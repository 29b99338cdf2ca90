package org.mssante.annuaire.index;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;

/**
 * When the entries of a commit changed: those that did since the index was made anew have their time beside them, all others that of
 * its making. A time is that of the commit in which the change is first seen, never before the last one's, so that who asks for what
 * has changed since {@link #last} misses nothing.
 */
final class ChangeTimes {
    private static final String FIELD = "#changed";
    private static final String SINCE = "since";
    private static final String LAST = "last";
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");

    private final long since;
    private final long last;

    private ChangeTimes(long since, long last) {
        this.since = since;
        this.last = last;
    }

    static ChangeTimes of(DirectoryReader reader) throws IOException {
        return of(reader.getIndexCommit().getUserData());
    }

    /** @param commit what is noted of it */
    static ChangeTimes of(Map<String, String> commit) {
        long since = Long.parseLong(commit.getOrDefault(SINCE, "0"));
        return new ChangeTimes(since, Long.parseLong(commit.getOrDefault(LAST, "0")));
    }

    /** Of the next commit, which makes the index anew. */
    ChangeTimes anew(Instant now) {
        long next = next(now);
        return new ChangeTimes(next, next);
    }

    /** Of the next commit, which changes some entries. */
    ChangeTimes then(Instant now) {
        return new ChangeTimes(since, next(now));
    }

    private long next(Instant now) {
        return Math.max(last, now.toEpochMilli());
    }

    /** To be noted of a commit. */
    Map<String, String> noted() {
        return Map.of(SINCE, String.valueOf(since), LAST, String.valueOf(last));
    }

    /** Of this commit. */
    Instant last() {
        return Instant.ofEpochMilli(last);
    }

    /** Of an entry that changes with this commit. */
    Field field() {
        return new NumericDocValuesField(FIELD, last);
    }

    /** When an entry changed, or something that belongs to it. */
    Instant of(LeafReader leaf, int document) throws IOException {
        NumericDocValues times = leaf.getNumericDocValues(FIELD);
        boolean noted = times != null && times.advanceExact(document);
        return Instant.ofEpochMilli(noted ? times.longValue() : since);
    }

    /** Entries that changed then. */
    Query in(TimeRange range) {
        long from = milliseconds(range.from());
        long to = milliseconds(range.to());
        if (!range.holds(Instant.ofEpochMilli(since))) {
            return NumericDocValuesField.newSlowRangeQuery(FIELD, from, to);
        }
        return new BooleanQuery.Builder()
                .add(new MatchAllDocsQuery(), BooleanClause.Occur.FILTER)
                .add(
                        NumericDocValuesField.newSlowRangeQuery(FIELD, Long.MIN_VALUE, from - 1),
                        BooleanClause.Occur.MUST_NOT)
                .add(
                        NumericDocValuesField.newSlowRangeQuery(FIELD, to + 1, Long.MAX_VALUE),
                        BooleanClause.Occur.MUST_NOT)
                .build();
    }

    /** Of any time, one that a change may have. */
    private static long milliseconds(Instant instant) {
        if (instant.isBefore(Instant.EPOCH)) {
            return 0;
        }
        return instant.isAfter(END) ? END.toEpochMilli() : instant.toEpochMilli();
    }
}
