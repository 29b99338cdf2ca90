package org.mssante.server.storage.search;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.extractor.TextExtractor;
import org.apache.james.mailbox.model.ParsedAttachment;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.AttachmentCriterion;
import org.apache.james.mailbox.model.SearchQuery.Conjunction;
import org.apache.james.mailbox.model.SearchQuery.ConjunctionCriterion;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mailbox.model.SearchQuery.DateOperator;
import org.apache.james.mailbox.model.SearchQuery.ExistsOperator;
import org.apache.james.mailbox.model.SearchQuery.HeaderCriterion;
import org.apache.james.mailbox.model.SearchQuery.MimeMessageIDCriterion;
import org.apache.james.mailbox.model.SearchQuery.SubjectCriterion;
import org.apache.james.mailbox.model.SearchQuery.TextCriterion;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mailbox.store.search.MessageSearches;

/**
 * Whether a message that has been read matches, said in the same words as {@link QueryColumns} says it of columns: headers
 * decoded and compared as {@link MessageHeaders} folds them, text as it streams by.
 */
final class MessageCheck {
    private final SearchQuery query;
    private final MessageSearches james;
    private final TextExtractor attachmentText;

    MessageCheck(SearchQuery query, MailboxSession session, TextExtractor attachmentText) {
        this.query = query;
        this.attachmentText = attachmentText;
        this.james = new MessageSearches(
                Collections.emptyIterator(),
                query,
                attachmentText,
                (attachment, asking) -> InputStream.nullInputStream(),
                session);
    }

    boolean matches(MailboxMessage message) throws MailboxException {
        try {
            Looked looked = new Looked(message);
            for (Criterion criterion : query.getCriteria()) {
                if (!matches(criterion, looked)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new MailboxException("A message could not be read for a search", e);
        }
    }

    /** A message whose header is read once, however many criteria ask for it. */
    private static final class Looked {
        private final MailboxMessage message;
        private Optional<MessageHeaders> headers = Optional.empty();

        Looked(MailboxMessage message) {
            this.message = message;
        }

        MessageHeaders headers() throws IOException {
            if (headers.isEmpty()) {
                try (InputStream content = message.getFullContent()) {
                    headers = Optional.of(MessageHeaders.read(content));
                }
            }
            return headers.get();
        }
    }

    private boolean matches(Criterion criterion, Looked looked) throws MailboxException, IOException {
        MailboxMessage message = looked.message;
        if (criterion instanceof ConjunctionCriterion conjunction) {
            return conjunction(conjunction, looked);
        } else if (criterion instanceof SubjectCriterion subject) {
            return matches(subject.asHeaderCriterion(), looked);
        } else if (criterion instanceof MimeMessageIDCriterion id) {
            return matches(id.asHeaderCriterion(), looked);
        } else if (criterion instanceof HeaderCriterion header) {
            return header(header, looked);
        } else if (criterion instanceof TextCriterion text) {
            return text(text, message);
        } else if (criterion instanceof AttachmentCriterion attachment) {
            boolean attached = attachments(message).stream().anyMatch(part -> !part.isInline());
            return attached == attachment.getOperator().isSet();
        }
        return james.isMatch(criterion, message, query.getRecentMessageUids());
    }

    private boolean conjunction(ConjunctionCriterion conjunction, Looked looked) throws MailboxException, IOException {
        boolean settling = conjunction.getType() != Conjunction.AND;
        boolean answer = conjunction.getType() == Conjunction.OR;
        for (Criterion criterion : conjunction.getCriteria()) {
            if (matches(criterion, looked) == settling) {
                return answer;
            }
        }
        return !answer;
    }

    private boolean header(HeaderCriterion criterion, Looked looked) throws MailboxException, IOException {
        MessageHeaders headers = looked.headers();
        if (criterion.getOperator() instanceof ExistsOperator) {
            return headers.has(criterion.getHeaderName());
        }
        if (criterion.getOperator() instanceof DateOperator date) {
            Optional<LocalDate> day = QueryColumns.day(date);
            boolean byDay = "date".equalsIgnoreCase(criterion.getHeaderName()) && day.isPresent();
            return byDay
                    ? headers.sentDay()
                            .map(sent -> compares(sent, day.get(), date))
                            .orElse(false)
                    : james.isMatch(criterion, looked.message, query.getRecentMessageUids());
        }
        String words = QueryColumns.words(criterion)
                .orElseThrow(() -> new IllegalArgumentException("no such operator: " + criterion.getOperator()));
        // an empty string is found in every field of that name (RFC 3501 §6.4.4, HEADER)
        return headers.has(criterion.getHeaderName())
                && headers.folded(criterion.getHeaderName()).contains(SearchText.column(words));
    }

    private static boolean compares(LocalDate sent, LocalDate day, DateOperator operator) {
        return switch (operator.getType()) {
            case BEFORE -> sent.isBefore(day);
            case AFTER -> sent.isAfter(day);
            case ON -> sent.equals(day);
        };
    }

    private boolean text(TextCriterion criterion, MailboxMessage message) throws IOException {
        String words = criterion.getOperator().getValue();
        return switch (criterion.getType()) {
            case BODY -> streams(message, new TextMatch(words, false));
            case FULL -> streams(message, new TextMatch(words, true));
            case ATTACHMENTS ->
                attachments(message).stream()
                        .flatMap(this::text)
                        .anyMatch(text -> SearchText.folded(text).contains(SearchText.folded(words)));
            case ATTACHMENT_FILE_NAME ->
                attachments(message).stream()
                        .anyMatch(part -> part.getName().filter(words::equals).isPresent());
        };
    }

    private static boolean streams(MailboxMessage message, TextMatch match) throws IOException {
        try (InputStream content = message.getFullContent()) {
            MimeText.read(content, match);
        }
        return match.found();
    }

    private static List<ParsedAttachment> attachments(MailboxMessage message) throws IOException {
        try (InputStream content = message.getFullContent()) {
            return new MessageParser().retrieveAttachments(content).getAttachments();
        }
    }

    private Stream<String> text(ParsedAttachment attachment) {
        try (InputStream content = attachment.getContent().openStream()) {
            return attachmentText.extractContent(content, attachment.getContentType()).getTextualContent().stream();
        } catch (Exception e) {
            throw new IllegalStateException("An attachment could not be read for a search", e);
        }
    }
}
