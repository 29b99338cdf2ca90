package org.mssante.annuaire.publish;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.registry.Registration;
import org.mssante.annuaire.registry.TakenMailbox;
import org.mssante.core.id.MailAddress;

/**
 * What the annuaire national may know of a mailbox (mssante.md §5.2). There is none of a mailbox on the liste rouge nor of one
 * that is not active: {@link #of} is the only door.
 */
public record PublicMailbox(
        MailAddress address,
        MailboxType type,
        Carrier carrier,
        Optional<String> description,
        Optional<String> service,
        Optional<String> responsible,
        Optional<Integer> preferred) {

    /** Empty where the mailbox is not to be published. */
    public static Optional<PublicMailbox> of(Registration registration) {
        Mailbox mailbox = registration.mailbox();
        if (registration.unlisted() || !mailbox.isActive()) {
            return Optional.empty();
        }
        boolean structural = mailbox.type() == MailboxType.ORG || mailbox.type() == MailboxType.APP;
        return Optional.of(new PublicMailbox(
                mailbox.address(),
                mailbox.type(),
                Carrier.of(mailbox),
                registration.description().filter(unused -> mailbox.type() != MailboxType.PER),
                registration.service().filter(unused -> structural),
                registration.responsible().filter(unused -> structural),
                registration.preferred()));
    }

    /** What is remembered once the annuaire has taken it. */
    TakenMailbox remembered() {
        return new TakenMailbox(address, carrier.nationalId(), Optional.of(digest()));
    }

    private String digest() {
        String content = String.join(
                        "\u0000",
                        address.toString(),
                        type.name(),
                        carrier.nationalId(),
                        description.orElse(""),
                        service.orElse(""),
                        responsible.orElse(""))
                + preferred.map(rank -> "\u0000" + rank).orElse("");
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
