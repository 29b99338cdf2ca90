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
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Practitioner;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.DirectoryEntry;

/** Professionals; the id is the national identifier. HAPI finds the methods by reflection, so they are public. */
public final class PractitionerSearch implements IResourceProvider {
    private static final String NATIONAL_PREFIX = "8";
    private static final Set<String> IDENTIFIER_TYPES = Set.of("IDNPS", "RPPS");

    private final DirectoryPages pages;

    PractitionerSearch(DirectoryPages pages) {
        this.pages = pages;
    }

    @Override
    public Class<Practitioner> getResourceType() {
        return Practitioner.class;
    }

    @Read
    public Practitioner read(RequestDetails request, @IdParam IdType id) {
        return pages.look(request, resources -> {
            DirectoryEntry found = resources
                    .professional(id.getIdPart())
                    .orElseThrow(() -> new ResourceNotFoundException("the register has no such professional"));
            return resources.practitioner(found);
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
            @OptionalParam(name = "family") StringParam family,
            @OptionalParam(name = "given") StringParam given,
            @OptionalParam(name = "qualification-code") TokenParam profession,
            @OptionalParam(name = "mailbox-mss") StringParam mailbox,
            @Count Integer count) {
        Optional<StringParam> address = Optional.ofNullable(mailbox);
        Optional<Boolean> active = Criteria.flag(Optional.ofNullable(activity));
        Criteria criteria = new Criteria()
                .and(new Condition.Present(Attribute.PERSON_ID))
                .token(Optional.ofNullable(id), token -> ofNationalId(Optional.of(token.getValue())))
                .token(Optional.ofNullable(identifier), PractitionerSearch::ofIdentifier)
                .token(Optional.ofNullable(identifierType), type -> Criteria.ofType(type, IDENTIFIER_TYPES))
                .text(Optional.ofNullable(name), Attribute.FAMILY_NAME, Attribute.GIVEN_NAME, Attribute.COMMON_NAME)
                .text(Optional.ofNullable(family), Attribute.FAMILY_NAME)
                .text(Optional.ofNullable(given), Attribute.GIVEN_NAME)
                .token(
                        Optional.ofNullable(profession),
                        token -> Criteria.value(token, Systems.PROFESSION)
                                .<Condition>map(code -> new Condition.Equal(Attribute.PROFESSION, code))
                                .orElse(Criteria.NOTHING))
                .text(address, Attribute.MAIL);
        // what a mailbox entry says of its holder is what the register says of him
        if (address.isPresent()) {
            criteria.and(new Condition.Not(new Condition.Present(Attribute.STRUCTURE_ID)));
            return pages.first(
                    request, Branch.MAILBOXES, criteria.all(), Optional.ofNullable(count), (entry, resources) -> {
                        Optional<DirectoryEntry> holder = resources.holder(entry);
                        return holder.filter(person -> active.isEmpty() || Resources.isActive(person) == active.get())
                                        .isPresent()
                                ? one(holder.get(), resources)
                                : List.of();
                    });
        }
        active.ifPresent(wanted -> criteria.and(Criteria.active(wanted)));
        return pages.first(
                request, Branch.PROFESSIONALS, criteria.all(), Optional.ofNullable(count), PractitionerSearch::one);
    }

    private static List<Practitioner> one(DirectoryEntry entry, Resources resources) throws IOException {
        return List.of(resources.practitioner(entry));
    }

    private static Condition ofIdentifier(TokenParam identifier) {
        return new Condition.Any(List.of(
                ofNationalId(Criteria.value(identifier, Systems.PERSON_ID)),
                Criteria.value(identifier, Systems.RPPS)
                        .<Condition>map(rpps -> new Condition.Equal(Attribute.PERSON_ID, rpps))
                        .orElse(Criteria.NOTHING)));
    }

    private static Condition ofNationalId(Optional<String> nationalId) {
        return nationalId
                .filter(value -> value.startsWith(NATIONAL_PREFIX))
                .<Condition>map(
                        value -> new Condition.Equal(Attribute.PERSON_ID, value.substring(NATIONAL_PREFIX.length())))
                .orElse(Criteria.NOTHING);
    }
}
