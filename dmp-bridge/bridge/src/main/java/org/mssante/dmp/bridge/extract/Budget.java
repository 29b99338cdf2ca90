package org.mssante.dmp.bridge.extract;

/**
 * What one mail may still cost. Every part looked at and every octet unpacked counts, at whatever level it stands: an
 * archive of archives costs as much as its content, not as its envelope. Not thread-safe.
 */
final class Budget {
    private final int maxParts;
    private final long maxUnpacked;
    private int parts;
    private long unpacked;
    private final long maxMetadata;
    private long metadata;

    Budget(ExtractionLimits limits) {
        this.maxParts = limits.maxParts();
        this.maxMetadata = limits.metadata().maxBytes();
        this.maxUnpacked = limits.zip().maxTotalBytes();
    }

    /** Counts one part; false above the limit. */
    boolean takePart() {
        parts++;
        return parts <= maxParts;
    }

    /** Counts the octets of one METADATA.XML; false above the limit. */
    boolean takeMetadata(int octets) {
        metadata += octets;
        return metadata <= maxMetadata;
    }

    /** Counts octets unpacked from an archive, or copied out of an envelope; false above the limit. */
    boolean takeUnpacked(int octets) {
        unpacked += octets;
        return unpacked <= maxUnpacked;
    }
}
