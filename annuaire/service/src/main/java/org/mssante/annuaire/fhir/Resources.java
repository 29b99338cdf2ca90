package org.mssante.annuaire.fhir;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.Question;
import org.mssante.annuaire.index.Scope;
import org.mssante.annuaire.index.Snapshot;
import org.mssante.core.id.StructureId;

/**
 * Entries of one snapshot as resources, for one kind of reader. A mailbox stands at its holder, or at the role where it has a
 * structure, too, or at its structure where it has no holder (annuaire.md §4.3).
 */
final class Resources {
    private static final int MOST_MAILBOXES = 200;
    static final char ROLE = '-';

    private final Snapshot snapshot;
    private final Audience reader;
    private final Clock clock;
    private final Duration time;

    Resources(Snapshot snapshot, Audience reader, Clock clock, Duration time) {
        this.snapshot = snapshot;
        this.reader = reader;
        this.clock = clock;
        this.time = time;
    }

    /** Of the branch of professionals. */
    Optional<DirectoryEntry> professional(String nationalId) throws IOException {
        return readable(snapshot.find(EntryKey.of(Branch.PROFESSIONALS, nationalId)));
    }

    /** Of the branch of structures. */
    Optional<DirectoryEntry> structure(String nationalId) throws IOException {
        return readable(snapshot.find(EntryKey.of(Branch.STRUCTURES, nationalId)));
    }

    /** The holder of a mailbox, where the register has him. */
    Optional<DirectoryEntry> holder(DirectoryEntry mailbox) throws IOException {
        Optional<String> rpps = first(mailbox, Attribute.PERSON_ID);
        return rpps.isPresent() ? professional("8" + rpps.get()) : Optional.empty();
    }

    /** The structure of a mailbox, where the register has it. */
    Optional<DirectoryEntry> structure(DirectoryEntry mailbox) throws IOException {
        Optional<String> nationalId = structureId(mailbox);
        return nationalId.isPresent() ? structure(nationalId.get()) : Optional.empty();
    }

    Practitioner practitioner(DirectoryEntry professional) throws IOException {
        String rpps = first(professional, Attribute.PERSON_ID).orElseThrow();
        Practitioner practitioner = new Practitioner();
        practitioner.setId("8" + rpps);
        practitioner.getMeta().addProfile(Systems.PROFILES + "as-dp-practitioner");
        practitioner.addIdentifier(identifier("IDNPS", Systems.PERSON_ID, "8" + rpps));
        practitioner.addIdentifier(identifier("RPPS", Systems.RPPS, rpps));
        practitioner.setActive(isActive(professional));
        HumanName name = practitioner.addName();
        first(professional, Attribute.FAMILY_NAME).ifPresent(name::setFamily);
        professional.values(Attribute.GIVEN_NAME).forEach(name::addGiven);
        professional.values(Attribute.TITLE).forEach(name::addSuffix);
        profession(professional)
                .ifPresent(code -> practitioner.addQualification().setCode(code));
        professional
                .values(Attribute.SPECIALITY)
                .forEach(label -> practitioner.addQualification().setCode(new CodeableConcept().setText(label)));
        for (DirectoryEntry mailbox : mailboxes(new Condition.All(List.of(
                new Condition.Equal(Attribute.PERSON_ID, rpps),
                new Condition.Not(new Condition.Present(Attribute.STRUCTURE_ID)))))) {
            practitioner.addTelecom(telecom(mailbox));
        }
        return practitioner;
    }

    /** Numbers of the structures where a professional works or has a mailbox. */
    Set<String> structureNumbers(DirectoryEntry professional) throws IOException {
        Set<String> numbers = new LinkedHashSet<>(professional.values(Attribute.STRUCTURE_ID));
        for (DirectoryEntry mailbox : mailboxes(new Condition.All(List.of(
                new Condition.Equal(
                        Attribute.PERSON_ID,
                        first(professional, Attribute.PERSON_ID).orElseThrow()),
                new Condition.Present(Attribute.STRUCTURE_ID))))) {
            numbers.addAll(mailbox.values(Attribute.STRUCTURE_ID));
        }
        return numbers;
    }

    /** @param included whether the professional and the structure go with it */
    PractitionerRole role(DirectoryEntry professional, String structureNumber, boolean included) throws IOException {
        String rpps = first(professional, Attribute.PERSON_ID).orElseThrow();
        PractitionerRole role = new PractitionerRole();
        role.setId(rpps + ROLE + structureNumber);
        role.getMeta().addProfile(Systems.PROFILES + "as-dp-practitionerrole");
        role.addIdentifier(new Identifier().setSystem(Systems.RPPS).setValue(rpps + ROLE + structureNumber));
        role.setActive(isActive(professional));
        role.setPractitioner(new Reference("Practitioner/8" + rpps));
        if (included) {
            role.getPractitioner().setResource(practitioner(professional));
        }
        Optional<DirectoryEntry> structure = structureOfNumber(structureNumber);
        if (structure.isPresent()) {
            role.setOrganization(
                    new Reference("Organization/" + structureId(structure.get()).orElseThrow()));
            if (included) {
                role.getOrganization().setResource(organization(structure.get()));
            }
        }
        profession(professional).ifPresent(role::addCode);
        for (DirectoryEntry mailbox : mailboxes(new Condition.All(List.of(
                new Condition.Equal(Attribute.PERSON_ID, rpps),
                new Condition.Equal(Attribute.STRUCTURE_ID, structureNumber))))) {
            role.addTelecom(telecom(mailbox));
        }
        return role;
    }

    /** @param entry of a structure, or of a mailbox that names one */
    Organization organization(DirectoryEntry entry) throws IOException {
        StructureId id = StructureId.ofNationalId(structureId(entry).orElseThrow());
        Organization organization = new Organization();
        organization.setId(id.nationalId());
        organization.getMeta().addProfile(Systems.PROFILES + "as-dp-organization");
        organization.addIdentifier(identifier("IDNST", Systems.STRUCTURE_ID, id.nationalId()));
        if (id.kind() == StructureId.Kind.FINESS) {
            organization.addIdentifier(identifier("FINEG", Systems.FINESS, id.number()));
        }
        organization.setActive(true);
        organization.setName(first(entry, Attribute.ORGANISATION).orElse(id.nationalId()));
        entry.values(Attribute.PHONE)
                .forEach(number -> organization
                        .addTelecom()
                        .setSystem(ContactPoint.ContactPointSystem.PHONE)
                        .setValue(number));
        for (DirectoryEntry mailbox : mailboxes(new Condition.All(List.of(
                new Condition.Equal(Attribute.STRUCTURE_ID, id.number()),
                new Condition.Not(new Condition.Present(Attribute.PERSON_ID)))))) {
            organization.addTelecom(telecom(mailbox));
        }
        Optional<String> town = first(entry, Attribute.TOWN);
        Optional<String> postalCode = first(entry, Attribute.POSTAL_CODE);
        if (town.isPresent() || postalCode.isPresent()) {
            organization.addAddress();
            town.ifPresent(organization.getAddressFirstRep()::setCity);
            postalCode.ifPresent(organization.getAddressFirstRep()::setPostalCode);
            first(entry, Attribute.STREET).ifPresent(organization.getAddressFirstRep()::addLine);
        }
        return organization;
    }

    private ContactPoint telecom(DirectoryEntry mailbox) {
        ContactPoint telecom = new ContactPoint()
                .setSystem(ContactPoint.ContactPointSystem.EMAIL)
                .setValue(first(mailbox, Attribute.MAIL).orElseThrow());
        first(mailbox, Attribute.PREFERRED).map(Integer::valueOf).ifPresent(telecom::setRank);
        telecom.addExtension(
                Systems.EMAIL_TYPE, new Coding().setSystem(Systems.MESSAGING).setCode("MSSANTE"));
        Extension metadata = telecom.addExtension();
        metadata.setUrl(Systems.MAILBOX_METADATA);
        first(mailbox, Attribute.MAILBOX_TYPE)
                .ifPresent(type -> metadata.addExtension(
                        "type", new CodeableConcept(new Coding(Systems.MAILBOX_TYPE, type, null))));
        first(mailbox, Attribute.DESCRIPTION)
                .ifPresent(text -> metadata.addExtension("description", new StringType(text)));
        first(mailbox, Attribute.ORGANISATIONAL_UNIT)
                .ifPresent(text -> metadata.addExtension("service", new StringType(text)));
        return telecom;
    }

    private List<DirectoryEntry> mailboxes(Condition condition) throws IOException {
        return search(Branch.MAILBOXES, condition, MOST_MAILBOXES);
    }

    private Optional<DirectoryEntry> structureOfNumber(String number) throws IOException {
        return search(Branch.STRUCTURES, new Condition.Equal(Attribute.STRUCTURE_ID, number), 1).stream()
                .findFirst();
    }

    private List<DirectoryEntry> search(Branch branch, Condition condition, int most) throws IOException {
        return new ArrayList<>(snapshot.search(
                        new Question(EntryKey.of(branch), Scope.ONE_LEVEL, condition, reader),
                        0,
                        most,
                        clock.instant().plus(time),
                        clock)
                .entries());
    }

    private Optional<DirectoryEntry> readable(Optional<DirectoryEntry> entry) {
        return entry.filter(found -> reader.mayRead(found.audience()));
    }

    private static Optional<String> structureId(DirectoryEntry entry) {
        return first(entry, Attribute.STRUCTURE_ID)
                .flatMap(number -> first(entry, Attribute.STRUCTURE_ID_TYPE)
                        .map(kind -> new StructureId(StructureId.Kind.valueOf(kind), number).nationalId()));
    }

    private static Optional<CodeableConcept> profession(DirectoryEntry professional) {
        return first(professional, Attribute.PROFESSION).map(code -> {
            Coding coding = new Coding().setSystem(Systems.PROFESSION).setCode(code);
            first(professional, Attribute.PROFESSION_LABEL).ifPresent(coding::setDisplay);
            return new CodeableConcept(coding);
        });
    }

    static boolean isActive(DirectoryEntry professional) {
        return professional.values(Attribute.ACTIVE).contains("TRUE");
    }

    private static Identifier identifier(String type, String system, String value) {
        return new Identifier()
                .setUse(Identifier.IdentifierUse.OFFICIAL)
                .setType(new CodeableConcept(
                        new Coding().setSystem(Systems.IDENTIFIER_TYPE).setCode(type)))
                .setSystem(system)
                .setValue(value);
    }

    private static Optional<String> first(DirectoryEntry entry, Attribute attribute) {
        return entry.values(attribute).stream().findFirst();
    }
}
