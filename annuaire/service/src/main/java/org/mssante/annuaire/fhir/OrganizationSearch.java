package org.mssante.annuaire.fhir;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Organization;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.core.id.StructureId;

/** Structures; the id is the national identifier. HAPI finds the methods by reflection, so they are public. */
public final class OrganizationSearch implements IResourceProvider {
    private final DirectoryPages pages;

    OrganizationSearch(DirectoryPages pages) {
        this.pages = pages;
    }

    @Override
    public Class<Organization> getResourceType() {
        return Organization.class;
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
            @OptionalParam(name = "_id") TokenParam id,
            @OptionalParam(name = "identifier") TokenParam identifier,
            @OptionalParam(name = "identifier-type") TokenParam identifierType,
            @OptionalParam(name = "active") TokenParam activity,
            @OptionalParam(name = "name") StringParam name,
            @OptionalParam(name = "address") StringParam anyOfAddress,
            @OptionalParam(name = "address-line") StringParam line,
            @OptionalParam(name = "address-city") StringParam town,
            @OptionalParam(name = "address-postalcode") StringParam postalCode,
            @OptionalParam(name = "mailbox-mss") StringParam mailbox,
            @Count Integer count) {
        Optional<StringParam> address = Optional.ofNullable(mailbox);
        Criteria criteria = new Criteria()
                .and(new Condition.Present(Attribute.STRUCTURE_ID))
                .token(Optional.ofNullable(id), token -> ofNationalId(Optional.of(token.getValue())))
                .token(Optional.ofNullable(identifier), OrganizationSearch::ofIdentifier)
                .token(Optional.ofNullable(identifierType), OrganizationSearch::ofIdentifierType)
                .text(Optional.ofNullable(name), Attribute.ORGANISATION)
                .text(Optional.ofNullable(anyOfAddress), Attribute.STREET, Attribute.TOWN, Attribute.POSTAL_CODE)
                .text(Optional.ofNullable(line), Attribute.STREET)
                .text(Optional.ofNullable(town), Attribute.TOWN)
                .text(Optional.ofNullable(postalCode), Attribute.POSTAL_CODE)
                .text(address, Attribute.MAIL);
        // a structure that has closed is not in the register any more
        Criteria.flag(Optional.ofNullable(activity))
                .filter(wanted -> !wanted)
                .ifPresent(unused -> criteria.and(Criteria.NOTHING));
        // what a mailbox entry says of its structure is what the register says of it
        if (address.isPresent()) {
            criteria.and(new Condition.Not(new Condition.Present(Attribute.PERSON_ID)));
            return pages.first(
                    request,
                    Branch.MAILBOXES,
                    criteria.all(),
                    Optional.ofNullable(count),
                    (entry, resources) -> List.of(
                            resources.organization(resources.structure(entry).orElse(entry))));
        }
        return pages.first(
                request,
                Branch.STRUCTURES,
                criteria.all(),
                Optional.ofNullable(count),
                (entry, resources) -> List.of(resources.organization(entry)));
    }

    private static Condition ofIdentifier(TokenParam identifier) {
        return new Condition.Any(List.of(
                ofNationalId(Criteria.value(identifier, Systems.STRUCTURE_ID)),
                Criteria.value(identifier, Systems.FINESS)
                        .map(finess -> number("FINESS", finess))
                        .orElse(Criteria.NOTHING)));
    }

    private static Condition ofIdentifierType(TokenParam type) {
        return Criteria.value(type, Systems.IDENTIFIER_TYPE)
                        .filter("FINEG"::equals)
                        .isPresent()
                ? new Condition.Equal(Attribute.STRUCTURE_ID_TYPE, StructureId.Kind.FINESS.name())
                : Criteria.ofType(type, Set.of("IDNST"));
    }

    private static Condition ofNationalId(Optional<String> nationalId) {
        return nationalId
                .flatMap(StructureNumber::of)
                .map(id -> number(id.kind().name(), id.number()))
                .orElse(Criteria.NOTHING);
    }

    private static Condition number(String kind, String number) {
        return new Condition.All(List.of(
                new Condition.Equal(Attribute.STRUCTURE_ID_TYPE, kind),
                new Condition.Equal(Attribute.STRUCTURE_ID, number)));
    }
}
