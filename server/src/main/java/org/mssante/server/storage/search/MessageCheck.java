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
            for (Criterion criterion : query.getCriteria()) {
                if (!matches(criterion, message)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new MailboxException("A message could not be read for a search", e);
        }
    }

    private boolean matches(Criterion criterion, MailboxMessage message) throws MailboxException, IOException {
        if (criterion instanceof ConjunctionCriterion conjunction) {
            return conjunction(conjunction, message);
        } else if (criterion instanceof SubjectCriterion subject) {
            return matches(subject.asHeaderCriterion(), message);
        } else if (criterion instanceof MimeMessageIDCriterion id) {
            return matches(id.asHeaderCriterion(), message);
        } else if (criterion instanceof HeaderCriterion header) {
            return header(header, message);
        } else if (criterion instanceof TextCriterion text) {
            return text(text, message);
        } else if (criterion instanceof AttachmentCriterion attachment) {
            boolean attached = attachments(message).stream().anyMatch(part -> !part.isInline());
            return attached == attachment.getOperator().isSet();
        }
        return james.isMatch(criterion, message, query.getRecentMessageUids());
    }

    private boolean conjunction(ConjunctionCriterion conjunction, MailboxMessage message)
            throws MailboxException, IOException {
        boolean any = false;
        boolean all = true;
        for (Criterion criterion : conjunction.getCriteria()) {
            boolean matches = matches(criterion, message);
            any |= matches;
            all &= matches;
        }
        return switch (conjunction.getType()) {
            case AND -> all;
            case OR -> any;
            case NOR -> !any;
        };
    }

    private boolean header(HeaderCriterion criterion, MailboxMessage message) throws MailboxException, IOException {
        MessageHeaders headers;
        try (InputStream content = message.getFullContent()) {
            headers = MessageHeaders.read(content);
        }
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
                    : james.isMatch(criterion, message, query.getRecentMessageUids());
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
