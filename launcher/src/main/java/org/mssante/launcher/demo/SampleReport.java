package org.mssante.launcher.demo;

import java.util.List;
import org.mssante.launcher.mail.Attachment;

/**
 * A document as a sender's software prepared it.
 *
 * @param documentId the CDA id, an OID
 * @param attachments IHE_XDM.zip and the PDF beside it
 */
record SampleReport(String documentId, Attachment document, List<Attachment> attachments) {
    SampleReport {
        attachments = List.copyOf(attachments);
    }
}
