package org.mssante.core.service;

import java.util.LinkedHashSet;
import java.util.Set;
import org.mssante.core.id.MailDomain;
import org.mssante.core.settings.Settings;

/** The mail domains whose mailboxes live here: one setting of the mail server and of the annuaire, the same in both. */
public final class ServedDomains {
    public static final String SETTING = "mail.domains";

    private ServedDomains() {}

    /**
     * In the order they are named in; the first one stands for all where one has to.
     *
     * @throws org.mssante.core.settings.StartupFailure where none is named, or what is named is none
     */
    public static Set<MailDomain> from(Settings settings) {
        Set<MailDomain> domains = new LinkedHashSet<>();
        for (String name : settings.list(SETTING)) {
            try {
                domains.add(new MailDomain(name));
            } catch (IllegalArgumentException e) {
                throw settings.wrong(SETTING, "holds " + name + ", which is no mail domain");
            }
        }
        if (domains.isEmpty()) {
            throw settings.wrong(SETTING, "names no domain");
        }
        return domains;
    }
}
