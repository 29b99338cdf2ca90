package org.mssante.core.id;

import java.util.Locale;
import java.util.regex.Pattern;

/** A mail domain in lower-case A-labels (RFC 5890), at most 253 characters. The trust list compares it exactly. */
public record MailDomain(String name) {
    private static final int MAX_LENGTH = 253;
    private static final Pattern FORM =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)++");

    public MailDomain {
        name = name.toLowerCase(Locale.ROOT);
        if (name.length() > MAX_LENGTH || !FORM.matcher(name).matches()) {
            throw new InvalidIdentifierException("a mail domain has letters, digits, hyphens and at least one dot");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
