package org.mssante.server.smtp;

import java.util.ArrayList;
import java.util.List;
import javax.mail.MessagingException;
import javax.mail.internet.InternetAddress;
import org.apache.mailet.Mail;

/**
 * Who a message says it is from: the addresses of every From and Sender field, since clients show the first or the last.
 *
 * @param fromFields how many From fields there are
 */
record AuthorFields(int fromFields, List<String> from, int senderFields, List<String> sender) {

    /** @throws MessagingException where one is not readable */
    static AuthorFields of(Mail mail) throws MessagingException {
        List<String> from = fields(mail, "From");
        List<String> sender = fields(mail, "Sender");
        return new AuthorFields(from.size(), addresses(from), sender.size(), addresses(sender));
    }

    /** One From, at most one Sender of one address, which several authors need (RFC 5322 §3.6.2). */
    boolean areWellFormed() {
        return fromFields == 1
                && !from.isEmpty()
                && senderFields <= 1
                && sender.size() == senderFields
                && (from.size() == 1 || senderFields == 1);
    }

    private static List<String> fields(Mail mail, String name) throws MessagingException {
        String[] fields = mail.getMessage().getHeader(name);
        return fields == null ? List.of() : List.of(fields);
    }

    private static List<String> addresses(List<String> fields) throws MessagingException {
        List<String> addresses = new ArrayList<>();
        for (String field : fields) {
            for (InternetAddress address : InternetAddress.parseHeader(field, true)) {
                addresses.add(address.getAddress());
            }
        }
        return List.copyOf(addresses);
    }
}
