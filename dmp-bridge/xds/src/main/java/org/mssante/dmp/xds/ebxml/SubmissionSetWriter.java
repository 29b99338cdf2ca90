package org.mssante.dmp.xds.ebxml;

import java.util.List;
import org.mssante.dmp.xds.metadata.Author;
import org.mssante.dmp.xds.metadata.SubmissionSet;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.RegistryPackageType;

/** A submission set as a RegistryPackage. */
final class SubmissionSetWriter {
    private SubmissionSetWriter() {}

    static RegistryPackageType write(SubmissionSet set) {
        RegistryPackageType object = new RegistryPackageType();
        object.setId(set.id());
        set.title().map(RegistryObjectWriter::localized).ifPresent(object::setName);
        set.comments().map(RegistryObjectWriter::localized).ifPresent(object::setDescription);
        RegistryObjectWriter writer = new RegistryObjectWriter(object);
        set.submissionTime().ifPresent(time -> writer.slot(SlotName.SUBMISSION_TIME, List.of(time.value())));
        writer.slot(SlotName.INTENDED_RECIPIENT, set.intendedRecipients());
        for (Author author : set.authors()) {
            writer.author(Scheme.SUBMISSION_AUTHOR, author);
        }
        set.contentTypeCode().ifPresent(code -> writer.code(Scheme.CONTENT_TYPE_CODE, code));
        writer.node(Scheme.SUBMISSION_SET);
        writer.identifier(
                Scheme.SUBMISSION_PATIENT_ID,
                "XDSSubmissionSet.patientId",
                set.patientId().text());
        writer.identifier(Scheme.SUBMISSION_SOURCE_ID, "XDSSubmissionSet.sourceId", set.sourceId());
        writer.identifier(Scheme.SUBMISSION_UNIQUE_ID, "XDSSubmissionSet.uniqueId", set.uniqueId());
        return object;
    }
}
