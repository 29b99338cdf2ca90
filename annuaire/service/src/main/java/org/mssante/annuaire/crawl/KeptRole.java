package org.mssante.annuaire.crawl;

import java.util.List;

/** What is kept of a PractitionerRole: whom it joins, by the identifiers of their resources, and its mailboxes. */
record KeptRole(String practitioner, String organization, List<KeptMailbox> mailboxes) {
    private static final String PART = "\u001D";

    String text() {
        return Fields.of(List.of(practitioner, organization)) + PART + KeptMailbox.text(mailboxes);
    }

    static KeptRole of(String text) {
        String[] parts = text.split(PART, -1);
        List<String> fields = Fields.in(parts[0]);
        return new KeptRole(fields.get(0), fields.get(1), KeptMailbox.all(parts[1]));
    }
}
