package org.mssante.annuaire.crawl;

import java.util.List;

/** A mailbox where a resource names it; the values are those of the API, unchecked. */
record KeptMailbox(String type, String address, String service) {
    String text() {
        return Fields.of(List.of(type, address, service));
    }

    static KeptMailbox of(String text) {
        List<String> fields = Fields.in(text);
        return new KeptMailbox(fields.get(0), fields.get(1), fields.get(2));
    }

    static List<KeptMailbox> all(String text) {
        return Fields.inAll(text).stream().map(KeptMailbox::of).toList();
    }

    static String text(List<KeptMailbox> mailboxes) {
        return Fields.ofAll(mailboxes.stream().map(KeptMailbox::text).toList());
    }
}
