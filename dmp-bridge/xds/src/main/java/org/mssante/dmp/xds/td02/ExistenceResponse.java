package org.mssante.dmp.xds.td02;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.xml.transform.dom.DOMSource;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.mssante.dmp.xds.metadata.XdsTime;

/**
 * PRPA_IN201308UV02. The DMP says {@code OK} or {@code NF} (no DMP) in queryResponseCode and {@code active} or
 * {@code terminated} in the patient's statusCode. It has no word for an opposition to feeding, which it leaves to the
 * filing software; the embedded store adds the private {@link #OPPOSED} as acknowledgementDetail.
 */
public final class ExistenceResponse {
    /** Private code: the patient opposed the feeding of his DMP. */
    public static final String OPPOSED = "MSSPatientOpposed";

    private static final String INTERACTION = "PRPA_IN201308UV02";
    private static final String CLOSED = "DMPClosed";
    private static final String FOUND = "OK";
    private static final String NOT_FOUND = "NF";
    private static final String ACCEPTED = "AA";
    private static final String ACTIVE = "active";
    private static final String TERMINATED = "terminated";
    private static final String AUTHORISATION = "AUTORISATION";
    private static final String VALID = "VALIDE";
    /** The spelling on the wire is assumed (domain notes, TD0.2). */
    private static final String FORBIDDEN = "INTERDIT";

    private static final String ATTENTION_KEYS = "1.2.250.1.213.4.1.2.6.1";
    private static final String ATTENTION_VALUES = "1.2.250.1.213.4.1.2.6.2";

    private ExistenceResponse() {}

    /** The store's answer. */
    public static DOMSource write(ExistenceRequest request, DmpState state, Instant now) {
        Hl7Tree message = Hl7Message.begin(INTERACTION, UUID.randomUUID().toString(), XdsTime.of(now));
        message.add("acceptAckCode").attribute("code", "NE");
        Hl7Message.devices(message);
        if (state != DmpState.ABSENT) {
            Hl7Tree attention = message.add("attentionLine");
            attention.add("keyWordText").code(AUTHORISATION, ATTENTION_KEYS);
            attention.add("value").code(state == DmpState.BLOCKED ? FORBIDDEN : VALID, ATTENTION_VALUES);
        }
        Hl7Tree acknowledgement = message.add("acknowledgement");
        acknowledgement.add("typeCode").attribute("code", ACCEPTED);
        acknowledgement.add("targetMessage").add("id").attribute("root", request.messageId());
        if (state == DmpState.OPPOSED) {
            acknowledgement.add("acknowledgementDetail").add("code").attribute("code", OPPOSED);
        }
        Hl7Tree act =
                message.add("controlActProcess").attribute("classCode", "CACT").attribute("moodCode", "EVN");
        act.add("code").code("PRPA_TE201308UV02", Hl7Message.HL7_TRIGGERS);
        if (state != DmpState.ABSENT) {
            patient(act, request, state);
        }
        Hl7Tree query = act.add("queryAck");
        query.add("queryId").attribute("root", request.messageId());
        query.add("queryResponseCode").attribute("code", state == DmpState.ABSENT ? NOT_FOUND : FOUND);
        return message.source();
    }

    /**
     * What the DMP says of the patient asked about. It may be fed where his status is exactly {@code active}; an answer about
     * another patient, or of another status, says nothing.
     *
     * @throws InvalidMetadataException where the message is another one
     */
    public static Answer<DmpState> read(DOMSource source, Ins asked) {
        Hl7Tree message = Hl7Tree.of(source, INTERACTION);
        String response = codeOf(message, "queryResponseCode").orElse("");
        if (response.equals(NOT_FOUND)) {
            return new Answer.Given<>(DmpState.ABSENT);
        }
        Optional<String> detail = message.first("acknowledgementDetail").flatMap(each -> codeOf(each, "code"));
        if (detail.isPresent()) {
            return ofDetail(detail.get());
        }
        if (!response.equals(FOUND)) {
            return new Answer.Unavailable<>("The DMP gave no answer to the test of existence.");
        }
        List<Hl7Tree> patients = message.all("patient").toList();
        if (patients.size() != 1 || !isAbout(patients.get(0), asked)) {
            return new Answer.Unavailable<>("The DMP's answer is not about the patient who was asked for.");
        }
        return switch (codeOf(patients.get(0), "statusCode").orElse("")) {
            case ACTIVE -> new Answer.Given<>(isBlocked(message) ? DmpState.BLOCKED : DmpState.ACTIVE);
            case TERMINATED -> new Answer.Given<>(DmpState.CLOSED);
            default -> new Answer.Unavailable<>("The DMP gave no status of the DMP that is known here.");
        };
    }

    /** The DMP names a patient by several identifiers, the historic INS-C first. All that are an INS must be his. */
    private static boolean isAbout(Hl7Tree patient, Ins asked) {
        List<Hl7Tree> ins = patient.children("id")
                .filter(id -> Ins.isAuthority(id.get("root")))
                .toList();
        return !ins.isEmpty() && ins.stream().allMatch(id -> asked.names(id.get("extension"), id.get("root")));
    }

    /** The one authorisation that counts for feeding: whom the patient has blocked has no access at all. */
    private static boolean isBlocked(Hl7Tree message) {
        return message.all("attentionLine")
                .filter(line -> codeOf(line, "keyWordText")
                        .filter(AUTHORISATION::equals)
                        .isPresent())
                .anyMatch(
                        line -> codeOf(line, "value").filter(FORBIDDEN::equals).isPresent());
    }

    private static Answer<DmpState> ofDetail(String code) {
        return switch (code) {
            case OPPOSED -> new Answer.Given<>(DmpState.OPPOSED);
            case CLOSED -> new Answer.Given<>(DmpState.CLOSED);
            default -> new Answer.Refused<>(code, "");
        };
    }

    private static Optional<String> codeOf(Hl7Tree tree, String element) {
        return tree.first(element).map(found -> found.get("code"));
    }

    private static void patient(Hl7Tree act, ExistenceRequest request, DmpState state) {
        Hl7Tree patient = act.add("subject")
                .attribute("typeCode", "SUBJ")
                .add("registrationEvent")
                .attribute("classCode", "REG")
                .attribute("moodCode", "EVN")
                .add("subject1")
                .attribute("typeCode", "SBJ")
                .add("patient")
                .attribute("classCode", "PAT");
        patient.add("id")
                .attribute("root", request.patient().authority().value())
                .attribute("extension", request.patient().matricule());
        patient.add("statusCode").attribute("code", state == DmpState.CLOSED ? TERMINATED : ACTIVE);
    }
}
