package org.mssante.dmp.xds.ebxml;

import static org.mssante.dmp.xds.ebxml.RegistryObjectReader.text;

import java.util.List;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.mssante.dmp.xds.metadata.SubmissionSet;
import org.mssante.dmp.xds.metadata.XdsTime;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.RegistryPackageType;

/** A RegistryPackage as a submission set. */
final class SubmissionSetReader {
    private SubmissionSetReader() {}

    /** True for a submission set, false for a folder. */
    static boolean isSubmissionSet(RegistryPackageType registryPackage) {
        return registryPackage.getExternalIdentifier().stream()
                .anyMatch(identifier ->
                        Scheme.is(Scheme.SUBMISSION_UNIQUE_ID, text(identifier.getIdentificationScheme())));
    }

    /** @throws InvalidMetadataException where an identifier is absent */
    static SubmissionSet read(RegistryPackageType object, List<MetadataFlaw> found) {
        RegistryObjectReader reader = new RegistryObjectReader(object, new Flaws(text(object.getId()), found));
        return new SubmissionSet(
                text(object.getId()),
                reader.identifier(Scheme.SUBMISSION_UNIQUE_ID, "XDSSubmissionSet.uniqueId"),
                reader.identifier(Scheme.SUBMISSION_SOURCE_ID, "XDSSubmissionSet.sourceId"),
                new Cx(reader.identifier(Scheme.SUBMISSION_PATIENT_ID, "XDSSubmissionSet.patientId")),
                reader.authors(Scheme.SUBMISSION_AUTHOR),
                reader.code(Scheme.CONTENT_TYPE_CODE, "contentTypeCode"),
                reader.single(SlotName.SUBMISSION_TIME, XdsTime::parse),
                reader.name(),
                reader.description(),
                reader.slot(SlotName.INTENDED_RECIPIENT));
    }
}
