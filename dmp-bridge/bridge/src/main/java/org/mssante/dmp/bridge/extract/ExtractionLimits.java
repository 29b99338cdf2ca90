package org.mssante.dmp.bridge.extract;

import org.mssante.dmp.cda.CdaLimits;

/**
 * How far extraction goes into what it is given.
 *
 * @param maxParts of a mail, all levels and archives together
 * @param maxDepth of nested MIME parts, signed envelopes and archives together
 * @param zip limits of one mail's archives
 * @param metadata limits of what the packages of one mail say of their documents
 */
public record ExtractionLimits(int maxParts, int maxDepth, ZipLimits zip, MetadataLimits metadata, CdaLimits cda) {
    public static final ExtractionLimits DEFAULT =
            new ExtractionLimits(500, 20, ZipLimits.DEFAULT, MetadataLimits.DEFAULT, CdaLimits.DEFAULT);

    /**
     * @param maxBytes of the METADATA.XML of one mail, all packages together
     * @param maxElements of one of them
     */
    public record MetadataLimits(int maxBytes, int maxElements) {
        /** A document takes about 10 kB and 150 elements: a hundred of them in one package. */
        public static final MetadataLimits DEFAULT = new MetadataLimits(2_000_000, 20_000);
    }

    /**
     * @param maxEntries of one archive
     * @param maxTotalBytes unpacked, all archives of one mail together, those inside others, too
     * @param maxRatio of unpacked to packed octets of one entry above {@link #RATIO_FREE_BYTES}; deflate reaches 1032
     * @param maxNameLength of an entry
     */
    public record ZipLimits(int maxEntries, long maxTotalBytes, int maxRatio, int maxNameLength) {
        /** XML compresses by 10 to 20, a document of blanks by more: small entries are free of the ratio. */
        public static final int RATIO_FREE_BYTES = 1_000_000;

        public static final ZipLimits DEFAULT = new ZipLimits(1_000, 60_000_000, 200, 512);
    }
}
