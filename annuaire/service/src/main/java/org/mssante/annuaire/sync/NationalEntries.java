package org.mssante.annuaire.sync;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.ObjectClasses;
import org.mssante.annuaire.index.SkillValue;
import org.mssante.annuaire.rpps.Activity;
import org.mssante.annuaire.rpps.Diploma;
import org.mssante.annuaire.rpps.Place;
import org.mssante.annuaire.rpps.PublishedMailbox;
import org.mssante.annuaire.rpps.Skill;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/** Records of the extracts as entries. What one line says is one entry; the lines of one key are merged later. */
final class NationalEntries {
    /** TRE_G08-TypeIdentifiantPersonne. */
    private static final String RPPS_TYPE = "8";

    private NationalEntries() {}

    static DirectoryEntry professional(Activity activity) {
        DirectoryEntry.Builder entry = person(activity.rpps().nationalId());
        personId(entry, activity.rpps());
        entry.with(Attribute.TITLE, activity.title())
                .with(Attribute.FAMILY_NAME, activity.familyName())
                .with(Attribute.GIVEN_NAME, activity.givenName())
                .with(Attribute.COMMON_NAME, name(activity.givenName(), activity.familyName()))
                .with(Attribute.PROFESSION, activity.professionCode())
                .with(Attribute.PROFESSION_LABEL, activity.professionLabel())
                .with(Attribute.SPECIALITY, activity.skill().label())
                .with(
                        Attribute.SKILL,
                        skill(
                                activity.skill().kind(),
                                activity.skill().code(),
                                activity.skill().label()));
        if (activity.practising()) {
            // a line without activity says nothing against the activities of other lines
            entry.with(Attribute.ACTIVE, "TRUE");
        }
        activity.site().ifPresent(site -> {
            structureId(entry, site.id());
            entry.with(Attribute.ORGANISATION, site.name());
            place(entry, site.place());
        });
        return entry.build();
    }

    static DirectoryEntry speciality(Skill skill) {
        return person(skill.rpps().nationalId())
                .with(Attribute.SPECIALITY, skill.label())
                .with(Attribute.SKILL, skill(skill.kind(), skill.code(), skill.label()))
                .build();
    }

    static DirectoryEntry diploma(Diploma diploma) {
        return person(diploma.rpps().nationalId())
                .with(Attribute.DIPLOMA, diploma.label())
                .build();
    }

    private static String skill(String kind, String code, String label) {
        return new SkillValue(code, kind, label).text();
    }

    static DirectoryEntry structure(Activity.Site site) {
        StructureId id = site.id();
        DirectoryEntry.Builder entry = DirectoryEntry.at(
                        EntryKey.of(Branch.STRUCTURES, id.nationalId()), Audience.PROFESSIONALS)
                .with(Attribute.OBJECT_CLASS, ObjectClasses.STRUCTURE)
                .with(Attribute.UID, id.nationalId())
                .with(Attribute.ORGANISATION, site.name().isEmpty() ? id.nationalId() : site.name())
                .with(Attribute.SECTOR, site.sector());
        structureId(entry, id);
        site.numbers().forEach(number -> entry.with(Attribute.STRUCTURE_NUMBER, number.nationalId()));
        site.legalEntity().ifPresent(entity -> entry.with(Attribute.LEGAL_ENTITY, entity.number()));
        place(entry, site.place());
        return entry.build();
    }

    static DirectoryEntry mailbox(PublishedMailbox mailbox) {
        boolean personal = mailbox.type() == MailboxType.PER || mailbox.type() == MailboxType.CAB;
        String personName = name(mailbox.givenName(), mailbox.familyName());
        String name = Stream.of(
                        personal ? personName : "",
                        mailbox.service(),
                        mailbox.structureName(),
                        mailbox.address().toString())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow();
        DirectoryEntry.Builder entry = DirectoryEntry.at(
                EntryKey.of(Branch.MAILBOXES, mailbox.address().toString()), Audience.PROFESSIONALS);
        entry.with(Attribute.OBJECT_CLASS, ObjectClasses.MAILBOX)
                .with(Attribute.MAIL, mailbox.address().toString())
                .with(Attribute.MAILBOX_TYPE, mailbox.type().name())
                .with(Attribute.COMMON_NAME, name)
                .with(Attribute.DISPLAY_NAME, name)
                .with(Attribute.FAMILY_NAME, mailbox.familyName().isEmpty() ? name : mailbox.familyName())
                .with(Attribute.GIVEN_NAME, mailbox.givenName())
                .with(Attribute.TITLE, mailbox.title())
                .with(Attribute.PROFESSION, mailbox.professionCode())
                .with(Attribute.PROFESSION_LABEL, mailbox.professionLabel())
                .with(Attribute.SPECIALITY, mailbox.skillLabel())
                .with(Attribute.ORGANISATION, mailbox.structureName())
                .with(Attribute.ORGANISATIONAL_UNIT, mailbox.service());
        mailbox.holder().ifPresent(rpps -> personId(entry, rpps));
        mailbox.structure().ifPresent(id -> structureId(entry, id));
        place(entry, mailbox.place());
        return entry.build();
    }

    static void personId(DirectoryEntry.Builder entry, Rpps rpps) {
        entry.with(Attribute.PERSON_ID, rpps.value()).with(Attribute.PERSON_ID_TYPE, RPPS_TYPE);
    }

    static void structureId(DirectoryEntry.Builder entry, StructureId id) {
        entry.with(Attribute.STRUCTURE_ID, id.number())
                .with(Attribute.STRUCTURE_ID_TYPE, id.kind().name());
    }

    private static DirectoryEntry.Builder person(String nationalId) {
        return DirectoryEntry.at(EntryKey.of(Branch.PROFESSIONALS, nationalId), Audience.PROFESSIONALS)
                .with(Attribute.OBJECT_CLASS, ObjectClasses.PROFESSIONAL)
                .with(Attribute.UID, nationalId);
    }

    private static void place(DirectoryEntry.Builder entry, Place place) {
        entry.with(Attribute.STREET, place.street())
                .with(Attribute.POSTAL_CODE, place.postalCode())
                .with(Attribute.TOWN, place.town())
                .with(Attribute.PHONE, place.phone());
    }

    private static String name(String givenName, String familyName) {
        return Stream.of(givenName, familyName).filter(text -> !text.isEmpty()).collect(Collectors.joining(" "));
    }
}
