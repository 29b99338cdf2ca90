package org.mssante.annuaire.crawl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.StructureId;

/** What the directory needs of the resources of the national API, in the profiles of annuaire.md §4.2 and §4.3. */
final class ResourceReader {
    private static final String PERSON_ID = "urn:oid:1.2.250.1.71.4.2.1";
    private static final String STRUCTURE_ID = "urn:oid:1.2.250.1.71.4.2.2";
    /** The second one stands in old documents (annuaire.md §4.2). */
    private static final Set<String> RPPS = Set.of("https://rpps.esante.gouv.fr", "http://rpps.fr");

    private static final String FINESS = "https://finess.esante.gouv.fr";
    /** Of what an establishment belongs to, or of that itself (annuaire.md §4.2). */
    private static final String LEGAL_ENTITY = "FINEJ";

    /** Of {@code fr-core-cs-v2-3307}: a resource that is one. */
    private static final String IS_LEGAL_ENTITY = "LEGAL-ENTITY";

    private static final Set<String> SIRENE = Set.of("https://sirene.fr", "http://sirene.fr");
    private static final int SIREN_DIGITS = 9;
    /** The guide of the API has the system of the RPPS for it, its examples the other one (annuaire.md §4.2). */
    private static final Set<String> RANK = Set.of("https://rppsrang.esante.gouv.fr", "https://rpps.esante.gouv.fr");

    private static final char RPPS_DIGIT = '8';
    private static final String METADATA =
            "https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-ext-mailbox-mss-metadata";
    private static final String MESSAGING = "MSSANTE";
    private static final String SECTOR = "TRE-R02-";
    private static final String SKILL_KIND = "TRE-R04-";
    private static final String DIPLOMA_KIND = "TRE-R14-";
    /** The nomenclatures of JDV_J106-EnsembleProfession-RASS (annuaire.md §2.4). */
    private static final Pattern PROFESSION = Pattern.compile("TRE-(?:G15|R94|R95|R291)-");

    private ResourceReader() {}

    /** The resource as it is kept. */
    static String text(Kind kind, JsonNode resource) {
        return switch (kind) {
            case ORGANIZATION -> organization(resource).text();
            case PRACTITIONER -> person(resource).text();
            case ROLE -> role(resource).text();
        };
    }

    private static KeptPerson person(JsonNode resource) {
        JsonNode name = resource.at("/name/0");
        Optional<JsonNode> profession = codings(resource)
                .filter(coding -> PROFESSION.matcher(system(coding)).find())
                .findFirst();
        return new KeptPerson(
                rpps(resource),
                name.at("/suffix/0").asText(),
                name.path("family").asText(),
                texts(name.path("given")),
                profession.map(coding -> coding.path("code").asText()).orElse(""),
                profession.map(coding -> coding.path("display").asText()).orElse(""),
                qualifications(resource, SKILL_KIND),
                mailboxes(resource, "PER"),
                qualifications(resource, DIPLOMA_KIND));
    }

    private static String rpps(JsonNode resource) {
        return identifiers(resource, RPPS)
                .findFirst()
                .or(() -> identifiers(resource, Set.of(PERSON_ID))
                        .filter(id -> !id.isEmpty() && id.charAt(0) == RPPS_DIGIT)
                        .map(id -> id.substring(1))
                        .findFirst())
                .orElse("");
    }

    /** @param kindTable of the code that tells these qualifications from the others, beside their own */
    private static List<KeptQualification> qualifications(JsonNode resource, String kindTable) {
        List<KeptQualification> qualifications = new ArrayList<>();
        for (JsonNode qualification : resource.path("qualification")) {
            JsonNode codes = qualification.at("/code/coding");
            Optional<JsonNode> kind = stream(codes)
                    .filter(coding -> system(coding).contains(kindTable))
                    .findFirst();
            Optional<JsonNode> own = stream(codes)
                    .filter(coding -> !system(coding).contains(kindTable))
                    .findFirst();
            if (kind.isPresent() && own.isPresent()) {
                String code = own.get().path("code").asText();
                qualifications.add(new KeptQualification(
                        kind.get().path("code").asText(),
                        code,
                        firstOf(
                                own.get().path("display").asText(),
                                qualification.at("/code/text").asText(),
                                code)));
            }
        }
        return qualifications;
    }

    private static KeptRole role(JsonNode resource) {
        return new KeptRole(
                referred(resource.at("/practitioner/reference").asText()),
                referred(resource.at("/organization/reference").asText()),
                mailboxes(resource, "PER"));
    }

    /** The last part of a reference, relative or not. */
    private static String referred(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static KeptOrganization organization(JsonNode resource) {
        JsonNode address = resource.at("/address/0");
        List<StructureId> numbers = numbers(resource);
        Optional<StructureId> legalEntity = structures(finess(resource, true)).findFirst();
        Optional<StructureId> first = first(numbers, legalEntity);
        return new KeptOrganization(
                first.map(StructureId::nationalId).orElse(""),
                resource.path("name").asText(),
                texts(address.path("line")),
                address.path("postalCode").asText(),
                address.path("city").asText(),
                stream(resource.path("telecom"))
                        .filter(telecom -> "phone".equals(telecom.path("system").asText()))
                        .map(telecom -> telecom.path("value").asText())
                        .findFirst()
                        .orElse(""),
                stream(resource.path("type"))
                        .flatMap(type -> stream(type.path("coding")))
                        .filter(coding -> system(coding).contains(SECTOR))
                        .map(coding -> coding.path("code").asText())
                        .findFirst()
                        .orElse(""),
                numbers.stream()
                        .filter(id -> isOther(id) && !first.equals(Optional.of(id)))
                        .map(StructureId::nationalId)
                        .distinct()
                        .collect(Collectors.joining(" ")),
                legalEntity
                        .filter(id -> !first.equals(Optional.of(id)))
                        .map(StructureId::number)
                        .orElse(""),
                mailboxes(resource, "ORG"));
    }

    /** Those that an extract has a column for beside that of the FINESS. */
    private static boolean isOther(StructureId id) {
        return switch (id.kind()) {
            case SIREN, SIRET, CABINET_RPPS -> true;
            case FINESS, CABINET_ADELI -> false;
        };
    }

    /** Its own numbers. */
    private static List<StructureId> numbers(JsonNode resource) {
        boolean isLegalEntity = stream(resource.path("type"))
                .flatMap(type -> stream(type.path("coding")))
                .anyMatch(coding -> IS_LEGAL_ENTITY.equals(coding.path("code").asText()));
        return structures(Stream.of(
                                finess(resource, false),
                                identifiers(resource, Set.of(STRUCTURE_ID)),
                                identifiers(resource, SIRENE)
                                        .map(number -> (number.length() == SIREN_DIGITS
                                                                ? StructureId.Kind.SIREN
                                                                : StructureId.Kind.SIRET)
                                                        .prefix()
                                                + number),
                                identifiers(resource, RANK)
                                        .map(number -> StructureId.Kind.CABINET_RPPS.prefix() + number),
                                isLegalEntity ? finess(resource, true) : Stream.<String>empty())
                        .flatMap(some -> some))
                .toList();
    }

    private static Stream<String> finess(JsonNode resource, boolean ofLegalEntity) {
        return stream(resource.path("identifier"))
                .filter(identifier -> system(identifier).equals(FINESS))
                .filter(identifier -> stream(identifier.at("/type/coding"))
                                .anyMatch(coding ->
                                        LEGAL_ENTITY.equals(coding.path("code").asText()))
                        == ofLegalEntity)
                .map(identifier -> StructureId.Kind.FINESS.prefix()
                        + identifier.path("value").asText());
    }

    /** FINESS before SIRET before the rank, as in the extracts; what has none of its own is known by whom it belongs to. */
    private static Optional<StructureId> first(List<StructureId> own, Optional<StructureId> legalEntity) {
        return firstOf(own, StructureId.Kind.FINESS, StructureId.Kind.SIRET, StructureId.Kind.CABINET_RPPS)
                .or(() -> legalEntity)
                .or(() -> firstOf(own, StructureId.Kind.SIREN, StructureId.Kind.CABINET_ADELI));
    }

    private static Optional<StructureId> firstOf(List<StructureId> ids, StructureId.Kind... kinds) {
        return Stream.of(kinds)
                .flatMap(kind -> ids.stream().filter(id -> id.kind() == kind))
                .findFirst();
    }

    private static Stream<StructureId> structures(Stream<String> nationalIds) {
        return nationalIds.flatMap(id -> structure(id).stream());
    }

    private static Optional<StructureId> structure(String nationalId) {
        try {
            return Optional.of(StructureId.ofNationalId(nationalId));
        } catch (InvalidIdentifierException e) {
            // one of several, and the structure goes on without it
            return Optional.empty();
        }
    }

    /** Ordinary addresses stand beside the mailboxes; one on the liste rouge is not to be known at all. */
    private static List<KeptMailbox> mailboxes(JsonNode resource, String usualType) {
        List<KeptMailbox> mailboxes = new ArrayList<>();
        for (JsonNode telecom : resource.path("telecom")) {
            boolean mailbox = stream(telecom.path("extension"))
                    .anyMatch(extension ->
                            MESSAGING.equals(extension.at("/valueCoding/code").asText()));
            JsonNode metadata = stream(telecom.path("extension"))
                    .filter(extension -> METADATA.equals(extension.path("url").asText()))
                    .findFirst()
                    .orElse(MissingNode.getInstance());
            if (mailbox && !part(metadata, "listeRouge").path("valueBoolean").asBoolean()) {
                String type = part(metadata, "type")
                        .at("/valueCodeableConcept/coding/0/code")
                        .asText();
                mailboxes.add(new KeptMailbox(
                        firstOf(type, usualType),
                        telecom.path("value").asText(),
                        part(metadata, "service").path("valueString").asText()));
            }
        }
        return mailboxes;
    }

    private static JsonNode part(JsonNode metadata, String url) {
        return stream(metadata.path("extension"))
                .filter(extension -> url.equals(extension.path("url").asText()))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static Stream<String> identifiers(JsonNode resource, Set<String> systems) {
        return stream(resource.path("identifier"))
                .filter(identifier -> systems.contains(system(identifier)))
                .map(identifier -> identifier.path("value").asText());
    }

    private static Stream<JsonNode> codings(JsonNode resource) {
        return stream(resource.path("qualification"))
                .flatMap(qualification -> stream(qualification.at("/code/coding")));
    }

    private static String system(JsonNode node) {
        return node.path("system").asText();
    }

    private static String texts(JsonNode nodes) {
        return stream(nodes).filter(JsonNode::isTextual).map(JsonNode::asText).collect(Collectors.joining(" "));
    }

    private static String firstOf(String... texts) {
        return Stream.of(texts).filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    private static Stream<JsonNode> stream(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false);
    }
}
