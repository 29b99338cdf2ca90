package org.mssante.dmp.cda;

/**
 * How large a document may be.
 *
 * @param maxBytes of the file
 * @param maxDepth of nested elements, anywhere in the file
 * @param maxHeaderElements kept of the header
 * @param maxHeaderText characters kept of the header
 */
public record CdaLimits(int maxBytes, int maxDepth, int maxHeaderElements, int maxHeaderText) {
    /** The largest real example has 1.1 MB, its header about 600 elements and no more than 40 levels. */
    public static final CdaLimits DEFAULT = new CdaLimits(25_000_000, 500, 50_000, 2_000_000);
}
