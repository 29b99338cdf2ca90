package org.mssante.annuaire.generate;

/**
 * How much is generated. The defaults of {@code ./mssante annuaire generate} are the national size (annuaire.md §1.3).
 *
 * @param activities lines of {@code PS_LibreAcces_Personne_activite}
 * @param skills lines of {@code PS_LibreAcces_SavoirFaire}
 * @param diplomas lines of {@code PS_LibreAcces_Dipl_AutExerc}; for 0 there is no such file
 * @param mailboxes lines of {@code Extraction_Correspondance_MSSante}
 */
public record Size(int activities, int skills, int diplomas, int mailboxes) {
    /** A professional has 1.6 activities on average. */
    int persons() {
        return Math.max(1, activities * 5 / 8);
    }

    /** Structures with a number of their own: a cabinet has that of its holder. */
    int structures() {
        return Math.max(1, activities / 20);
    }

    /** Mailboxes stand in many domains, most of which are small. */
    int domains() {
        return Math.max(1, mailboxes / 110);
    }
}
