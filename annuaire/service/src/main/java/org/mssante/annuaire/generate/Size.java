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
    public static final int NATIONAL_ACTIVITIES = 2_400_000;
    private static final long NATIONAL_SKILLS = 430_000;
    private static final long NATIONAL_MAILBOXES = 545_000;

    /** The country, or a part of it with as much of all as it has of activities; without diplomas. */
    public static Size ofCountry(int activities) {
        return new Size(activities, share(NATIONAL_SKILLS, activities), 0, share(NATIONAL_MAILBOXES, activities));
    }

    private static int share(long national, int activities) {
        return (int) (national * activities / NATIONAL_ACTIVITIES);
    }

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
