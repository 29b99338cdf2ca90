package org.mssante.annuaire.crawl;

import java.util.List;

/** A savoir-faire; the label is the code where the API sends none. */
record KeptSkill(String kind, String code, String label) {
    String text() {
        return Fields.of(List.of(kind, code, label));
    }

    static KeptSkill of(String text) {
        List<String> fields = Fields.in(text);
        return new KeptSkill(fields.get(0), fields.get(1), fields.get(2));
    }
}
