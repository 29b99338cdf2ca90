package org.mssante.annuaire.crawl;

import java.util.List;

/** What is kept of a Practitioner. */
record KeptPerson(
        String rpps,
        String title,
        String familyName,
        String givenName,
        String professionCode,
        String professionLabel,
        List<KeptSkill> skills,
        List<KeptMailbox> mailboxes) {
    String text() {
        return Fields.ofParts(
                Fields.of(List.of(rpps, title, familyName, givenName, professionCode, professionLabel)),
                Fields.ofAll(skills.stream().map(KeptSkill::text).toList()),
                KeptMailbox.text(mailboxes));
    }

    static KeptPerson of(String text) {
        List<String> parts = Fields.inParts(text);
        List<String> fields = Fields.in(parts.get(0));
        return new KeptPerson(
                fields.get(0),
                fields.get(1),
                fields.get(2),
                fields.get(3),
                fields.get(4),
                fields.get(5),
                Fields.inAll(parts.get(1)).stream().map(KeptSkill::of).toList(),
                KeptMailbox.all(parts.get(2)));
    }
}
