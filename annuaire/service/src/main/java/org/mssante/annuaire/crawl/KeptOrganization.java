package org.mssante.annuaire.crawl;

import java.util.List;

/**
 * What is kept of an Organization.
 *
 * @param nationalId Struct_IdNat; empty where the API names it by nothing we know
 * @param sector TRE_R02-SecteurActivite; empty, as what comes behind it, in what an older version has kept
 * @param others Struct_IdNat of its other numbers, a blank between two
 * @param legalEntity FINESS number of the legal entity, where that is not its own
 */
record KeptOrganization(
        String nationalId,
        String name,
        String street,
        String postalCode,
        String town,
        String phone,
        String sector,
        String others,
        String legalEntity,
        List<KeptMailbox> mailboxes) {
    private static final int SECTOR = 6;
    private static final int OTHERS = 7;
    private static final int LEGAL_ENTITY = 8;

    String text() {
        return Fields.ofParts(
                Fields.of(List.of(nationalId, name, street, postalCode, town, phone, sector, others, legalEntity)),
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
                later(fields, SECTOR),
                later(fields, OTHERS),
                later(fields, LEGAL_ENTITY),
                KeptMailbox.all(parts.get(1)));
    }

    private static String later(List<String> fields, int position) {
        return fields.size() > position ? fields.get(position) : "";
    }
}
