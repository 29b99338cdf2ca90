package org.mssante.annuaire.sync;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mssante.annuaire.api.Language;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.Matching;
import org.mssante.annuaire.index.ObjectClasses;
import org.mssante.annuaire.index.RegisterStructures;
import org.mssante.annuaire.index.Snapshot;
import org.mssante.annuaire.registry.Registration;
import org.mssante.core.id.StructureId;

/** Our own mailboxes as entries, with what the register knows of their holder and structure. */
final class OwnEntries {
    private static final List<Attribute> OF_HOLDER = List.of(
            Attribute.GIVEN_NAME,
            Attribute.TITLE,
            Attribute.PROFESSION,
            Attribute.PROFESSION_LABEL,
            Attribute.SPECIALITY,
            Attribute.POSTAL_CODE,
            Attribute.TOWN);
    private static final List<Attribute> OF_STRUCTURE =
            List.of(Attribute.ORGANISATION, Attribute.POSTAL_CODE, Attribute.TOWN);

    private final Snapshot register;
    private final RegisterStructures structures;

    /** @param register the entries of professionals and structures */
    OwnEntries(Snapshot register) {
        this.register = register;
        this.structures = new RegisterStructures(register);
    }

    DirectoryEntry mailbox(Registration registration) throws IOException {
        Mailbox mailbox = registration.mailbox();
        // one that is unlisted, suspended or closed is known to the services alone
        boolean published = mailbox.isActive() && !registration.unlisted();
        DirectoryEntry.Builder entry = DirectoryEntry.at(
                EntryKey.of(Branch.MAILBOXES, mailbox.address().toString()),
                published ? Audience.PROFESSIONALS : Audience.SERVICES);
        entry.with(Attribute.OBJECT_CLASS, ObjectClasses.OWN_MAILBOX)
                .with(Attribute.MAIL, mailbox.address().toString())
                .with(Attribute.MAILBOX_TYPE, mailbox.type().name())
                .with(Attribute.COMMON_NAME, mailbox.displayName())
                .with(Attribute.DISPLAY_NAME, mailbox.displayName())
                .with(Attribute.DESCRIPTION, registration.description().orElse(""))
                .with(Attribute.ORGANISATIONAL_UNIT, registration.service().orElse(""))
                .with(
                        Attribute.PREFERRED,
                        registration.preferred().map(String::valueOf).orElse(""))
                .with(Attribute.RESPONSIBLE, registration.responsible().orElse(""));
        technical(entry, registration);
        holder(entry, mailbox);
        structure(entry, mailbox.structure());
        return entry.build();
    }

    private static void technical(DirectoryEntry.Builder entry, Registration registration) {
        Mailbox mailbox = registration.mailbox();
        entry.with(Attribute.STATE, mailbox.state().name())
                .with(Attribute.SIGNING_POLICY, mailbox.signingPolicy().name())
                .with(Attribute.DMP_FILING, mailbox.dmpFiling().code())
                .with(Attribute.UNLISTED, flag(registration.unlisted()))
                .with(Attribute.CREDENTIALS_VERSION, Long.toString(mailbox.credentialsVersion()))
                .with(
                        Attribute.ABSENCE,
                        mailbox.absence()
                                .map(absence -> absence.from() + " " + absence.until() + " " + absence.text())
                                .orElse(""))
                .with(Attribute.LANGUAGE, mailbox.language().map(Language::tag).orElse(""))
                .with(
                        Attribute.CERTIFICATE_SUBJECT,
                        mailbox.certificateSubject().orElse(""))
                .with(
                        Attribute.CERTIFICATE_STRUCTURE,
                        mailbox.certificateStructure()
                                .map(StructureId::nationalId)
                                .orElse(""))
                .with(
                        Attribute.MEMBER,
                        mailbox.members().stream().map(OwnEntries::member).toList());
    }

    private void holder(DirectoryEntry.Builder entry, Mailbox mailbox) throws IOException {
        Optional<DirectoryEntry> person = Optional.empty();
        if (mailbox.holder().isPresent()) {
            NationalEntries.personId(entry, mailbox.holder().get());
            person = register.find(
                    EntryKey.of(Branch.PROFESSIONALS, mailbox.holder().get().nationalId()));
        }
        person.ifPresent(known -> {
            OF_HOLDER.forEach(attribute -> entry.with(attribute, known.values(attribute)));
            // address books ask for the start of a name: without the title it may have here, too
            String shown = Matching.TEXT.normal(mailbox.displayName());
            entry.with(
                    Attribute.COMMON_NAME,
                    known.values(Attribute.COMMON_NAME).stream()
                            .filter(name -> !Matching.TEXT.normal(name).equals(shown))
                            .toList());
        });
        // address books expect a family name of every entry (RFC 4519: sn is mandatory of a person)
        entry.with(
                Attribute.FAMILY_NAME,
                person.map(known -> known.values(Attribute.FAMILY_NAME).get(0)).orElse(mailbox.displayName()));
    }

    private void structure(DirectoryEntry.Builder entry, Optional<StructureId> structure) throws IOException {
        if (structure.isEmpty()) {
            return;
        }
        NationalEntries.structureId(entry, structure.get());
        structures
                .site(structure.get())
                .ifPresent(known -> OF_STRUCTURE.forEach(attribute -> entry.with(attribute, known.values(attribute))));
    }

    private static String member(Member member) {
        return member.person() + " "
                + member.rights().stream().sorted().map(Enum::name).collect(Collectors.joining(","));
    }

    private static String flag(boolean value) {
        return Boolean.toString(value).toUpperCase(Locale.ROOT);
    }
}
