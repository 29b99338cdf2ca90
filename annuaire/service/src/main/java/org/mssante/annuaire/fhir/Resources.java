package org.mssante.annuaire.fhir;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.Question;
import org.mssante.annuaire.index.RegisterStructures;
import org.mssante.annuaire.index.Scope;
import org.mssante.annuaire.index.SkillValue;
import org.mssante.annuaire.index.Snapshot;
import org.mssante.core.id.StructureId;

/**
 * Entries of one snapshot as resources. Whoever asks gets what is published: a mailbox on the liste rouge, suspended, closed or purged is
 * in none, since a resource does not say so of it, and would be copied as any other. A mailbox stands at its holder, or at the role where it has a
 * structure, too, or at its structure where it has no holder (annuaire.md §4.3). Each entry that goes into a resource is one of those
 * that may. Not thread-safe.
 */
final class Resources {
    static final char ROLE = '-';

    /** Entries that all who log in may see. */
    static final Audience SHOWN = Audience.PROFESSIONALS;

    private final Snapshot snapshot;
    private final RegisterStructures structures;
    private final Audience reader;
    private final Allowance allowance;
    private final Set<String> made = new HashSet<>();

    /** Makes a resource. */
    @FunctionalInterface
    interface Making {
        Resource make() throws IOException;
    }

    Resources(Snapshot snapshot, Audience reader, Allowance allowance) {
        this.snapshot = snapshot;
        this.structures = new RegisterStructures(snapshot);
        this.reader = reader;
        this.allowance = allowance;
    }

    /** Whether an entry is what is asked for. */
    private boolean is(DirectoryEntry entry, Subject asked) throws IOException {
        return asked.condition().holds(entry, SHOWN)
                && (asked.changed().isEmpty() || asked.changed().get().holds(changed(entry)));
    }

    private Instant changed(DirectoryEntry entry) throws IOException {
        return snapshot.changed(entry.key())
                .orElseThrow(() -> new IllegalStateException("an entry of the snapshot is not in it"));
    }

    /** What all resources say of themselves; see {@link Criteria#of} for who is told of times. */
    private Meta meta(DirectoryEntry entry, String profile) throws IOException {
        Meta meta = new Meta().addProfile(profile);
        return reader == Audience.SERVICES ? meta.setLastUpdated(Date.from(changed(entry))) : meta;
    }

    /** What goes with several is made once: the resource, or none where it was made before. */
    List<Resource> once(String id, Making making) throws IOException {
        return made.add(id) ? List.of(making.make()) : List.of();
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

    /** The holder of a mailbox, where he is one who is asked for. */
    Optional<DirectoryEntry> holder(DirectoryEntry mailbox, Subject asked) throws IOException {
        Optional<DirectoryEntry> holder = holder(mailbox);
        return holder.isPresent() && is(holder.get(), asked) ? holder : Optional.empty();
    }

    /** The structures that an entry names, by whichever of their own numbers, each by the number that stands for it. */
    Set<StructureId> namedBy(DirectoryEntry entry) throws IOException {
        return structures.namedBy(entry);
    }

    /** The number that stands for a structure, by any of its own. */
    StructureId standing(StructureId id) throws IOException {
        return structures.standing(id);
    }

    /** Of the structures of a mailbox, as the register has them or else as the mailbox itself tells of them, those that are asked for. */
    List<DirectoryEntry> structures(DirectoryEntry mailbox, Subject asked) throws IOException {
        List<DirectoryEntry> all = new ArrayList<>();
        for (StructureId id : namedBy(mailbox)) {
            DirectoryEntry structure = structure(id.nationalId()).orElseGet(() -> told(mailbox, id));
            if (is(structure, asked)) {
                all.add(structure);
            }
        }
        return all;
    }

    private static DirectoryEntry told(DirectoryEntry mailbox, StructureId id) {
        DirectoryEntry.Builder structure = DirectoryEntry.at(mailbox.key(), mailbox.audience())
                .with(Attribute.STRUCTURE_ID, id.number())
                .with(Attribute.STRUCTURE_ID_TYPE, id.kind().name());
        mailbox.attributes().forEach((attribute, values) -> {
            if (attribute != Attribute.STRUCTURE_ID && attribute != Attribute.STRUCTURE_ID_TYPE) {
                structure.with(attribute, values);
            }
        });
        return structure.build();
    }

    Practitioner practitioner(DirectoryEntry professional) throws IOException {
        allowance.takeOne();
        String rpps = first(professional, Attribute.PERSON_ID).orElseThrow();
        Practitioner practitioner = new Practitioner();
        practitioner.setId("8" + rpps);
        practitioner.setMeta(meta(professional, PractitionerSearch.PROFILE));
        practitioner.addIdentifier(identifier("IDNPS", Systems.PERSON_ID, "8" + rpps));
        practitioner.addIdentifier(identifier("RPPS", Systems.RPPS, rpps));
        practitioner.setActive(isActive(professional));
        HumanName name = practitioner.addName();
        first(professional, Attribute.FAMILY_NAME).ifPresent(name::setFamily);
        professional.values(Attribute.GIVEN_NAME).forEach(name::addGiven);
        professional.values(Attribute.TITLE).forEach(name::addSuffix);
        professions(professional)
                .forEach(code -> practitioner.addQualification().setCode(code));
        skills(professional).forEach(code -> practitioner.addQualification().setCode(code));
        professional
                .values(Attribute.DIPLOMA)
                .forEach(label -> practitioner.addQualification().setCode(new CodeableConcept().setText(label)));
        for (DirectoryEntry mailbox : mailboxes(new Condition.All(List.of(
                new Condition.Equal(Attribute.PERSON_ID, rpps),
                new Condition.Not(new Condition.Present(Attribute.STRUCTURE_ID)))))) {
            practitioner.addTelecom(telecom(mailbox));
        }
        return practitioner;
    }

    /** The structures where a professional works or has a mailbox. */
    Set<StructureId> structuresOf(DirectoryEntry professional) throws IOException {
        Set<StructureId> all = new LinkedHashSet<>(namedBy(professional));
        Condition his = new Condition.All(List.of(
                new Condition.Equal(
                        Attribute.PERSON_ID,
                        first(professional, Attribute.PERSON_ID).orElseThrow()),
                new Condition.Present(Attribute.STRUCTURE_ID)));
        for (DirectoryEntry mailbox : allowance.all(snapshot, question(Branch.MAILBOXES, his))) {
            all.addAll(namedBy(mailbox));
        }
        return all;
    }

    /** Of the structures of a mailbox those where there is a role because of it: its holder does not work there, and it is his first. */
    List<StructureId> madeRoles(DirectoryEntry mailbox) throws IOException {
        Optional<DirectoryEntry> holder = holder(mailbox);
        if (holder.isEmpty()) {
            return List.of();
        }
        Set<StructureId> worksAt = namedBy(holder.get());
        List<StructureId> made = new ArrayList<>();
        for (StructureId id : namedBy(mailbox)) {
            if (!worksAt.contains(id) && isHisFirst(mailbox, id)) {
                made.add(id);
            }
        }
        return made;
    }

    private boolean isHisFirst(DirectoryEntry mailbox, StructureId structure) throws IOException {
        Condition his = new Condition.All(List.of(
                new Condition.Equal(
                        Attribute.PERSON_ID, first(mailbox, Attribute.PERSON_ID).orElseThrow()),
                mayName(structure)));
        for (DirectoryEntry one : allowance.all(snapshot, question(Branch.MAILBOXES, his))) {
            if (namedBy(one).contains(structure)) {
                return one.key().equals(mailbox.key());
            }
        }
        return false;
    }

    /** Those who work at a structure or have a mailbox there. */
    Collection<DirectoryEntry> professionalsAt(StructureId structure) throws IOException {
        Condition there = mayName(structure);
        Map<EntryKey, DirectoryEntry> professionals = new LinkedHashMap<>();
        for (DirectoryEntry professional : allowance.all(snapshot, question(Branch.PROFESSIONALS, there))) {
            if (namedBy(professional).contains(structure)) {
                professionals.put(professional.key(), professional);
            }
        }
        Condition personal = new Condition.All(List.of(there, new Condition.Present(Attribute.PERSON_ID)));
        for (DirectoryEntry mailbox : allowance.all(snapshot, question(Branch.MAILBOXES, personal))) {
            if (namedBy(mailbox).contains(structure)) {
                holder(mailbox).ifPresent(holder -> professionals.putIfAbsent(holder.key(), holder));
            }
        }
        return professionals.values();
    }

    /** Entries that name a structure by one of its own numbers; {@link #namedBy} tells which of them mean it. */
    Condition mayName(StructureId id) throws IOException {
        return new Condition.Any(
                structures.numbers(id).stream().<Condition>map(Criteria::named).toList());
    }

    static String roleId(String rpps, StructureId structure) {
        return rpps + ROLE + structure.nationalId();
    }

    PractitionerRole role(DirectoryEntry professional, StructureId structure) throws IOException {
        allowance.takeOne();
        String rpps = first(professional, Attribute.PERSON_ID).orElseThrow();
        PractitionerRole role = new PractitionerRole();
        role.setId(roleId(rpps, structure));
        role.setMeta(meta(professional, PractitionerRoleSearch.PROFILE));
        role.addIdentifier(new Identifier().setSystem(Systems.RPPS).setValue(roleId(rpps, structure)));
        role.setActive(isActive(professional));
        role.setPractitioner(new Reference("Practitioner/8" + rpps));
        if (structure(structure.nationalId()).isPresent()) {
            role.setOrganization(new Reference("Organization/" + structure.nationalId()));
        }
        professions(professional).forEach(role::addCode);
        for (DirectoryEntry mailbox : mailboxes(
                new Condition.All(List.of(new Condition.Equal(Attribute.PERSON_ID, rpps), mayName(structure))))) {
            if (namedBy(mailbox).contains(structure)) {
                role.addTelecom(telecom(mailbox));
            }
        }
        return role;
    }

    /** @param entry of a structure, or what a mailbox tells of one */
    Organization organization(DirectoryEntry entry) throws IOException {
        allowance.takeOne();
        StructureId id = structureId(entry);
        Organization organization = new Organization();
        organization.setId(id.nationalId());
        organization.setMeta(meta(entry, OrganizationSearch.PROFILE));
        organization.addIdentifier(identifier("IDNST", Systems.STRUCTURE_ID, id.nationalId()));
        numbers(id, entry)
                .forEach(number -> identifier(number, entry.values(Attribute.LEGAL_ENTITY))
                        .ifPresent(organization::addIdentifier));
        organization.setActive(true);
        entry.values(Attribute.SECTOR).forEach(code -> organization.addType(sector(code)));
        first(entry, Attribute.LEGAL_ENTITY).ifPresent(finess -> organization.setPartOf(legalEntity(finess)));
        organization.setName(first(entry, Attribute.ORGANISATION).orElse(id.nationalId()));
        entry.values(Attribute.PHONE)
                .forEach(number -> organization
                        .addTelecom()
                        .setSystem(ContactPoint.ContactPointSystem.PHONE)
                        .setValue(number));
        for (DirectoryEntry mailbox : mailboxes(new Condition.All(
                List.of(mayName(id), new Condition.Not(new Condition.Present(Attribute.PERSON_ID)))))) {
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

    /** Its own first. */
    private static Set<StructureId> numbers(StructureId id, DirectoryEntry structure) {
        Set<StructureId> numbers = new LinkedHashSet<>(Set.of(id));
        structure.values(Attribute.STRUCTURE_NUMBER).stream()
                .map(StructureId::ofNationalId)
                .forEach(numbers::add);
        return numbers;
    }

    /** Empty for a number that the profile has no system for. */
    private static Optional<Identifier> identifier(StructureId number, List<String> legalEntities) {
        return switch (number.kind()) {
            case FINESS ->
                Optional.of(identifier(
                        legalEntities.contains(number.number()) ? "FINEJ" : "FINEG", Systems.FINESS, number.number()));
            case SIREN, SIRET -> Optional.of(identifier(number.kind().name(), Systems.SIRENE, number.number()));
            case CABINET_RPPS -> Optional.of(identifier("RPPSRG", Systems.RPPS_RANK, number.number()));
            case CABINET_ADELI -> Optional.empty();
        };
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
        return allowance.take(snapshot, question(Branch.MAILBOXES, condition));
    }

    private Question question(Branch branch, Condition condition) {
        return new Question(EntryKey.of(branch), Scope.ONE_LEVEL, condition, SHOWN);
    }

    private Optional<DirectoryEntry> readable(Optional<DirectoryEntry> entry) {
        return entry.filter(found -> SHOWN.mayRead(found.audience()));
    }

    /** The number that stands for a structure. */
    static StructureId structureId(DirectoryEntry structure) {
        return new StructureId(
                StructureId.Kind.valueOf(
                        first(structure, Attribute.STRUCTURE_ID_TYPE).orElseThrow()),
                first(structure, Attribute.STRUCTURE_ID).orElseThrow());
    }

    /** The labels belong to the codes where there are as many. */
    private static List<CodeableConcept> professions(DirectoryEntry professional) {
        List<String> codes = professional.values(Attribute.PROFESSION);
        List<String> labels = professional.values(Attribute.PROFESSION_LABEL);
        List<CodeableConcept> professions = new ArrayList<>();
        for (int i = 0; i < codes.size(); i++) {
            Coding coding = coding(Professions.systemOf(codes.get(i)), codes.get(i));
            if (labels.size() == codes.size()) {
                coding.setDisplay(labels.get(i));
            }
            professions.add(new CodeableConcept(coding));
        }
        return professions;
    }

    /** Where there is a label without any code, it stands alone. */
    private static List<CodeableConcept> skills(DirectoryEntry professional) {
        List<CodeableConcept> skills = new ArrayList<>();
        Set<String> labels = new LinkedHashSet<>(professional.values(Attribute.SPECIALITY));
        for (String value : professional.values(Attribute.SKILL)) {
            SkillValue skill = SkillValue.of(value);
            labels.remove(skill.label());
            CodeableConcept concept = new CodeableConcept();
            if (!skill.kind().isEmpty()) {
                concept.addCoding(coding(Optional.of(Systems.SKILL_KIND), skill.kind()));
            }
            Coding coding = coding(SkillKinds.systemOf(skill.kind()), skill.code());
            if (!skill.label().isEmpty()) {
                coding.setDisplay(skill.label());
            }
            skills.add(concept.addCoding(coding));
        }
        labels.forEach(label -> skills.add(new CodeableConcept().setText(label)));
        return skills;
    }

    private static CodeableConcept sector(String code) {
        CodeableConcept type = new CodeableConcept(coding(Optional.of(Systems.SECTOR), code));
        type.addExtension(Systems.ORGANIZATION_TYPES, new CodeType("secteurActiviteRASS"));
        return type;
    }

    /** The extracts name it, and do not describe it: there may be no resource of it. */
    private static Reference legalEntity(String finess) {
        return new Reference().setIdentifier(identifier("FINEJ", Systems.FINESS, finess));
    }

    private static Coding coding(Optional<String> system, String code) {
        Coding coding = new Coding().setCode(code);
        system.ifPresent(coding::setSystem);
        return coding;
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
