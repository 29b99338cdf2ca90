package org.mssante.dmp.xds.td02;

import org.mssante.dmp.xds.metadata.XdsTime;

/** What every HL7 v3 message of the DMP carries, and the code systems it uses. */
final class Hl7Message {
    /** The DMP system as sender and receiver. */
    static final String DMP_DEVICE = "1.2.250.1.213.4.1.1.1";
    /** reasonCode of the transactions on patients. */
    static final String REASONS = "1.2.250.1.213.1.1.4.11";

    static final String TEST_OF_EXISTENCE = "TEST_EXST";
    /** HL7 interactions and trigger events. */
    static final String HL7_TRIGGERS = "2.16.840.1.113883.1.18";

    private static final String HL7_INTERACTIONS = "2.16.840.1.113883.1.6";

    private Hl7Message() {}

    static Hl7Tree begin(String interaction, String messageId, XdsTime now) {
        Hl7Tree message = Hl7Tree.message(interaction);
        message.add("id").attribute("root", messageId);
        message.add("creationTime").attribute("value", now.value());
        message.add("interactionId").attribute("root", HL7_INTERACTIONS).attribute("extension", interaction);
        message.add("processingCode").attribute("code", "P");
        message.add("processingModeCode").attribute("code", "T");
        return message;
    }

    static void devices(Hl7Tree message) {
        device(message.add("receiver").attribute("typeCode", "RCV"));
        device(message.add("sender").attribute("typeCode", "SND"));
    }

    private static void device(Hl7Tree role) {
        role.add("device")
                .attribute("classCode", "DEV")
                .attribute("determinerCode", "INSTANCE")
                .add("id")
                .attribute("root", DMP_DEVICE);
    }
}
