package org.mssante.dmp.cda;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mssante.dmp.xds.metadata.Code;

/** Turns the elements of a header into its values. What is missing or null in the document is empty here. */
final class HeaderParts {
    private final XmlElement document;

    HeaderParts(XmlElement document) {
        this.document = document;
    }

    CdaHeader header(RootForm form, Body body) {
        return new CdaHeader(
                form,
                document.all("templateId").flatMap(HeaderParts::template).toList(),
                id(document, "id"),
                id(document, "setId"),
                value(document, "versionNumber"),
                code(document, "code"),
                text(document, "title"),
                value(document, "effectiveTime"),
                code(document, "confidentialityCode"),
                document.first("languageCode").flatMap(language -> language.attribute("code")),
                document.all("recordTarget", "patientRole")
                        .map(HeaderParts::patient)
                        .toList(),
                document.all("author").flatMap(HeaderParts::author).toList(),
                document.first("legalAuthenticator", "assignedEntity").map(HeaderParts::entity),
                document.first("custodian", "assignedCustodian", "representedCustodianOrganization")
                        .map(HeaderParts::organisation),
                document.all("documentationOf", "serviceEvent")
                        .map(HeaderParts::event)
                        .toList(),
                document.first("componentOf", "encompassingEncounter").map(HeaderParts::encounter),
                document.all("relatedDocument").map(HeaderParts::related).toList(),
                ids(document.all("inFulfillmentOf", "order", "id")),
                ids(document.all("inFulfillmentOf", "order", "accessionNumber")),
                body);
    }

    private static Stream<TemplateId> template(XmlElement element) {
        return element
                .attribute("root")
                .map(root -> new TemplateId(root, element.attribute("extension").orElse("")))
                .stream();
    }

    private static Patient patient(XmlElement role) {
        return new Patient(
                ids(role.all("id")),
                name(role.all("patient", "name")),
                role.first("patient", "administrativeGenderCode").flatMap(code -> code.attribute("code")),
                role.first("patient", "birthTime").flatMap(time -> time.attribute("value")),
                role.first("patient", "birthplace", "place", "addr", "county")
                        .map(XmlElement::text)
                        .filter(text -> !text.isEmpty()));
    }

    private static Stream<Participant> author(XmlElement author) {
        return author
                .first("assignedAuthor")
                .map(assigned -> new Participant(
                        ids(assigned.all("id")),
                        code(assigned, "code"),
                        author.first("functionCode").flatMap(code -> code.attribute("displayName")),
                        name(assigned.all("assignedPerson", "name").limit(1)),
                        assigned.first("assignedAuthoringDevice").map(HeaderParts::device),
                        assigned.first("representedOrganization").map(HeaderParts::organisation)))
                .stream();
    }

    private static Participant entity(XmlElement assigned) {
        return new Participant(
                ids(assigned.all("id")),
                code(assigned, "code"),
                Optional.empty(),
                name(assigned.all("assignedPerson", "name").limit(1)),
                assigned.first("assignedAuthoringDevice").map(HeaderParts::device),
                assigned.first("representedOrganization").map(HeaderParts::organisation));
    }

    private static Participant.Device device(XmlElement device) {
        return new Participant.Device(
                text(device, "manufacturerModelName").orElse(""),
                text(device, "softwareName").orElse(""));
    }

    private static Organisation organisation(XmlElement organisation) {
        return new Organisation(
                ids(organisation.all("id")),
                text(organisation, "name").orElse(""),
                code(organisation, "standardIndustryClassCode"));
    }

    private static ServiceEvent event(XmlElement event) {
        Optional<XmlElement> time = event.first("effectiveTime");
        return new ServiceEvent(
                ids(event.all("id")),
                code(event, "code"),
                // an act without duration has its time in the element itself
                time.flatMap(each -> value(each, "low").or(() -> each.attribute("value"))),
                time.flatMap(each -> value(each, "high")),
                event.first("performer", "assignedEntity").map(HeaderParts::entity));
    }

    private static Encounter encounter(XmlElement encounter) {
        return new Encounter(
                code(encounter, "code"),
                encounter.first("location", "healthCareFacility").flatMap(facility -> code(facility, "code")));
    }

    private static RelatedDocument related(XmlElement related) {
        return new RelatedDocument(related.attribute("typeCode").orElse(""), ids(related.all("parentDocument", "id")));
    }

    private static Name name(Stream<XmlElement> names) {
        List<XmlElement> all = names.toList();
        return new Name(
                parts(all, "family"),
                parts(all, "given"),
                all.stream()
                        .map(XmlElement::text)
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(""));
    }

    private static List<Name.Part> parts(List<XmlElement> names, String kind) {
        return names.stream()
                .flatMap(name -> name.all(kind))
                .filter(part -> !part.text().isEmpty())
                .map(part -> new Name.Part(part.attribute("qualifier").orElse(""), part.text()))
                .toList();
    }

    private static Optional<InstanceId> id(XmlElement parent, String name) {
        return ids(parent.all(name)).stream().findFirst();
    }

    private static List<InstanceId> ids(Stream<XmlElement> elements) {
        return elements.filter(element -> !element.isNull())
                .flatMap(element -> element
                        .attribute("root")
                        .map(root -> new InstanceId(
                                root, element.attribute("extension").orElse("")))
                        .stream())
                .toList();
    }

    private static Optional<Code> code(XmlElement parent, String name) {
        return parent.first(name)
                .flatMap(element -> element.attribute("code")
                        .map(code -> new Code(
                                code,
                                element.attribute("codeSystem").orElse(""),
                                element.attribute("displayName").orElse(""))));
    }

    private static Optional<String> value(XmlElement parent, String name) {
        return parent.first(name).flatMap(element -> element.attribute("value"));
    }

    private static Optional<String> text(XmlElement parent, String name) {
        return parent.first(name).map(XmlElement::text).filter(text -> !text.isEmpty());
    }
}
