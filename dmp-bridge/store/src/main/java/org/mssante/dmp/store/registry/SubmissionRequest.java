package org.mssante.dmp.store.registry;

import java.util.Map;
import org.mssante.dmp.xds.ebxml.SubmittedObjects;
import org.mssante.dmp.xds.iti41.DocumentContent;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ExtrinsicObjectType;

/**
 * What ITI-41 brings.
 *
 * @param objects the metadata as values
 * @param metadata the same document entries as they came, by their id; they are kept, so nothing the sender wrote is lost
 * @param contents the documents by the id of their entry
 * @param submitter the subject of the client certificate
 */
public record SubmissionRequest(
        SubmittedObjects objects,
        Map<String, ExtrinsicObjectType> metadata,
        Map<String, DocumentContent> contents,
        String submitter) {

    public SubmissionRequest {
        metadata = Map.copyOf(metadata);
        contents = Map.copyOf(contents);
    }
}
