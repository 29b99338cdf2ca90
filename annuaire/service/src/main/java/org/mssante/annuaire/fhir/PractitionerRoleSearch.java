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
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringOrListParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
 * Professionals at their structures; the id is the RPPS number, a dash, and the number of the structure. HAPI finds the
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
        String[] numbers = id.getIdPart().split("-", 2);
        return pages.look(request, resources -> {
            Optional<DirectoryEntry> person = resources.professional(NATIONAL_PREFIX + numbers[0]);
            if (numbers.length < 2
                    || person.isEmpty()
                    || !resources.structureNumbers(person.get()).contains(numbers[1])) {
                throw new ResourceNotFoundException("the register has nobody at that structure");
            }
            return resources.role(person.get(), numbers[1]);
        });
    }

    // a parameter of a search that is absent is null: HAPI's contract
    @Search
    public IBundleProvider search(
            RequestDetails request,
            @OptionalParam(name = "_id") TokenOrListParam id,
            @OptionalParam(name = "identifier") TokenOrListParam identifier,
            @OptionalParam(name = "active") TokenOrListParam activity,
            @OptionalParam(name = "role") TokenOrListParam role,
            @OptionalParam(name = "practitioner") ReferenceOrListParam practitioner,
            @OptionalParam(name = "organization") ReferenceOrListParam organization,
            @OptionalParam(name = "mailbox-mss") StringOrListParam mailbox,
            @IncludeParam(allow = {PRACTITIONER, ORGANIZATION, ALL}) Set<Include> includes,
            @Count Integer count) {
        Optional<StringOrListParam> address = Optional.ofNullable(mailbox);
        Optional<ReferenceOrListParam> structure = Optional.ofNullable(organization);
        Wanted wanted = new Wanted(
                structureNumbers(structure),
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
        Condition ofHolder = new Criteria()
                .active(Criteria.flags(Optional.ofNullable(activity)))
                .token(Optional.ofNullable(role), QualificationCodes::profession)
                .all();
        Condition there = new Criteria()
                .and(new Condition.Present(Attribute.STRUCTURE_ID))
                .reference(
                        structure,
                        ORGANIZATION_TYPE,
                        reference -> new Condition.Equal(Attribute.STRUCTURE_ID, structureNumber(reference)))
                .all();
        if (address.isPresent()) {
            return pages.first(
                    request,
                    Branch.MAILBOXES,
                    criteria.and(there).all(),
                    Optional.ofNullable(count),
                    (entry, resources) ->
                            ofMailbox(entry, entry.values(Attribute.STRUCTURE_ID), ofHolder, wanted, resources));
        }
        if (id != null || identifier != null || practitioner != null) {
            // his own entry does not say where he has a mailbox alone
            Condition anywhere = new Criteria()
                    .reference(structure, ORGANIZATION_TYPE, number -> Criteria.EVERYTHING)
                    .all();
            return pages.first(
                    request,
                    Branch.PROFESSIONALS,
                    criteria.and(anywhere).and(ofHolder).all(),
                    Optional.ofNullable(count),
                    (entry, resources) -> matches(entry, resources.structureNumbers(entry), wanted));
        }
        Condition of = criteria.and(there).all();
        return pages.first(
                request,
                List.of(
                        new DirectoryPages.Part(
                                Branch.PROFESSIONALS,
                                new Condition.All(List.of(of, ofHolder)),
                                (entry, resources) -> matches(entry, entry.values(Attribute.STRUCTURE_ID), wanted)),
                        new DirectoryPages.Part(
                                Branch.MAILBOXES,
                                of,
                                (entry, resources) ->
                                        ofMailbox(entry, resources.madeRoles(entry), ofHolder, wanted, resources))),
                Optional.ofNullable(count));
    }

    /** @param numbers of its structures */
    private static List<Match> ofMailbox(
            DirectoryEntry mailbox, List<String> numbers, Condition ofHolder, Wanted wanted, Resources resources)
            throws IOException {
        return resources
                .holder(mailbox)
                .filter(holder -> resources.hold(ofHolder, holder))
                .map(holder -> matches(holder, numbers, wanted))
                .orElse(List.of());
    }

    private static List<Match> matches(DirectoryEntry professional, Collection<String> numbers, Wanted wanted) {
        String rpps = professional.values(Attribute.PERSON_ID).get(0);
        return numbers.stream()
                .filter(number -> wanted.fits(rpps + Resources.ROLE + number, number))
                .map(number -> new Match(
                        "PractitionerRole/" + rpps + Resources.ROLE + number,
                        resources -> made(professional, number, wanted, resources)))
                .toList();
    }

    private static List<Resource> made(DirectoryEntry professional, String number, Wanted wanted, Resources resources)
            throws IOException {
        List<Resource> made = new ArrayList<>();
        made.add(resources.role(professional, number));
        if (wanted.includes(PRACTITIONER)) {
            made.addAll(resources.once(professional.key().term(), () -> resources.practitioner(professional)));
        }
        if (wanted.includes(ORGANIZATION)) {
            Optional<DirectoryEntry> structure = resources.structureOfNumber(number);
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
     * @param structures their numbers; of none where any will do, and so are the ids and identifiers
     */
    private record Wanted(Set<String> structures, Set<String> ids, Set<String> identifiers, Set<String> includes) {
        boolean fits(String id, String number) {
            return isAmong(structures, number) && isAmong(ids, id) && isAmong(identifiers, id);
        }

        boolean includes(String what) {
            return includes.contains(what) || includes.contains(ALL);
        }

        private static boolean isAmong(Set<String> wanted, String value) {
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

    private static Set<String> structureNumbers(Optional<ReferenceOrListParam> parameter) {
        return Criteria.values(parameter).stream()
                .filter(reference -> Criteria.mayReferTo(reference, ORGANIZATION_TYPE))
                .map(PractitionerRoleSearch::structureNumber)
                .collect(Collectors.toUnmodifiableSet());
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
