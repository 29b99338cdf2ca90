package org.mssante.dmp.xds.ebxml;

import java.util.ArrayList;
import java.util.List;
import org.mssante.dmp.xds.metadata.Association;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.SubmissionSet;

/**
 * The content of one SubmitObjectsRequest.
 *
 * @param entries in their order, at least one
 * @param associations in their order, HasMember included
 * @param flaws what was left out on reading
 */
public record SubmittedObjects(
        SubmissionSet submissionSet,
        List<DocumentEntry> entries,
        List<Association> associations,
        List<MetadataFlaw> flaws) {

    public SubmittedObjects {
        entries = List.copyOf(entries);
        associations = List.copyOf(associations);
        flaws = List.copyOf(flaws);
    }

    /** Objects to send: every entry is a member of the set; {@code more} are the other associations. */
    public static SubmittedObjects of(SubmissionSet set, List<DocumentEntry> entries, List<Association> more) {
        List<Association> associations = new ArrayList<>();
        for (DocumentEntry entry : entries) {
            associations.add(new Association(Association.HAS_MEMBER, set.id(), entry.id()));
        }
        associations.addAll(more);
        return new SubmittedObjects(set, entries, associations, List.of());
    }
}
