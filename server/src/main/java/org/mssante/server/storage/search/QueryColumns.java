package org.mssante.server.storage.search;

import java.sql.Date;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.mail.Flags.Flag;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.AddressOperator;
import org.apache.james.mailbox.model.SearchQuery.AllCriterion;
import org.apache.james.mailbox.model.SearchQuery.ConjunctionCriterion;
import org.apache.james.mailbox.model.SearchQuery.ContainsOperator;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mailbox.model.SearchQuery.CustomFlagCriterion;
import org.apache.james.mailbox.model.SearchQuery.DateOperator;
import org.apache.james.mailbox.model.SearchQuery.DateResolution;
import org.apache.james.mailbox.model.SearchQuery.FlagCriterion;
import org.apache.james.mailbox.model.SearchQuery.HeaderCriterion;
import org.apache.james.mailbox.model.SearchQuery.InternalDateCriterion;
import org.apache.james.mailbox.model.SearchQuery.MessageIdCriterion;
import org.apache.james.mailbox.model.SearchQuery.MimeMessageIDCriterion;
import org.apache.james.mailbox.model.SearchQuery.ModSeqCriterion;
import org.apache.james.mailbox.model.SearchQuery.NumericOperator;
import org.apache.james.mailbox.model.SearchQuery.SaveDateCriterion;
import org.apache.james.mailbox.model.SearchQuery.Scope;
import org.apache.james.mailbox.model.SearchQuery.SizeCriterion;
import org.apache.james.mailbox.model.SearchQuery.SubjectCriterion;
import org.apache.james.mailbox.model.SearchQuery.TextCriterion;
import org.apache.james.mailbox.model.SearchQuery.ThreadIdCriterion;
import org.apache.james.mailbox.model.SearchQuery.UidCriterion;

/**
 * A criterion as a condition on columns, where columns can answer it: {@code mailbox_message mm}, {@code message m}, {@code
 * message_search s}.
 */
final class QueryColumns {
    /** Of a list longer than this the messages are looked at one by one: a statement takes so many parameters. */
    private static final int MOST_RANGES = 2_000;

    /** Criteria nested deeper than this are left to Java: the parser of a database is recursive on the stack of a small thread. */
    private static final int MOST_LEVELS = 16;

    /** Not {@code \Seen}: in a shared mailbox it is each member's own, and his mapper reads it. */
    private static final Map<Flag, String> FLAGS = Map.of(
            Flag.ANSWERED, "mm.answered",
            Flag.DELETED, "mm.deleted",
            Flag.DRAFT, "mm.draft",
            Flag.FLAGGED, "mm.flagged");

    private final Collection<MessageUid> recent;

    /** @param recent what {@code \Recent} means to the session that asks (RFC 3501 §2.3.2) */
    QueryColumns(Collection<MessageUid> recent) {
        this.recent = recent;
    }

    /** Empty where no column answers. */
    Optional<SqlCondition> of(Criterion criterion) {
        return of(criterion, 0);
    }

    private Optional<SqlCondition> of(Criterion criterion, int level) {
        if (criterion instanceof AllCriterion) {
            return Optional.of(SqlCondition.TRUE);
        } else if (criterion instanceof ConjunctionCriterion conjunction) {
            return conjunction(conjunction, level);
        } else if (criterion instanceof FlagCriterion flag) {
            return flag(flag);
        } else if (criterion instanceof CustomFlagCriterion flag) {
            return Optional.of(userFlag(flag));
        } else if (criterion instanceof UidCriterion uids) {
            return ranges(uids);
        } else if (criterion instanceof SizeCriterion size) {
            return Optional.of(number("m.octets", size.getOperator()));
        } else if (criterion instanceof ModSeqCriterion modSeq) {
            return Optional.of(number("mm.modseq", modSeq.getOperator()));
        } else if (criterion instanceof InternalDateCriterion date) {
            return day(date.getOperator()).map(day -> instants("m.internal_date", day, date.getOperator()));
        } else if (criterion instanceof SaveDateCriterion date) {
            return day(date.getOperator()).map(day -> instants("mm.save_date", day, date.getOperator()));
        } else if (criterion instanceof MessageIdCriterion id) {
            return Optional.of(SqlCondition.of(
                    "mm.message_id = ?", UUID.fromString(id.getMessageId().serialize())));
        } else if (criterion instanceof ThreadIdCriterion id) {
            return Optional.of(SqlCondition.of(
                    "m.thread_id = ?", UUID.fromString(id.getThreadId().serialize())));
        } else if (criterion instanceof SubjectCriterion subject) {
            return header(subject.asHeaderCriterion());
        } else if (criterion instanceof MimeMessageIDCriterion id) {
            return header(id.asHeaderCriterion());
        } else if (criterion instanceof HeaderCriterion header) {
            return header(header);
        } else if (criterion instanceof TextCriterion text) {
            return text(text);
        }
        return Optional.empty();
    }

    /** The day that is asked for, if it is days that are. */
    static Optional<LocalDate> day(DateOperator operator) {
        return operator.getDateResultion() == DateResolution.Day
                ? Optional.of(
                        operator.getDate().toInstant().atOffset(ZoneOffset.UTC).toLocalDate())
                : Optional.empty();
    }

    private Optional<SqlCondition> conjunction(ConjunctionCriterion conjunction, int level) {
        if (level == MOST_LEVELS) {
            return Optional.empty();
        }
        List<SqlCondition> parts = new ArrayList<>();
        for (Criterion criterion : conjunction.getCriteria()) {
            Optional<SqlCondition> part = of(criterion, level + 1);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return Optional.of(
                switch (conjunction.getType()) {
                    case AND -> SqlCondition.all(parts);
                    case OR -> SqlCondition.any(parts);
                    case NOR -> SqlCondition.any(parts).not();
                });
    }

    private Optional<SqlCondition> flag(FlagCriterion criterion) {
        Optional<SqlCondition> isSet = criterion.getFlag() == Flag.RECENT
                ? uids(recent.stream().map(MessageUid::asLong).toList())
                : Optional.ofNullable(FLAGS.get(criterion.getFlag()))
                        .map(column -> SqlCondition.of(column + " = TRUE"));
        return criterion.getOperator().isSet() ? isSet : isSet.map(SqlCondition::not);
    }

    /** Flags stand a line each; their case does not matter (RFC 3501 §9, flag-keyword is an atom of ASCII). */
    private static SqlCondition userFlag(CustomFlagCriterion criterion) {
        String line = "\n" + criterion.getFlag().toLowerCase(Locale.ROOT) + "\n";
        SqlCondition isSet = SqlCondition.of("POSITION(? IN LOWER(? || mm.user_flags || ?)) > 0", line, "\n", "\n");
        return criterion.getOperator().isSet() ? isSet : isSet.not();
    }

    private static Optional<SqlCondition> ranges(UidCriterion criterion) {
        if (criterion.getOperator().isAll()) {
            return Optional.of(SqlCondition.TRUE);
        }
        SearchQuery.UidRange[] ranges = criterion.getOperator().getRange();
        return ranges.length > MOST_RANGES
                ? Optional.empty()
                : Optional.of(SqlCondition.any(Arrays.stream(ranges)
                        .map(range -> SqlCondition.of(
                                "mm.uid BETWEEN ? AND ?",
                                range.getLowValue().asLong(),
                                range.getHighValue().asLong()))
                        .toList()));
    }

    private static Optional<SqlCondition> uids(List<Long> uids) {
        return uids.size() > MOST_RANGES
                ? Optional.empty()
                : Optional.of(SqlCondition.any(uids.stream()
                        .map(uid -> SqlCondition.of("mm.uid = ?", uid))
                        .toList()));
    }

    private static SqlCondition number(String column, NumericOperator operator) {
        String comparison = switch (operator.getType()) {
            case EQUALS -> " = ?";
            case LESS_THAN -> " < ?";
            case GREATER_THAN -> " > ?";
        };
        return SqlCondition.of(column + comparison, operator.getValue());
    }

    private static SqlCondition instants(String column, LocalDate day, DateOperator operator) {
        OffsetDateTime begin = day.atStartOfDay().atOffset(ZoneOffset.UTC);
        OffsetDateTime end = begin.plusDays(1);
        String known = column + " IS NOT NULL AND " + column;
        return switch (operator.getType()) {
            case BEFORE -> SqlCondition.of(known + " < ?", begin);
            case AFTER -> SqlCondition.of(known + " >= ?", end);
            case ON -> SqlCondition.of(known + " >= ? AND " + column + " < ?", begin, end);
        };
    }

    private static Optional<SqlCondition> header(HeaderCriterion criterion) {
        if (criterion.getOperator() instanceof DateOperator date) {
            return "date".equalsIgnoreCase(criterion.getHeaderName())
                    ? day(date).map(day -> sent(day, date).needing(SqlCondition.Needs.HEADER))
                    : Optional.empty();
        }
        return words(criterion)
                .flatMap(words -> Optional.ofNullable(SearchTable.COLUMNS.get(
                                criterion.getHeaderName().toLowerCase(Locale.ROOT)))
                        .filter(column -> !words.isEmpty())
                        .map(column -> contains("s." + column, words).needing(SqlCondition.Needs.HEADER)));
    }

    /** What a criterion of a header looks for; empty where it is something else than words. */
    static Optional<String> words(HeaderCriterion criterion) {
        if (criterion.getOperator() instanceof ContainsOperator contains) {
            return Optional.of(contains.getValue());
        }
        return criterion.getOperator() instanceof AddressOperator address
                ? Optional.of(address.getAddress())
                : Optional.empty();
    }

    private static SqlCondition sent(LocalDate day, DateOperator operator) {
        String comparison = switch (operator.getType()) {
            case BEFORE -> " < ?";
            case AFTER -> " > ?";
            case ON -> " = ?";
        };
        return SqlCondition.of("s.sent_day IS NOT NULL AND s.sent_day" + comparison, Date.valueOf(day));
    }

    private static Optional<SqlCondition> text(TextCriterion criterion) {
        String words = criterion.getOperator().getValue();
        if (criterion.getType() != Scope.BODY && criterion.getType() != Scope.FULL) {
            return Optional.empty();
        }
        SqlCondition bodies = contains("s.bodies", words);
        SqlCondition condition = criterion.getType() == Scope.BODY
                ? bodies
                : SqlCondition.any(List.of(bodies, contains("s.fields", words)));
        return Optional.of(condition.needing(SqlCondition.Needs.TEXT));
    }

    private static SqlCondition contains(String column, String words) {
        return SqlCondition.of(
                column + " LIKE ? ESCAPE '!'", SearchText.containing(words).replace("\0", ""));
    }
}
