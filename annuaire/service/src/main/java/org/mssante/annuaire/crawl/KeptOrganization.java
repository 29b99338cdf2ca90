package org.mssante.annuaire.crawl;

import java.util.List;

/**
 * What is kept of an Organization.
 *
 * @param sector TRE_R02-SecteurActivite; empty in what an older version has kept
 * @param nationalId Struct_IdNat; empty where the API names it by nothing we know
 */
record KeptOrganization(
        String nationalId,
        String name,
        String street,
        String postalCode,
        String town,
        String phone,
        String sector,
        List<KeptMailbox> mailboxes) {
    private static final int SECTOR = 6;

    String text() {
        return Fields.ofParts(
                Fields.of(List.of(nationalId, name, street, postalCode, town, phone, sector)),
                KeptMailbox.text(mailboxes));
    }

    static KeptOrganization of(String text) {
        List<String> parts = Fields.inParts(text);
        List<String> fields = Fields.in(parts.get(0));
        return new KeptOrganization(
                fields.get(0),
                fields.get(1),
                fields.get(2),
                fields.get(3),
                fields.get(4),
                fields.get(5),
                fields.size() > SECTOR ? fields.get(SECTOR) : "",
                KeptMailbox.all(parts.get(1)));
    }
}
