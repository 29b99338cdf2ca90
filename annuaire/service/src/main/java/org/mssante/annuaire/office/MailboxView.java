package org.mssante.annuaire.office;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.mssante.annuaire.registry.MailboxProperties;
import org.mssante.annuaire.registry.RegisterFlag;
import org.mssante.annuaire.registry.Registration;

/** A mailbox as it is shown to who may see it. */
public record MailboxView(Registration registration, Optional<RegisterFlag> flag) {
    private static final int VERSION_BYTES = 15;

    /** Another one after each change of its properties. */
    public String version() {
        return version(registration);
    }

    static String version(Registration registration) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> property :
                MailboxProperties.of(registration).entrySet()) {
            text.append(property.getKey())
                    .append('=')
                    .append(property.getValue())
                    .append('\n');
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .substring(0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            // every Java has it (java.security.MessageDigest)
            throw new IllegalStateException(e);
        }
    }
}
