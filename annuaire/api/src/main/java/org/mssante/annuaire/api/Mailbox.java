package org.mssante.annuaire.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/**
 * One of our own mailboxes as the registry holds it.
 *
 * @param holder the professional of a PER mailbox, the responsible of a CAB
 * @param structure the structure of an ORG or APP mailbox
 * @param certificateSubject the subject DN (RFC 2253) of the client certificate that opens an APP mailbox, or an ORG whose
 *     structure wants that
 * @param certificateStructure what that certificate names the structure by, where that is another identifier than {@code
 *     structure}: the legal entity of an establishment, a SIRET beside a FINESS
 * @param dmpFiling what becomes of documents that arrive here
 * @param language of those who read it; none: the operator's
 * @param absence what senders are told, and when; past ones included
 * @param credentialsVersion grows whenever a password of a PER mailbox is withdrawn: sessions it opened before are over
 */
public record Mailbox(
        MailAddress address,
        MailboxType type,
        MailboxState state,
        String displayName,
        Optional<Rpps> holder,
        Optional<StructureId> structure,
        List<Member> members,
        Optional<String> certificateSubject,
        Optional<StructureId> certificateStructure,
        SigningPolicy signingPolicy,
        DmpFiling dmpFiling,
        Optional<Language> language,
        Optional<Absence> absence,
        long credentialsVersion) {

    public Mailbox {
        members = List.copyOf(members);
    }

    /** One in the operator's language that nobody is absent from, and none of whose passwords has been withdrawn. */
    public Mailbox(
            MailAddress address,
            MailboxType type,
            MailboxState state,
            String displayName,
            Optional<Rpps> holder,
            Optional<StructureId> structure,
            List<Member> members,
            Optional<String> certificateSubject,
            SigningPolicy signingPolicy,
            DmpFiling dmpFiling) {
        this(
                address,
                type,
                state,
                displayName,
                holder,
                structure,
                members,
                certificateSubject,
                Optional.empty(),
                signingPolicy,
                dmpFiling,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    public boolean isActive() {
        return state == MailboxState.ACTIVE;
    }

    /** Whether a certificate of that subject can be one of the mailbox's structure: it names none, or this one. */
    public boolean isOfStructureOf(X500Principal subject) {
        Set<StructureId> named = NamedStructures.in(subject);
        return named.isEmpty() || named.stream().anyMatch(this::isKnownAs);
    }

    /** Whether a software that presents a certificate of that subject logs in to it; its state is another question. */
    public boolean opensTo(X500Principal subject) {
        return certificateSubject
                        .map(X500Principal::new)
                        .filter(subject::equals)
                        .isPresent()
                && isOfStructureOf(subject);
    }

    /** Whether that is an identifier of the mailbox's structure. */
    public boolean isKnownAs(StructureId id) {
        return structure.filter(id::equals).isPresent()
                || certificateStructure.filter(id::equals).isPresent();
    }

    /**
     * True where the person holds that right here: the responsible of a CAB each of them (mssante.md §5.3), a member those he was
     * given; nobody is a member of a PER or APP mailbox.
     *
     * @param person his own mailbox: a software, a shared mailbox or one that is not open has no rights anywhere, whatever a list
     *     of members says
     */
    public boolean grants(Mailbox person, MemberRight right) {
        return person.type == MailboxType.PER
                && person.isActive()
                && (isResponsible(person)
                        || members.stream()
                                .anyMatch(member -> member.person().equals(person.address()) && member.may(right)));
    }

    private boolean isResponsible(Mailbox person) {
        return type == MailboxType.CAB && holder.isPresent() && holder.equals(person.holder);
    }
}
