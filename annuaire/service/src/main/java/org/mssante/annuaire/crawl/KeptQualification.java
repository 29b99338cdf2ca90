package org.mssante.annuaire.crawl;

import java.util.List;

/** A savoir-faire or a diploma; the label is the code where the API sends none. */
record KeptQualification(String kind, String code, String label) {
    String text() {
        return Fields.of(List.of(kind, code, label));
    }

    static KeptQualification of(String text) {
        List<String> fields = Fields.in(text);
        return new KeptQualification(fields.get(0), fields.get(1), fields.get(2));
    }
}
