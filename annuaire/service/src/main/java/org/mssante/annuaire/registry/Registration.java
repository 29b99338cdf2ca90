package org.mssante.annuaire.registry;

import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;

/**
 * All that is known of one of our own mailboxes (MOS BoiteLettreMSS, mssante.md §5.2).
 *
 * @param unlisted liste rouge: works like any other, is never published
 * @param service the service an ORG or APP mailbox belongs to
 * @param responsible who answers for an ORG or APP mailbox; never in open access
 * @param preferred how much it is preferred among those of its holder or structure: 1 the most (telecom.rank)
 * @param held the operator has suspended or closed it, and he alone opens it again
 */
public record Registration(
        Mailbox mailbox,
        boolean unlisted,
        Optional<String> description,
        Optional<String> service,
        Optional<String> responsible,
        Optional<Integer> preferred,
        boolean held) {

    /** One of which nobody has said how much it is preferred, and that the operator does not hold. */
    public Registration(
            Mailbox mailbox,
            boolean unlisted,
            Optional<String> description,
            Optional<String> service,
            Optional<String> responsible) {
        this(mailbox, unlisted, description, service, responsible, Optional.empty(), false);
    }

    public Registration(
            Mailbox mailbox,
            boolean unlisted,
            Optional<String> description,
            Optional<String> service,
            Optional<String> responsible,
            Optional<Integer> preferred,
            boolean held) {
        this.mailbox = mailbox;
        this.unlisted = unlisted;
        this.description = description;
        this.service = service;
        this.responsible = responsible;
        this.preferred = preferred;
        this.held = held;
        TypeRule.checkForm(this);
        checkTogether(mailbox);
    }

    /**
     * What is remembered of one that is purged: that the address was given, and to whom, so that it is never given again and leaves
     * what was published under that name. The history keeps its changes.
     */
    Registration remains() {
        return new Registration(
                new Mailbox(
                        mailbox.address(),
                        mailbox.type(),
                        mailbox.state(),
                        mailbox.address().toString(),
                        mailbox.holder(),
                        mailbox.structure(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        SigningPolicy.NONE,
                        DmpFiling.OFF,
                        Optional.empty(),
                        Optional.empty(),
                        mailbox.credentialsVersion()),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                held);
    }

    /** The same, of which that person is no member. */
    Registration without(MailAddress person) {
        List<Member> others = mailbox.members().stream()
                .filter(member -> !member.person().equals(person))
                .toList();
        return new Registration(
                new Mailbox(
                        mailbox.address(),
                        mailbox.type(),
                        mailbox.state(),
                        mailbox.displayName(),
                        mailbox.holder(),
                        mailbox.structure(),
                        others,
                        mailbox.certificateSubject(),
                        mailbox.certificateStructure(),
                        mailbox.signingPolicy(),
                        mailbox.dmpFiling(),
                        mailbox.language(),
                        mailbox.absence(),
                        mailbox.credentialsVersion()),
                unlisted,
                description,
                service,
                responsible,
                preferred,
                held);
    }

    public MailAddress address() {
        return mailbox.address();
    }

    private static void checkTogether(Mailbox mailbox) {
        if (mailbox.members().stream().map(Member::person).distinct().count()
                < mailbox.members().size()) {
            throw new InvalidRegistrationException("a member is named twice");
        }
        if (mailbox.certificateSubject().isEmpty()
                && mailbox.certificateStructure().isPresent()) {
            throw new InvalidRegistrationException("certificateStructure goes with certificateSubject");
        }
    }
}
