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
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.core.id.StructureId;

/**
 * Professionals at their structures; the id is the RPPS number, a dash, and the number of the structure. HAPI finds the
 * methods by reflection, so they are public.
 */
public final class PractitionerRoleSearch implements IResourceProvider {
    private static final String NATIONAL_PREFIX = "8";

    private final DirectoryPages pages;

    PractitionerRoleSearch(DirectoryPages pages) {
        this.pages = pages;
    }

    @Override
    public Class<PractitionerRole> getResourceType() {
        return PractitionerRole.class;
    }

    @Read
    public PractitionerRole read(RequestDetails request, @IdParam IdType id) {
        String[] numbers = id.getIdPart().split("-", 2);
        return pages.look(request, resources -> {
            Optional<DirectoryEntry> person = resources.professional(NATIONAL_PREFIX + numbers[0]);
            if (numbers.length < 2
                    || person.isEmpty()
                    || !resources.structureNumbers(person.get()).contains(numbers[1])) {
                throw new ResourceNotFoundException("the register has nobody at that structure");
            }
            return resources.role(person.get(), numbers[1], false);
        });
    }

    // a parameter of a search that is absent is null: HAPI's contract
    @Search
    public IBundleProvider search(
            RequestDetails request,
            @OptionalParam(name = "_id") TokenParam id,
            @OptionalParam(name = "identifier") TokenParam identifier,
            @OptionalParam(name = "active") TokenParam activity,
            @OptionalParam(name = "role") TokenParam role,
            @OptionalParam(name = "practitioner") ReferenceParam practitioner,
            @OptionalParam(name = "organization") ReferenceParam organization,
            @OptionalParam(name = "mailbox-mss") StringParam mailbox,
            @IncludeParam(allow = {"PractitionerRole:practitioner", "PractitionerRole:organization", "*"})
                    Set<Include> includes,
            @Count Integer count) {
        Optional<StringParam> address = Optional.ofNullable(mailbox);
        Optional<String> structure = Optional.ofNullable(organization).map(PractitionerRoleSearch::structureNumber);
        Wanted wanted = new Wanted(
                structure,
                Optional.ofNullable(id)
                        .map(TokenParam::getValue)
                        .or(() -> Optional.ofNullable(identifier).map(TokenParam::getValue)),
                Criteria.flag(Optional.ofNullable(activity)));
        boolean included = includes != null && !includes.isEmpty();
        Criteria criteria = new Criteria()
                .and(new Condition.Present(Attribute.PERSON_ID))
                .and(new Condition.Present(Attribute.STRUCTURE_ID))
                .token(Optional.ofNullable(id), token -> ofId(token.getValue()))
                .token(
                        Optional.ofNullable(identifier),
                        token -> Criteria.value(token, Systems.RPPS)
                                .map(PractitionerRoleSearch::ofId)
                                .orElse(Criteria.NOTHING))
                .token(
                        Optional.ofNullable(role),
                        token -> Criteria.value(token, Systems.PROFESSION)
                                .<Condition>map(code -> new Condition.Equal(Attribute.PROFESSION, code))
                                .orElse(Criteria.NOTHING))
                .text(address, Attribute.MAIL);
        Optional.ofNullable(practitioner)
                .ifPresent(reference -> criteria.and(new Condition.Equal(Attribute.PERSON_ID, rpps(reference))));
        structure.ifPresent(number -> criteria.and(new Condition.Equal(Attribute.STRUCTURE_ID, number)));
        if (address.isPresent()) {
            return pages.first(
                    request,
                    Branch.MAILBOXES,
                    criteria.all(),
                    Optional.ofNullable(count),
                    (entry, resources) -> ofMailbox(entry, wanted, resources, included));
        }
        return pages.first(
                request,
                Branch.PROFESSIONALS,
                criteria.all(),
                Optional.ofNullable(count),
                (entry, resources) -> roles(entry, resources.structureNumbers(entry), wanted, resources, included));
    }

    private static List<PractitionerRole> ofMailbox(
            DirectoryEntry mailbox, Wanted wanted, Resources resources, boolean included) throws IOException {
        Optional<DirectoryEntry> holder = resources.holder(mailbox);
        return holder.isPresent()
                ? roles(holder.get(), Set.copyOf(mailbox.values(Attribute.STRUCTURE_ID)), wanted, resources, included)
                : List.of();
    }

    private static List<PractitionerRole> roles(
            DirectoryEntry professional, Set<String> numbers, Wanted wanted, Resources resources, boolean included)
            throws IOException {
        List<PractitionerRole> roles = new ArrayList<>();
        for (String number : numbers) {
            if (wanted.fits(professional, number)) {
                roles.add(resources.role(professional, number, included));
            }
        }
        return roles;
    }

    /** Which of the roles of a professional are asked for. */
    private record Wanted(Optional<String> structure, Optional<String> id, Optional<Boolean> active) {
        boolean fits(DirectoryEntry professional, String number) {
            String rpps = professional.values(Attribute.PERSON_ID).get(0);
            return structure.filter(one -> !one.equals(number)).isEmpty()
                    && id.filter(one -> !one.equals(rpps + Resources.ROLE + number))
                            .isEmpty()
                    && active.filter(one -> one != Resources.isActive(professional))
                            .isEmpty();
        }
    }

    private static Condition ofId(String id) {
        return new Condition.Equal(Attribute.PERSON_ID, id.split(String.valueOf(Resources.ROLE), 2)[0]);
    }

    private static String rpps(ReferenceParam reference) {
        String id = reference.getIdPart();
        return id.startsWith(NATIONAL_PREFIX) ? id.substring(NATIONAL_PREFIX.length()) : id;
    }

    private static String structureNumber(ReferenceParam reference) {
        return StructureNumber.of(reference.getIdPart())
                .map(StructureId::number)
                .orElseGet(reference::getIdPart);
    }
}
