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
            @OptionalParam(name = "practitioner") ReferenceParam practitioner,
            @OptionalParam(name = "organization") ReferenceParam organization,
            @OptionalParam(name = "mailbox-mss") StringParam mailbox,
            @IncludeParam(allow = {"PractitionerRole:practitioner", "PractitionerRole:organization", "*"})
                    Set<Include> includes,
            @Count Integer count) {
        Optional<StringParam> address = Optional.ofNullable(mailbox);
        Optional<String> structure = Optional.ofNullable(organization).map(PractitionerRoleSearch::structureNumber);
        boolean included = includes != null && !includes.isEmpty();
        Criteria criteria = new Criteria()
                .and(new Condition.Present(Attribute.PERSON_ID))
                .and(new Condition.Present(Attribute.STRUCTURE_ID))
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
                    (entry, resources) -> ofMailbox(entry, structure, resources, included));
        }
        return pages.first(
                request,
                Branch.PROFESSIONALS,
                criteria.all(),
                Optional.ofNullable(count),
                (entry, resources) -> roles(entry, resources.structureNumbers(entry), structure, resources, included));
    }

    private static List<PractitionerRole> ofMailbox(
            DirectoryEntry mailbox, Optional<String> structure, Resources resources, boolean included)
            throws IOException {
        Optional<DirectoryEntry> holder = resources.holder(mailbox);
        return holder.isPresent()
                ? roles(
                        holder.get(),
                        Set.copyOf(mailbox.values(Attribute.STRUCTURE_ID)),
                        structure,
                        resources,
                        included)
                : List.of();
    }

    private static List<PractitionerRole> roles(
            DirectoryEntry professional,
            Set<String> numbers,
            Optional<String> wanted,
            Resources resources,
            boolean included)
            throws IOException {
        List<PractitionerRole> roles = new ArrayList<>();
        for (String number : numbers) {
            if (wanted.isEmpty() || wanted.get().equals(number)) {
                roles.add(resources.role(professional, number, included));
            }
        }
        return roles;
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
