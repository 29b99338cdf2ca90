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
import ca.uhn.fhir.rest.param.StringOrListParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Resource;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.core.id.StructureId;

/** Professionals; the id is the national identifier. HAPI finds the methods by reflection, so they are public. */
public final class PractitionerSearch implements Served {
    private static final String NATIONAL_PREFIX = "8";
    private static final String ROLES = "PractitionerRole:practitioner";
    private static final Set<String> IDENTIFIER_TYPES = Set.of("IDNPS", "RPPS");

    static final String PROFILE = Systems.PROFILES + "as-dp-practitioner";

    private final DirectoryPages pages;

    PractitionerSearch(DirectoryPages pages) {
        this.pages = pages;
    }

    @Override
    public Class<Practitioner> getResourceType() {
        return Practitioner.class;
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
            @OptionalParam(name = "_id") TokenOrListParam id,
            @OptionalParam(name = "_lastUpdated") DateRangeParam changed,
            @OptionalParam(name = "identifier") TokenOrListParam identifier,
            @OptionalParam(name = "identifier-type") TokenOrListParam identifierType,
            @OptionalParam(name = "active") TokenOrListParam activity,
            @OptionalParam(name = "name") StringOrListParam name,
            @OptionalParam(name = "family") StringOrListParam family,
            @OptionalParam(name = "given") StringOrListParam given,
            @OptionalParam(name = "qualification-code") TokenOrListParam qualification,
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
                .and(new Condition.Present(Attribute.PERSON_ID))
                .token(Optional.ofNullable(id), token -> ofNationalId(token.getValue()))
                .token(Optional.ofNullable(identifier), PractitionerSearch::ofIdentifier)
                .token(Optional.ofNullable(identifierType), type -> Criteria.ofType(type, IDENTIFIER_TYPES))
                .text(Optional.ofNullable(name), Attribute.FAMILY_NAME, Attribute.GIVEN_NAME, Attribute.COMMON_NAME)
                .text(Optional.ofNullable(family), Attribute.FAMILY_NAME)
                .text(Optional.ofNullable(given), Attribute.GIVEN_NAME)
                .text(address, Attribute.MAIL);
        // of these an entry of a mailbox says nothing, or less
        Subject asked = new Criteria()
                .active(Criteria.flags(Optional.ofNullable(activity)))
                .token(Optional.ofNullable(qualification), QualificationCodes::qualification)
                .of(Optional.ofNullable(changed), FhirServlet.reader(request));
        if (address.isPresent()) {
            // what else a mailbox entry says of its holder is what the register says of him
            criteria.and(new Condition.Not(new Condition.Present(Attribute.STRUCTURE_ID)));
            DirectoryPages.Part mailboxes = DirectoryPages.Part.ofMailboxes(
                    criteria.all(),
                    (entry, resources) -> resources
                            .holder(entry, asked)
                            .map(holder -> List.of(match(holder, withRoles)))
                            .orElse(List.of()));
            return pages.first(request, List.of(mailboxes), Optional.ofNullable(count));
        }
        DirectoryPages.Part professionals = new DirectoryPages.Part(
                Branch.PROFESSIONALS,
                criteria.and(asked.condition()).all(),
                asked.changed(),
                (entry, resources) -> List.of(match(entry, withRoles)));
        return pages.first(request, List.of(professionals), Optional.ofNullable(count));
    }

    private static Match match(DirectoryEntry professional, boolean withRoles) {
        String rpps = professional.values(Attribute.PERSON_ID).get(0);
        return new Match("Practitioner/" + NATIONAL_PREFIX + rpps, resources -> {
            List<Resource> made = new ArrayList<>();
            made.add(resources.practitioner(professional));
            if (withRoles) {
                for (StructureId structure : resources.structuresOf(professional)) {
                    made.add(resources.role(professional, structure));
                }
            }
            return made;
        });
    }

    private static Condition ofIdentifier(TokenParam identifier) {
        return new Condition.Any(List.of(
                Criteria.in(identifier, Systems.PERSON_ID, Criteria.EVERYTHING, PractitionerSearch::ofNationalId),
                Criteria.in(
                        identifier,
                        Systems.RPPS,
                        Criteria.EVERYTHING,
                        rpps -> new Condition.Equal(Attribute.PERSON_ID, rpps))));
    }

    private static Condition ofNationalId(String nationalId) {
        return nationalId.startsWith(NATIONAL_PREFIX)
                ? new Condition.Equal(Attribute.PERSON_ID, nationalId.substring(NATIONAL_PREFIX.length()))
                : Criteria.NOTHING;
    }
}
