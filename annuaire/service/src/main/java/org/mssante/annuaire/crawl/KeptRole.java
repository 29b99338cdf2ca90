package org.mssante.annuaire.crawl;

import java.util.List;

/** What is kept of a PractitionerRole: whom it joins, by the identifiers of their resources, and its mailboxes. */
record KeptRole(String practitioner, String organization, List<KeptMailbox> mailboxes) {
    String text() {
        return Fields.ofParts(Fields.of(List.of(practitioner, organization)), KeptMailbox.text(mailboxes));
    }

    static KeptRole of(String text) {
        List<String> parts = Fields.inParts(text);
        List<String> fields = Fields.in(parts.get(0));
        return new KeptRole(fields.get(0), fields.get(1), KeptMailbox.all(parts.get(1)));
    }
}
