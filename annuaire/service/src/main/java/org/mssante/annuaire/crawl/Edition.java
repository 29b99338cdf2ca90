package org.mssante.annuaire.crawl;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.rpps.Activity;
import org.mssante.annuaire.rpps.ActivityFormat;
import org.mssante.annuaire.rpps.Diploma;
import org.mssante.annuaire.rpps.DiplomaFormat;
import org.mssante.annuaire.rpps.ExtractFormat;
import org.mssante.annuaire.rpps.ExtractWriter;
import org.mssante.annuaire.rpps.Place;
import org.mssante.annuaire.rpps.PublishedMailbox;
import org.mssante.annuaire.rpps.PublishedMailboxFormat;
import org.mssante.annuaire.rpps.Skill;
import org.mssante.annuaire.rpps.SkillFormat;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/**
 * What is known, as one archive of the four extracts. A resource without the identifiers it needs becomes a line that its reader
 * counts, so that too many of them hold the edition.
 */
final class Edition {
    private static final Place NOWHERE = new Place("", "", "", "");
    private static final int BUFFER = 1 << 18;
    private static final String ENDING = ".txt";

    private final KeptRegister kept;

    Edition(KeptRegister kept) {
        this.kept = kept;
    }

    /** Writes one extract. */
    @FunctionalInterface
    private interface Content<R> {
        void writeTo(ExtractWriter<R> lines) throws IOException;
    }

    /** Makes a record; what it is made of may not have the form it needs. */
    @FunctionalInterface
    private interface Making<R> {
        R make();
    }

    void write(Path file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
            zip.setLevel(Deflater.BEST_SPEED);
            entry(zip, new ActivityFormat(), this::activities);
            entry(zip, new SkillFormat(), this::skills);
            entry(zip, new DiplomaFormat(), this::diplomas);
            entry(zip, new PublishedMailboxFormat(), this::mailboxes);
        }
    }

    private static <R> void entry(ZipOutputStream zip, ExtractFormat<R> format, Content<R> content) throws IOException {
        zip.putNextEntry(new ZipEntry(format.prefixes().get(0) + ENDING));
        content.writeTo(new ExtractWriter<>(zip, format));
        zip.closeEntry();
    }

    private void activities(ExtractWriter<Activity> lines) throws IOException {
        // without its role each professional is there, and not active: the lines of a person add up
        forEachPerson(person -> write(lines, () -> activity(person, false, Optional.empty())));
        kept.forEach(Kind.ROLE, text -> {
            KeptRole role = KeptRole.of(text);
            Optional<Activity.Site> site = organization(role).flatMap(Edition::site);
            writeFor(role, lines, person -> activity(person, true, site));
        });
    }

    private void skills(ExtractWriter<Skill> lines) throws IOException {
        forEachPerson(person -> {
            for (KeptQualification skill : person.skills()) {
                write(
                        lines,
                        () -> new Skill(
                                new Rpps(person.rpps()),
                                person.professionCode(),
                                skill.kind(),
                                skill.code(),
                                skill.label()));
            }
        });
    }

    private void diplomas(ExtractWriter<Diploma> lines) throws IOException {
        forEachPerson(person -> {
            for (KeptQualification diploma : person.diplomas()) {
                write(
                        lines,
                        () -> new Diploma(new Rpps(person.rpps()), diploma.kind(), diploma.code(), diploma.label()));
            }
        });
    }

    private void mailboxes(ExtractWriter<PublishedMailbox> lines) throws IOException {
        forEachPerson(person -> {
            for (KeptMailbox mailbox : person.mailboxes()) {
                write(lines, () -> mailbox(mailbox, person, Optional.empty()));
            }
        });
        kept.forEach(Kind.ROLE, text -> {
            KeptRole role = KeptRole.of(text);
            Optional<KeptOrganization> organization = organization(role);
            for (KeptMailbox mailbox : role.mailboxes()) {
                writeFor(role, lines, person -> mailbox(mailbox, person, organization));
            }
        });
        kept.forEach(Kind.ORGANIZATION, text -> {
            KeptOrganization organization = KeptOrganization.of(text);
            for (KeptMailbox mailbox : organization.mailboxes()) {
                write(lines, () -> mailbox(mailbox, organization));
            }
        });
    }

    /** Takes one of the people. */
    @FunctionalInterface
    private interface PersonVisitor {
        void visit(KeptPerson person) throws IOException;
    }

    private void forEachPerson(PersonVisitor visitor) throws IOException {
        kept.forEach(Kind.PRACTITIONER, text -> visitor.visit(KeptPerson.of(text)));
    }

    private <R> void writeFor(KeptRole role, ExtractWriter<R> lines, Function<KeptPerson, R> record)
            throws IOException {
        Optional<KeptPerson> person =
                kept.find(Kind.PRACTITIONER, role.practitioner()).map(KeptPerson::of);
        if (person.isPresent()) {
            write(lines, () -> record.apply(person.get()));
        } else {
            lines.writeUnusable();
        }
    }

    private static <R> void write(ExtractWriter<R> lines, Making<R> record) throws IOException {
        R made;
        try {
            made = record.make();
        } catch (InvalidIdentifierException e) {
            lines.writeUnusable();
            return;
        }
        lines.write(made);
    }

    private Optional<KeptOrganization> organization(KeptRole role) {
        return kept.find(Kind.ORGANIZATION, role.organization()).map(KeptOrganization::of);
    }

    private static Activity activity(KeptPerson person, boolean practising, Optional<Activity.Site> site) {
        return new Activity(
                new Rpps(person.rpps()),
                person.title(),
                person.familyName(),
                person.givenName(),
                person.professionCode(),
                person.professionLabel(),
                Activity.Savoir.NONE,
                practising,
                site);
    }

    /** The extract of the activities has no line of a site but by these three. */
    private static Optional<Activity.Site> site(KeptOrganization organization) {
        return structure(organization)
                .filter(id -> switch (id.kind()) {
                    case FINESS, SIRET, CABINET_RPPS -> true;
                    case SIREN, CABINET_ADELI -> false;
                })
                .map(id -> new Activity.Site(
                        id,
                        Stream.of(organization.others().split(" "))
                                .filter(other -> !other.isEmpty())
                                .map(StructureId::ofNationalId)
                                .toList(),
                        organization.name(),
                        organization.sector(),
                        Optional.of(organization.legalEntity())
                                .filter(number -> !number.isEmpty())
                                .map(StructureId::finess),
                        place(organization)));
    }

    private static PublishedMailbox mailbox(
            KeptMailbox mailbox, KeptPerson person, Optional<KeptOrganization> organization) {
        return new PublishedMailbox(
                MailAddress.parse(mailbox.address()),
                type(mailbox),
                Optional.of(new Rpps(person.rpps())),
                organization.flatMap(Edition::structure),
                mailbox.service(),
                person.title(),
                person.familyName(),
                person.givenName(),
                person.professionCode(),
                person.professionLabel(),
                person.skills().stream()
                        .findFirst()
                        .map(KeptQualification::label)
                        .orElse(""),
                organization.map(KeptOrganization::name).orElse(""),
                organization.map(Edition::place).orElse(NOWHERE));
    }

    private static PublishedMailbox mailbox(KeptMailbox mailbox, KeptOrganization organization) {
        return new PublishedMailbox(
                MailAddress.parse(mailbox.address()),
                type(mailbox),
                Optional.empty(),
                structure(organization),
                mailbox.service(),
                "",
                "",
                "",
                "",
                "",
                "",
                organization.name(),
                place(organization));
    }

    private static MailboxType type(KeptMailbox mailbox) {
        return Arrays.stream(MailboxType.values())
                .filter(type -> type.name().equals(mailbox.type()))
                .findFirst()
                .orElseThrow(() -> new InvalidIdentifierException("no type of mailbox has this name"));
    }

    private static Optional<StructureId> structure(KeptOrganization organization) {
        return Optional.of(organization.nationalId())
                .filter(id -> !id.isEmpty())
                .map(StructureId::ofNationalId);
    }

    private static Place place(KeptOrganization organization) {
        return new Place(organization.street(), organization.postalCode(), organization.town(), organization.phone());
    }
}
