package org.mssante.annuaire.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;

/**
 * An order in the words of the draft API: a conditional PATCH of the resource that carries the mailbox, its body a Parameters
 * resource with one FHIRPath operation on {@code telecom} (implementation guide ans.fhir.fr.mss, flux d'alimentation; FHIR R4
 * fhirpatch).
 */
final class FhirPatch {
    private static final String METADATA =
            "https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-ext-mailbox-mss-metadata";
    private static final String EMAIL_TYPE =
            "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-contact-point-email-type";
    private static final String MESSAGING =
            "https://mos.esante.gouv.fr/NOS/TRE_R256-TypeMessagerie/FHIR/TRE-R256-TypeMessagerie";
    private static final String MAILBOX_TYPE = "https://mos.esante.gouv.fr/NOS/TRE_R257-TypeBAL/FHIR/TRE-R257-TypeBAL";
    private static final String PERSON = "urn:oid:1.2.250.1.71.4.2.1";
    private static final String STRUCTURE = "urn:oid:1.2.250.1.71.4.2.2";
    private static final String FINESS = "https://finess.esante.gouv.fr";
    private static final JsonFactory JSON = new JsonFactory();

    private final TypeForm typeForm;

    /** How the type of a mailbox is written: the pages of the draft and its interface description do not agree. */
    enum TypeForm {
        /** {@code valueCode}. */
        CODE,
        /** {@code valueCodeableConcept}, as the profile of the extension wants it. */
        CONCEPT
    }

    FhirPatch(TypeForm typeForm) {
        this.typeForm = typeForm;
    }

    /** The address of the carrier below the base, e.g. {@code Practitioner?identifier=…}. */
    static String target(Carrier carrier) {
        String identifier = carrier instanceof Carrier.Structure structure
                ? structure(structure.id())
                : PERSON + "|" + carrier.nationalId();
        return resource(carrier) + "?identifier=" + URLEncoder.encode(identifier, StandardCharsets.UTF_8);
    }

    /** The Parameters resource as JSON. */
    String body(PublicationOrder order) {
        String telecom = resource(order.carrier()) + ".telecom";
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("resourceType", "Parameters");
            json.writeArrayFieldStart("parameter");
            json.writeStartObject();
            json.writeStringField("name", "operation");
            json.writeArrayFieldStart("part");
            if (order instanceof PublicationOrder.Publish publish) {
                part(json, "type", "valueCode", "insert");
                part(json, "path", "valueString", telecom);
                json.writeStartObject();
                json.writeStringField("name", "index");
                json.writeNumberField("valueInteger", 0);
                json.writeEndObject();
                value(json, publish.mailbox());
            } else if (order instanceof PublicationOrder.Update update) {
                part(json, "type", "valueCode", "replace");
                part(json, "path", "valueString", one(telecom, order.address()));
                value(json, update.mailbox());
            } else {
                part(json, "type", "valueCode", "delete");
                part(json, "path", "valueString", one(telecom, order.address()));
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes everything", e);
        }
        return text.toString();
    }

    private static String resource(Carrier carrier) {
        return carrier instanceof Carrier.Person ? "Practitioner" : "Organization";
    }

    private static String structure(StructureId id) {
        return id.kind() == StructureId.Kind.FINESS ? FINESS + "|" + id.number() : STRUCTURE + "|" + id.nationalId();
    }

    /** The form of an address allows an apostrophe, which ends a FHIRPath string. */
    private static String one(String telecom, MailAddress address) {
        return telecom + ".where(value = '" + address.toString().replace("'", "\\'") + "')";
    }

    private static void part(JsonGenerator json, String name, String type, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField(type, value);
        json.writeEndObject();
    }

    private void value(JsonGenerator json, PublicMailbox mailbox) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", "value");
        json.writeObjectFieldStart("valueContactPoint");
        json.writeArrayFieldStart("extension");
        json.writeStartObject();
        json.writeStringField("url", EMAIL_TYPE);
        json.writeObjectFieldStart("valueCoding");
        json.writeStringField("system", MESSAGING);
        json.writeStringField("code", "MSSANTE");
        json.writeEndObject();
        json.writeEndObject();
        json.writeStartObject();
        json.writeStringField("url", METADATA);
        json.writeArrayFieldStart("extension");
        type(json, mailbox.type());
        text(json, "description", mailbox.description());
        text(json, "service", mailbox.service());
        text(json, "responsible", mailbox.responsible());
        json.writeStartObject();
        json.writeStringField("url", "listeRouge");
        json.writeBooleanField("valueBoolean", false);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeStringField("system", "email");
        json.writeStringField("value", mailbox.address().toString());
        if (mailbox.preferred().isPresent()) {
            json.writeNumberField("rank", mailbox.preferred().get());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void type(JsonGenerator json, MailboxType type) throws IOException {
        json.writeStartObject();
        json.writeStringField("url", "type");
        if (typeForm == TypeForm.CODE) {
            json.writeStringField("valueCode", type.name());
        } else {
            json.writeObjectFieldStart("valueCodeableConcept");
            json.writeArrayFieldStart("coding");
            json.writeStartObject();
            json.writeStringField("system", MAILBOX_TYPE);
            json.writeStringField("code", type.name());
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String url, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStartObject();
            json.writeStringField("url", url);
            json.writeStringField("valueString", value.get());
            json.writeEndObject();
        }
    }
}
