package org.mssante.annuaire.crawl;

import java.util.List;

/**
 * What is kept of a Practitioner.
 *
 * @param diplomas none in what an older version has kept
 */
record KeptPerson(
        String rpps,
        String title,
        String familyName,
        String givenName,
        String professionCode,
        String professionLabel,
        List<KeptQualification> skills,
        List<KeptMailbox> mailboxes,
        List<KeptQualification> diplomas) {
    private static final int DIPLOMAS = 3;

    String text() {
        return Fields.ofParts(
                Fields.of(List.of(rpps, title, familyName, givenName, professionCode, professionLabel)),
                text(skills),
                KeptMailbox.text(mailboxes),
                text(diplomas));
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
                qualifications(parts.get(1)),
                KeptMailbox.all(parts.get(2)),
                parts.size() > DIPLOMAS ? qualifications(parts.get(DIPLOMAS)) : List.of());
    }

    private static String text(List<KeptQualification> qualifications) {
        return Fields.ofAll(qualifications.stream().map(KeptQualification::text).toList());
    }

    private static List<KeptQualification> qualifications(String text) {
        return Fields.inAll(text).stream().map(KeptQualification::of).toList();
    }
}
