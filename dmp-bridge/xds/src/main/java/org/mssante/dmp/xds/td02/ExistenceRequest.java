package org.mssante.dmp.xds.td02;

import java.time.Instant;
import java.util.UUID;
import javax.xml.transform.dom.DOMSource;
import org.mssante.core.id.Ins;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.Oid;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.mssante.dmp.xds.metadata.XdsTime;

/**
 * PRPA_IN201307UV02 with reason TEST_EXST: does this patient have a DMP?
 *
 * @param messageId a UUID
 * @param patient whose DMP
 */
public record ExistenceRequest(String messageId, Ins patient) {
    private static final String INTERACTION = "PRPA_IN201307UV02";

    public static ExistenceRequest of(Ins patient) {
        return new ExistenceRequest(UUID.randomUUID().toString(), patient);
    }

    /** @throws InvalidMetadataException where the message is another one or names no patient */
    public static ExistenceRequest read(DOMSource source) {
        Hl7Tree message = Hl7Tree.of(source, INTERACTION);
        Hl7Tree patient = message.first("patientIdentifier")
                .flatMap(identifier -> identifier.first("value"))
                .orElseThrow(() -> new InvalidMetadataException("the query names a patient"));
        try {
            return new ExistenceRequest(
                    message.first("id").map(id -> id.get("root")).orElse(""),
                    new Ins(patient.get("extension"), new Oid(patient.get("root"))));
        } catch (InvalidIdentifierException e) {
            throw new InvalidMetadataException("the query names the patient by an INS");
        }
    }

    public DOMSource write(Instant now) {
        Hl7Tree message = Hl7Message.begin(INTERACTION, messageId, XdsTime.of(now));
        message.add("acceptAckCode").attribute("code", "NE");
        Hl7Message.devices(message);
        Hl7Tree act =
                message.add("controlActProcess").attribute("classCode", "CACT").attribute("moodCode", "EVN");
        act.add("code").code("PRPA_TE201307UV02", Hl7Message.HL7_TRIGGERS);
        act.add("reasonCode").code(Hl7Message.TEST_OF_EXISTENCE, Hl7Message.REASONS);
        Hl7Tree query = act.add("queryByParameter");
        query.add("queryId").attribute("root", messageId);
        query.add("statusCode").attribute("code", "new");
        Hl7Tree identifier = query.add("parameterList").add("patientIdentifier");
        identifier
                .add("value")
                .attribute("root", patient.authority().value())
                .attribute("extension", patient.matricule());
        identifier.add("semanticsText").text("Patient.Id");
        return message.source();
    }
}
