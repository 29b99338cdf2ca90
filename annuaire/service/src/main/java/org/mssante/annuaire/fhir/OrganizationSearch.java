package org.mssante.annuaire.fhir;

import ca.uhn.fhir.model.api.Include;
import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.IncludeParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringOrListParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Resource;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.core.id.StructureId;

/** Structures; the id is the national identifier. HAPI finds the methods by reflection, so they are public. */
public final class OrganizationSearch implements Served {
    private static final String ROLES = "PractitionerRole:organization";
    static final String PROFILE = Systems.PROFILES + "as-dp-organization";

    private final DirectoryPages pages;

    OrganizationSearch(DirectoryPages pages) {
        this.pages = pages;
    }

    @Override
    public Class<Organization> getResourceType() {
        return Organization.class;
    }

    @Override
    public List<String> includes() {
        return List.of();
    }

    @Override
    public List<String> reverseIncludes() {
        return List.of(ROLES);
    }

    @Override
    public String profile() {
        return PROFILE;
    }

    @Read
    public Organization read(RequestDetails request, @IdParam IdType id) {
        return pages.look(request, resources -> {
            DirectoryEntry found = resources
                    .structure(id.getIdPart())
                    .orElseThrow(() -> new ResourceNotFoundException("the register has no such structure"));
            return resources.organization(found);
        });
    }

    // a parameter of a search that is absent is null: HAPI's contract
    @Search
    public IBundleProvider search(
            RequestDetails request,
            @OptionalParam(name = "_id") TokenOrListParam id,
            @OptionalParam(name = "_lastUpdated") DateRangeParam changed,
            @OptionalParam(name = "identifier") TokenOrListParam identifier,
            @OptionalParam(name = "identifier-type") TokenOrListParam identifierType,
            @OptionalParam(name = "active") TokenOrListParam activity,
            @OptionalParam(name = "type") TokenOrListParam type,
            @OptionalParam(name = "partof") ReferenceOrListParam whole,
            @OptionalParam(name = "name") StringOrListParam name,
            @OptionalParam(name = "address") StringOrListParam anyOfAddress,
            @OptionalParam(name = "address-line") StringOrListParam line,
            @OptionalParam(name = "address-city") StringOrListParam town,
            @OptionalParam(name = "address-postalcode") StringOrListParam postalCode,
            @OptionalParam(name = "mailbox-mss") StringOrListParam mailbox,
            @IncludeParam(
                            reverse = true,
                            allow = {ROLES})
                    Set<Include> reverseIncludes,
            @Count Integer count) {
        Optional<StringOrListParam> address = Optional.ofNullable(mailbox);
        boolean withRoles =
                !Optional.ofNullable(reverseIncludes).orElse(Set.of()).isEmpty();
        Criteria criteria = new Criteria()
                .and(new Condition.Present(Attribute.STRUCTURE_ID))
                .text(Optional.ofNullable(name), Attribute.ORGANISATION)
                .text(Optional.ofNullable(anyOfAddress), Attribute.STREET, Attribute.TOWN, Attribute.POSTAL_CODE)
                .text(Optional.ofNullable(line), Attribute.STREET)
                .text(Optional.ofNullable(town), Attribute.TOWN)
                .text(Optional.ofNullable(postalCode), Attribute.POSTAL_CODE)
                .text(address, Attribute.MAIL);
        // a structure that has closed is not in the register any more
        if (!Criteria.flags(Optional.ofNullable(activity)).contains(true)) {
            criteria.and(Criteria.NOTHING);
        }
        // of these an entry of a mailbox says nothing, or less: it has one number
        Subject asked = new Criteria()
                .token(Optional.ofNullable(id), token -> ofId(token.getValue()))
                .token(Optional.ofNullable(identifier), OrganizationSearch::ofIdentifier)
                .token(Optional.ofNullable(identifierType), OrganizationSearch::ofIdentifierType)
                .token(Optional.ofNullable(type), OrganizationSearch::ofType)
                .reference(Optional.ofNullable(whole), "Organization", OrganizationSearch::ofLegalEntity)
                .of(Optional.ofNullable(changed), FhirServlet.reader(request));
        if (address.isPresent()) {
            // what else a mailbox entry says of its structure is what the register says of it
            criteria.and(new Condition.Not(new Condition.Present(Attribute.PERSON_ID)));
            DirectoryPages.Part mailboxes = DirectoryPages.Part.ofMailboxes(criteria.all(), (entry, resources) -> {
                return resources.structures(entry, asked).stream()
                        .map(structure -> match(structure, withRoles))
                        .toList();
            });
            return pages.first(request, List.of(mailboxes), Optional.ofNullable(count));
        }
        DirectoryPages.Part structures = new DirectoryPages.Part(
                Branch.STRUCTURES,
                criteria.and(asked.condition()).all(),
                asked.changed(),
                (entry, resources) -> List.of(match(entry, withRoles)));
        return pages.first(request, List.of(structures), Optional.ofNullable(count));
    }

    /** @param structure or what a mailbox tells of one */
    private static Match match(DirectoryEntry structure, boolean withRoles) {
        StructureId id = Resources.structureId(structure);
        return new Match("Organization/" + id.nationalId(), resources -> {
            List<Resource> made = new ArrayList<>();
            made.add(resources.organization(structure));
            if (withRoles) {
                for (DirectoryEntry professional : resources.professionalsAt(id)) {
                    made.add(resources.role(professional, id));
                }
            }
            return made;
        });
    }

    private static Condition ofIdentifier(TokenParam identifier) {
        return new Condition.Any(List.of(
                Criteria.in(identifier, Systems.STRUCTURE_ID, Criteria.EVERYTHING, OrganizationSearch::ofNationalId),
                in(identifier, Systems.FINESS, StructureId.Kind.FINESS),
                in(identifier, Systems.SIRENE, StructureId.Kind.SIREN),
                in(identifier, Systems.SIRENE, StructureId.Kind.SIRET),
                in(identifier, Systems.RPPS_RANK, StructureId.Kind.CABINET_RPPS),
                // the guide of the national API has this one for the rank, its examples the other (annuaire.md §4.2)
                in(identifier, Systems.RPPS, StructureId.Kind.CABINET_RPPS)));
    }

    private static Condition in(TokenParam identifier, String system, StructureId.Kind kind) {
        return Criteria.in(
                identifier,
                system,
                ofKind(kind),
                number -> kind.fits(number) ? number(new StructureId(kind, number)) : Criteria.NOTHING);
    }

    private static Condition ofIdentifierType(TokenParam type) {
        return Criteria.in(type, Systems.IDENTIFIER_TYPE, Criteria.EVERYTHING, code -> switch (code) {
            case "FINEG" -> new Condition.Equal(Attribute.STRUCTURE_ID_TYPE, StructureId.Kind.FINESS.name());
            case "FINEJ" -> new Condition.Present(Attribute.LEGAL_ENTITY);
            case "SIREN" -> ofKind(StructureId.Kind.SIREN);
            case "SIRET" -> ofKind(StructureId.Kind.SIRET);
            case "RPPSRG" -> ofKind(StructureId.Kind.CABINET_RPPS);
            default -> Criteria.ofType(type, Set.of("IDNST"));
        });
    }

    private static Condition ofType(TokenParam type) {
        return Criteria.in(
                type,
                Systems.SECTOR,
                new Condition.Present(Attribute.SECTOR),
                code -> new Condition.Equal(Attribute.SECTOR, code));
    }

    private static Condition ofLegalEntity(ReferenceParam whole) {
        String number = StructureNumber.of(whole.getIdPart())
                .filter(id -> id.kind() == StructureId.Kind.FINESS)
                .map(StructureId::number)
                .orElseGet(whole::getIdPart);
        return new Condition.Equal(Attribute.LEGAL_ENTITY, number);
    }

    /** By the number that the resource is named by. */
    private static Condition ofId(String nationalId) {
        return StructureNumber.of(nationalId).map(Criteria::named).orElse(Criteria.NOTHING);
    }

    private static Condition ofNationalId(String nationalId) {
        return StructureNumber.of(nationalId).map(OrganizationSearch::number).orElse(Criteria.NOTHING);
    }

    /** Of a structure any of its numbers; the entry of a mailbox has the one it was published with. */
    private static Condition number(StructureId id) {
        return new Condition.Any(
                List.of(new Condition.Equal(Attribute.STRUCTURE_NUMBER, id.nationalId()), Criteria.named(id)));
    }

    private static Condition ofKind(StructureId.Kind kind) {
        return new Condition.Any(List.of(
                new Condition.Equal(Attribute.STRUCTURE_ID_TYPE, kind.name()),
                new Condition.Substring(
                        Attribute.STRUCTURE_NUMBER,
                        Optional.of(String.valueOf(kind.prefix())),
                        List.of(),
                        Optional.empty())));
    }
}
