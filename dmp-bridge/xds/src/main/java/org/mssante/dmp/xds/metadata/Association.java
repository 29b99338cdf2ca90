package org.mssante.dmp.xds.metadata;

import java.util.Set;

/**
 * A link between two registry objects.
 *
 * @param type a URN, see the constants
 * @param source the id of the submission set or of the new document entry
 * @param target the id of the member, or the entryUUID of the document replaced
 */
public record Association(String type, String source, String target) {
    public static final String HAS_MEMBER = "urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember";
    /** The source is a new version of the target, which becomes {@link Availability#DEPRECATED}. */
    public static final String REPLACES = "urn:ihe:iti:2007:AssociationType:RPLC";
    /** Both at once: another form that replaces the target. */
    public static final String TRANSFORMS_AND_REPLACES = "urn:ihe:iti:2007:AssociationType:XFRM_RPLC";
    /** The types by which the source takes the place of the target. */
    public static final Set<String> REPLACEMENTS = Set.of(REPLACES, TRANSFORMS_AND_REPLACES);
    /** The source is another form of the target. */
    public static final String TRANSFORMS = "urn:ihe:iti:2007:AssociationType:XFRM";
    /** The source is a signature of the target, here the submission set (IHE DSG). */
    public static final String SIGNS = "urn:ihe:iti:2007:AssociationType:signs";
    /** The source is a submission set that changes the status of the target (ITI-57; the DMP's TD3.3c and d). */
    public static final String UPDATES_STATUS = "urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus";
}
