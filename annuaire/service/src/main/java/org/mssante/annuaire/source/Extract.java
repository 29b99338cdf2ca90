package org.mssante.annuaire.source;

import java.util.Arrays;
import java.util.List;
import org.mssante.annuaire.rpps.ActivityFormat;
import org.mssante.annuaire.rpps.DiplomaFormat;
import org.mssante.annuaire.rpps.ExtractFormat;
import org.mssante.annuaire.rpps.PublishedMailboxFormat;
import org.mssante.annuaire.rpps.SkillFormat;

/** What can be fetched. The archive of the professionals may hold their savoir-faire and diplomas, too (annuaire.md §1.1). */
public enum Extract {
    PROFESSIONALS("professionals"),
    SKILLS("skills"),
    DIPLOMAS("diplomas"),
    MAILBOXES("mailboxes");

    private final String setting;

    Extract(String setting) {
        this.setting = setting;
    }

    /** Its name in settings, reports and measures. */
    public String setting() {
        return setting;
    }

    ExtractFormat<?> format() {
        return switch (this) {
            case PROFESSIONALS -> new ActivityFormat();
            case SKILLS -> new SkillFormat();
            case DIPLOMAS -> new DiplomaFormat();
            case MAILBOXES -> new PublishedMailboxFormat();
        };
    }

    /** The start of the name its readers find it by. */
    String fileName() {
        return format().prefixes().get(0);
    }

    static List<ExtractFormat<?>> formats() {
        return Arrays.<Extract>stream(values())
                .<ExtractFormat<?>>map(Extract::format)
                .toList();
    }
}
