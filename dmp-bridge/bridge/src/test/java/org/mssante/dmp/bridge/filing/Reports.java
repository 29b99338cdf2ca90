package org.mssante.dmp.bridge.filing;

import java.util.List;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.bridge.ledger.Delivery;
import org.mssante.dmp.bridge.ledger.DocumentOutcome;

/** The sample report as other documents, versions and mails, and what became of them. */
final class Reports {
    static final String NEXT_ID = Samples.DOCUMENT_ID.replaceFirst("1$", "2");

    private Reports() {}

    static List<Outcome> codes(TestBridge bridge, Delivery mail) {
        return bridge.outcomes(mail).stream().map(DocumentOutcome::outcome).toList();
    }

    static byte[] bare(String messageId, String document) {
        String mail = new String(
                Samples.mail(
                        Samples.multipart("mixed", "b", Samples.part("text/xml", "DOC.XML", Samples.utf8(document)))),
                java.nio.charset.StandardCharsets.UTF_8);
        return Samples.utf8(mail.replace("<test-1@demo.mssante.fr>", messageId));
    }

    static String replacing(String parent, String document) {
        String related = "<relatedDocument typeCode=\"RPLC\"><parentDocument><id root=\"" + parent
                + "\"/></parentDocument></relatedDocument>";
        return document.replace("<componentOf>", related + "<componentOf>");
    }

    static String withoutVersion(String document) {
        return document.replaceFirst("<versionNumber [^>]*>", "");
    }

    static String withoutSet(String document) {
        return document.replaceFirst("<setId [^>]*>", "");
    }

    static String ofAnotherPatient(String document) {
        return document.replace("258029999900145", "171119999900286");
    }

    static String ofSet(String setId, String document) {
        return document.replaceFirst("<setId root=\"[^\"]*\"", "<setId root=\"" + setId + "\"");
    }

    /** @param time as HL7 writes it */
    static String made(String time, String document) {
        return document.replaceFirst("<effectiveTime value=\"[^\"]*\"", "<effectiveTime value=\"" + time + "\"");
    }

    static String version(String id, long version) {
        return Samples.reportText()
                .replace("<id root=\"" + Samples.DOCUMENT_ID + "\"/>", "<id root=\"" + id + "\"/>")
                .replace("<versionNumber value=\"1\"/>", "<versionNumber value=\"" + version + "\"/>");
    }
}
