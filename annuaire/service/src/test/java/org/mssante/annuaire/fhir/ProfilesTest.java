package org.mssante.annuaire.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/**
 * What a real annuaire answers, judged by HAPI's validator: by the definitions of FHIR R4, and by what the profiles of the national
 * API restrict (annuaire.md §4.2 and §4.3), which {@code fhir-profiles} says in our own words.
 */
final class ProfilesTest {
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Set<ResultSeverityEnum> FAULTS =
            EnumSet.of(ResultSeverityEnum.ERROR, ResultSeverityEnum.FATAL);

    @TempDir
    static Path run;

    private static AnnuaireFixture fixture;
    private static AnnuaireService service;
    private static FhirValidator validator;

    @BeforeAll
    static void start() throws IOException {
        fixture = new AnnuaireFixture(run);
        service = fixture.start();
        PrePopulatedValidationSupport profiles = new PrePopulatedValidationSupport(FHIR);
        for (String profile : List.of(
                "as-dp-practitioner",
                "as-dp-practitionerrole",
                "as-dp-organization",
                "as-ext-mailbox-mss-metadata",
                "as-ext-organization-types",
                "fr-core-contact-point-email-type")) {
            try (InputStream in = ProfilesTest.class.getResourceAsStream("/fhir-profiles/" + profile + ".json")) {
                profiles.addStructureDefinition(FHIR.newJsonParser().parseResource(StructureDefinition.class, in));
            }
        }
        validator = FHIR.newValidator()
                .registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
                        profiles,
                        new DefaultProfileValidationSupport(FHIR),
                        new SnapshotGeneratingValidationSupport(FHIR),
                        new CommonCodeSystemsTerminologyService(FHIR),
                        new InMemoryTerminologyServerValidationSupport(FHIR))));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Practitioner",
                "PractitionerRole",
                "Organization",
                "Practitioner?mailbox-mss:contains=%40",
                "PractitionerRole?mailbox-mss:contains=%40",
                "Organization?mailbox-mss:contains=%40"
            })
    void everyResourceHoldsToItsProfile(String question) throws IOException, InterruptedException {
        List<Resource> resources = resources(question);

        assertThat(resources).isNotEmpty();
        for (Resource resource : resources) {
            assertThat(resource.getMeta().getProfile()).hasSize(1);
            assertThat(faults(resource)).as(resource.getId()).isEmpty();
        }
    }

    @Test
    void theCapabilitiesHoldToFhir() throws IOException, InterruptedException {
        assertThat(faults((Resource) FHIR.newJsonParser().parseResource(get("metadata"))))
                .isEmpty();
    }

    static Stream<Breach<?>> breaches() {
        return Stream.of(
                new Breach<>(
                        "active is missing",
                        Practitioner.class,
                        one -> one.setActiveElement(null),
                        "Practitioner.active: minimum required = 1"),
                new Breach<>(
                        "the RPPS number is missing",
                        Practitioner.class,
                        one -> one.getIdentifier().removeIf(id -> id.getSystem().equals(Systems.RPPS)),
                        "pr-rpps"),
                new Breach<>(
                        "an identifier has no type",
                        Practitioner.class,
                        one -> one.getIdentifierFirstRep().setType(null),
                        "pr-idnps"),
                new Breach<>(
                        "a date of birth",
                        Practitioner.class,
                        one -> one.setBirthDateElement(new DateType("1970-01-01")),
                        "Practitioner.birthDate: max allowed = 0"),
                new Breach<>(
                        "two names",
                        Practitioner.class,
                        one -> one.addName().setFamily("B"),
                        "Practitioner.name: max allowed = 1"),
                new Breach<>(
                        "an ordinary address",
                        Practitioner.class,
                        one -> one.addTelecom()
                                .setSystem(ContactPoint.ContactPointSystem.EMAIL)
                                .setValue("a@b.invalid"),
                        "pr-closed"),
                new Breach<>(
                        "the responsable of a mailbox",
                        Practitioner.class,
                        one -> metadata(one.getTelecom()).addExtension("responsible", new StringType("B")),
                        "responsible"),
                new Breach<>(
                        "a mailbox of two types",
                        Practitioner.class,
                        one -> metadata(one.getTelecom())
                                .addExtension(metadata(one.getTelecom())
                                        .getExtensionByUrl("type")
                                        .copy()),
                        "Extension.extension:type: max allowed = 1"),
                new Breach<>(
                        "a type of mailbox that is no concept",
                        Practitioner.class,
                        one -> metadata(one.getTelecom())
                                .getExtensionByUrl("type")
                                .setValue(new StringType("PER")),
                        "type"),
                new Breach<>(
                        "a type of mailbox that nobody knows",
                        Practitioner.class,
                        one -> metadata(one.getTelecom())
                                .getExtensionByUrl("type")
                                .setValue(new CodeableConcept(new Coding(Systems.MAILBOX_TYPE, "XYZ", null))),
                        "mb-type"),
                new Breach<>(
                        "a savoir-faire without its code",
                        Practitioner.class,
                        one -> skill(one).getCoding().remove(1),
                        "pr-skill"),
                new Breach<>(
                        "a savoir-faire of two codes",
                        Practitioner.class,
                        one -> skill(one)
                                .addCoding(skill(one).getCoding().get(1).copy()),
                        "pr-skill"),
                new Breach<>(
                        "a profession of no table",
                        Practitioner.class,
                        one -> one.getQualificationFirstRep()
                                .getCode()
                                .getCodingFirstRep()
                                .setSystem("urn:oid:1.2.250.1.71.1.2.7"),
                        "pr-table"),
                new Breach<>(
                        "the professional is missing",
                        PractitionerRole.class,
                        one -> one.setPractitioner(null),
                        "PractitionerRole.practitioner: minimum required = 1"),
                new Breach<>(
                        "the role has no number", PractitionerRole.class, one -> one.setIdentifier(List.of()), "ro-id"),
                new Breach<>(
                        "a telephone of a role",
                        PractitionerRole.class,
                        one -> one.addTelecom()
                                .setSystem(ContactPoint.ContactPointSystem.PHONE)
                                .setValue("01"),
                        "ro-closed"),
                new Breach<>(
                        "active is missing",
                        Organization.class,
                        one -> one.setActiveElement(null),
                        "Organization.active: minimum required = 1"),
                new Breach<>(
                        "a SIRET of another type",
                        Organization.class,
                        one -> one.addIdentifier(
                                one.getIdentifierFirstRep().copy().setSystem(Systems.SIRENE)),
                        "or-sirene"),
                new Breach<>(
                        "a rank of another type",
                        Organization.class,
                        one -> one.addIdentifier(
                                one.getIdentifierFirstRep().copy().setSystem(Systems.RPPS_RANK)),
                        "or-rank"),
                new Breach<>(
                        "a type that does not say which",
                        Organization.class,
                        one -> one.getTypeFirstRep().setExtension(List.of()),
                        "or-type"),
                new Breach<>(
                        "a type that nobody knows",
                        Organization.class,
                        one -> one.getTypeFirstRep().getExtensionFirstRep().setValue(new CodeType("sector")),
                        "ot-slice"),
                new Breach<>(
                        "a sector of another table",
                        Organization.class,
                        one -> one.getTypeFirstRep().getCodingFirstRep().setSystem(Systems.SKILL_KIND),
                        "or-sector"),
                new Breach<>(
                        "part of what is no legal entity",
                        Organization.class,
                        one -> one.getPartOf()
                                .setIdentifier(one.getIdentifierFirstRep().copy()),
                        "or-whole"),
                new Breach<>(
                        "a mailbox that is not marked as one",
                        Organization.class,
                        one -> one.getTelecom()
                                .forEach(telecom -> telecom.getExtension()
                                        .removeIf(
                                                extension -> extension.getUrl().equals(Systems.EMAIL_TYPE))),
                        "or-box"));
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void whatBreaksAProfileIsSeen(Breach<?> breach) throws IOException, InterruptedException {
        String withSkill = breach.type() == Practitioner.class ? "&qualification-code=SM54" : "";
        Resource resource = resources(breach.type().getSimpleName() + "?mailbox-mss:contains=%40" + withSkill)
                .get(0);
        assertThat(faults(resource)).isEmpty();

        breach.apply(resource);

        assertThat(faults(resource)).anySatisfy(fault -> assertThat(fault).contains(breach.fault()));
    }

    /**
     * A change that a profile forbids.
     *
     * @param fault of what the validator says
     */
    private record Breach<T extends Resource>(String name, Class<T> type, Consumer<T> change, String fault) {
        void apply(Resource resource) {
            change.accept(type.cast(resource));
        }

        @Override
        public String toString() {
            return type.getSimpleName() + ": " + name;
        }
    }

    private static CodeableConcept skill(Practitioner practitioner) {
        return practitioner.getQualification().stream()
                .map(Practitioner.PractitionerQualificationComponent::getCode)
                .filter(code -> code.getCoding().size() > 1)
                .findFirst()
                .orElseThrow();
    }

    private static Extension metadata(List<ContactPoint> telecoms) {
        return telecoms.get(0).getExtensionByUrl(Systems.MAILBOX_METADATA);
    }

    private static List<String> faults(Resource resource) {
        return validator.validateWithResult(resource).getMessages().stream()
                .filter(message -> FAULTS.contains(message.getSeverity()))
                .map(SingleValidationMessage::toString)
                .toList();
    }

    private static List<Resource> resources(String question) throws IOException, InterruptedException {
        return FHIR.newJsonParser().parseResource(Bundle.class, get(question)).getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .toList();
    }

    private static String get(String question) throws IOException, InterruptedException {
        String login = "client:" + fixture.secret("ldap-client.secret");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + fixture.httpsPort() + "/fhir/v2/" + question))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .build();
        return HttpClient.newBuilder()
                .sslContext(TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors())))
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
