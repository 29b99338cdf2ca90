package org.mssante.server.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;

/**
 * Who a message says it is from: the authors of its From and Sender fields.
 *
 * @param from in the one From field
 * @param sender in the Sender field, none where there is no such field
 */
record AuthorFields(List<AuthorField.Author> from, List<AuthorField.Author> sender) {

    /**
     * One From, at most one Sender of one address, which several authors need (RFC 5322 §3.6.2), each of a form about which
     * nobody disagrees.
     *
     * @return empty where the message has them otherwise
     */
    static Optional<AuthorFields> of(Mail mail) throws MessagingException {
        List<Optional<List<AuthorField.Author>>> from = fields(mail, "From");
        List<Optional<List<AuthorField.Author>>> sender = fields(mail, "Sender");
        if (from.size() != 1
                || sender.size() > 1
                || Stream.concat(from.stream(), sender.stream()).anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        AuthorFields authors = new AuthorFields(
                from.get(0).orElseThrow(),
                sender.isEmpty() ? List.of() : sender.get(0).orElseThrow());
        return authors.sender.size() == sender.size() && (authors.from.size() == 1 || !authors.sender.isEmpty())
                ? Optional.of(authors)
                : Optional.empty();
    }

    /** Every address named as author or sender. */
    List<String> addresses() {
        return all().map(AuthorField.Author::address).toList();
    }

    /** Every other address that a reader may see in their place. */
    List<String> shown() {
        return all().flatMap(author -> author.shown().stream()).toList();
    }

    /** The address of Sender, else the first one of From. */
    String responsible() {
        return Stream.concat(sender.stream(), from.stream())
                .findFirst()
                .orElseThrow()
                .address();
    }

    private Stream<AuthorField.Author> all() {
        return Stream.concat(from.stream(), sender.stream());
    }

    /** Each field of that name, read by the same grammar; empty where it has another form. */
    static List<Optional<List<AuthorField.Author>>> fields(Mail mail, String name) throws MessagingException {
        String[] fields = mail.getMessage().getHeader(name);
        List<Optional<List<AuthorField.Author>>> read = new ArrayList<>();
        if (fields != null) {
            for (String field : fields) {
                read.add(AuthorField.read(field));
            }
        }
        return read;
    }
}
