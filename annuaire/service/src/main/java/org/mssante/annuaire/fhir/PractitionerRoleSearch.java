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
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Resource;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.core.id.StructureId;

/**
 * Professionals at their structures; the id is the RPPS number, a dash, and the national identifier of the structure. HAPI finds the
 * methods by reflection, so they are public.
 */
public final class PractitionerRoleSearch implements Served {
    private static final String NATIONAL_PREFIX = "8";
    private static final String PRACTITIONER = "PractitionerRole:practitioner";
    private static final String ORGANIZATION = "PractitionerRole:organization";
    private static final String ORGANIZATION_TYPE = "Organization";
    private static final String ALL = "*";

    static final String PROFILE = Systems.PROFILES + "as-dp-practitionerrole";

    private final DirectoryPages pages;

    PractitionerRoleSearch(DirectoryPages pages) {
        this.pages = pages;
    }

    @Override
    public Class<PractitionerRole> getResourceType() {
        return PractitionerRole.class;
    }

    @Override
    public List<String> includes() {
        return List.of(PRACTITIONER, ORGANIZATION, ALL);
    }

    @Override
    public List<String> reverseIncludes() {
        return List.of();
    }

    @Override
    public String profile() {
        return PROFILE;
    }

    @Read
    public PractitionerRole read(RequestDetails request, @IdParam IdType id) {
        String[] numbers = id.getIdPart().split(String.valueOf(Resources.ROLE), 2);
        Optional<StructureId> structure = numbers.length < 2 ? Optional.empty() : StructureNumber.of(numbers[1]);
        return pages.look(request, resources -> {
            Optional<DirectoryEntry> person = resources.professional(NATIONAL_PREFIX + numbers[0]);
            if (structure.isEmpty()
                    || person.isEmpty()
                    || !resources.structuresOf(person.get()).contains(structure.get())) {
                throw new ResourceNotFoundException("the register has nobody at that structure");
            }
            return resources.role(person.get(), structure.get());
        });
    }

    // a parameter of a search that is absent is null: HAPI's contract
    @Search
    public IBundleProvider search(
            RequestDetails request,
            @OptionalParam(name = "_id") TokenOrListParam id,
            @OptionalParam(name = "_lastUpdated") DateRangeParam changed,
            @OptionalParam(name = "identifier") TokenOrListParam identifier,
            @OptionalParam(name = "active") TokenOrListParam activity,
            @OptionalParam(name = "role") TokenOrListParam role,
            @OptionalParam(name = "practitioner") ReferenceOrListParam practitioner,
            @OptionalParam(name = "organization") ReferenceOrListParam organization,
            @OptionalParam(name = "mailbox-mss") StringOrListParam mailbox,
            @IncludeParam(allow = {PRACTITIONER, ORGANIZATION, ALL}) Set<Include> includes,
            @Count Integer count) {
        Optional<StringOrListParam> address = Optional.ofNullable(mailbox);
        List<ReferenceParam> at = Criteria.values(Optional.ofNullable(organization));
        Map<StructureId, Condition> asked = asked(request, at);
        Wanted wanted = new Wanted(
                asked.keySet(),
                ids(Optional.ofNullable(id)),
                identifiers(Optional.ofNullable(identifier)),
                included(includes));
        Criteria criteria = new Criteria()
                .and(new Condition.Present(Attribute.PERSON_ID))
                .token(Optional.ofNullable(id), token -> ofId(token.getValue()))
                .token(
                        Optional.ofNullable(identifier),
                        token -> Criteria.in(token, Systems.RPPS, Criteria.EVERYTHING, PractitionerRoleSearch::ofId))
                .reference(
                        Optional.ofNullable(practitioner),
                        "Practitioner",
                        reference -> new Condition.Equal(Attribute.PERSON_ID, rpps(reference)))
                .text(address, Attribute.MAIL);
        // of these an entry of a mailbox says nothing, or less
        Subject ofHolder = new Criteria()
                .active(Criteria.flags(Optional.ofNullable(activity)))
                .token(Optional.ofNullable(role), QualificationCodes::profession)
                .of(Optional.ofNullable(changed), FhirServlet.reader(request));
        Condition there = at.isEmpty()
                ? new Condition.Present(Attribute.STRUCTURE_ID)
                : new Condition.Any(List.copyOf(asked.values()));
        if (address.isPresent()) {
            DirectoryPages.Part mailboxes = DirectoryPages.Part.ofMailboxes(
                    criteria.and(there).all(),
                    (entry, resources) -> ofMailbox(entry, resources.namedBy(entry), ofHolder, wanted, resources));
            return pages.first(request, List.of(mailboxes), Optional.ofNullable(count));
        }
        if (id != null || identifier != null || practitioner != null) {
            // his own entry does not say where he has a mailbox alone
            Condition anywhere = at.isEmpty() || !asked.isEmpty() ? Criteria.EVERYTHING : Criteria.NOTHING;
            DirectoryPages.Part professionals = new DirectoryPages.Part(
                    Branch.PROFESSIONALS,
                    criteria.and(anywhere).and(ofHolder.condition()).all(),
                    ofHolder.changed(),
                    (entry, resources) -> matches(entry, resources.structuresOf(entry), wanted));
            return pages.first(request, List.of(professionals), Optional.ofNullable(count));
        }
        Condition of = criteria.and(there).all();
        return pages.first(
                request,
                List.of(
                        new DirectoryPages.Part(
                                Branch.PROFESSIONALS,
                                new Condition.All(List.of(of, ofHolder.condition())),
                                ofHolder.changed(),
                                (entry, resources) -> matches(entry, resources.namedBy(entry), wanted)),
                        DirectoryPages.Part.ofMailboxes(
                                of,
                                (entry, resources) ->
                                        ofMailbox(entry, resources.madeRoles(entry), ofHolder, wanted, resources))),
                Optional.ofNullable(count));
    }

    /** @param structures of it */
    private static List<Match> ofMailbox(
            DirectoryEntry mailbox,
            Collection<StructureId> structures,
            Subject ofHolder,
            Wanted wanted,
            Resources resources)
            throws IOException {
        return resources
                .holder(mailbox, ofHolder)
                .map(holder -> matches(holder, structures, wanted))
                .orElse(List.of());
    }

    private static List<Match> matches(DirectoryEntry professional, Collection<StructureId> structures, Wanted wanted) {
        String rpps = professional.values(Attribute.PERSON_ID).get(0);
        return structures.stream()
                .filter(structure -> wanted.fits(Resources.roleId(rpps, structure), structure))
                .map(structure -> new Match(
                        "PractitionerRole/" + Resources.roleId(rpps, structure),
                        resources -> made(professional, structure, wanted, resources)))
                .toList();
    }

    private static List<Resource> made(DirectoryEntry professional, StructureId id, Wanted wanted, Resources resources)
            throws IOException {
        List<Resource> made = new ArrayList<>();
        made.add(resources.role(professional, id));
        if (wanted.includes(PRACTITIONER)) {
            made.addAll(resources.once(professional.key().term(), () -> resources.practitioner(professional)));
        }
        if (wanted.includes(ORGANIZATION)) {
            Optional<DirectoryEntry> structure = resources.structure(id.nationalId());
            if (structure.isPresent()) {
                made.addAll(
                        resources.once(structure.get().key().term(), () -> resources.organization(structure.get())));
            }
        }
        return made;
    }

    /**
     * Which of the roles of a professional are asked for, and what with them.
     *
     * @param structures none where any will do, and so are the ids and identifiers
     */
    private record Wanted(Set<StructureId> structures, Set<String> ids, Set<String> identifiers, Set<String> includes) {
        boolean fits(String id, StructureId structure) {
            return isAmong(structures, structure) && isAmong(ids, id) && isAmong(identifiers, id);
        }

        boolean includes(String what) {
            return includes.contains(what) || includes.contains(ALL);
        }

        private static <T> boolean isAmong(Set<T> wanted, T value) {
            return wanted.isEmpty() || wanted.contains(value);
        }
    }

    private static Set<String> ids(Optional<TokenOrListParam> parameter) {
        return Criteria.tokens(parameter).stream().map(TokenParam::getValue).collect(Collectors.toUnmodifiableSet());
    }

    /** None where a token names the system alone. */
    private static Set<String> identifiers(Optional<TokenOrListParam> parameter) {
        Set<String> identifiers = Criteria.tokens(parameter).stream()
                .filter(token -> Criteria.mayBeOf(token, Systems.RPPS))
                .map(TokenParam::getValue)
                .collect(Collectors.toUnmodifiableSet());
        return identifiers.contains("") ? Set.of() : identifiers;
    }

    /** The structures that a client refers to by any of their own numbers, and entries that may name them. */
    private Map<StructureId, Condition> asked(RequestDetails request, List<ReferenceParam> references) {
        if (references.isEmpty()) {
            return Map.of();
        }
        return pages.look(request, resources -> {
            Map<StructureId, Condition> asked = new HashMap<>();
            for (ReferenceParam reference : references) {
                Optional<StructureId> id = StructureNumber.of(reference.getIdPart());
                if (id.isPresent() && Criteria.mayReferTo(reference, ORGANIZATION_TYPE)) {
                    StructureId standing = resources.standing(id.get());
                    asked.put(standing, resources.mayName(standing));
                }
            }
            return asked;
        });
    }

    private static Condition ofId(String id) {
        return new Condition.Equal(Attribute.PERSON_ID, id.split(String.valueOf(Resources.ROLE), 2)[0]);
    }

    private static String rpps(ReferenceParam reference) {
        String id = reference.getIdPart();
        return id.startsWith(NATIONAL_PREFIX) ? id.substring(NATIONAL_PREFIX.length()) : id;
    }
}
