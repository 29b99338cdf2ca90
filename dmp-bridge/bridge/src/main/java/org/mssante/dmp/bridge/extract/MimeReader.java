package org.mssante.dmp.bridge.extract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.parser.MimeStreamParser;
import org.apache.james.mime4j.stream.MimeConfig;

/** Takes a mail apart into its leaves. Lenient: whatever can be read of a broken mail is read. */
final class MimeReader {
    private static final int MAX_HEADERS = 2_000;

    private final ExtractionLimits limits;

    MimeReader(ExtractionLimits limits) {
        this.limits = limits;
    }

    /**
     * What was read.
     *
     * @param unqualified the paths of the parts that stand in a mail, this one or one inside it, which says that the INS of its
     *     documents is not qualified
     * @param announcesDocuments true where the subject of this mail, or of one inside it, says so
     * @param problem why the reading ended before the mail did
     */
    record Mail(List<MailPart> parts, Set<String> unqualified, boolean announcesDocuments, Optional<String> problem) {
        Mail {
            unqualified = Set.copyOf(unqualified);
            parts = List.copyOf(parts);
        }
    }

    /** @param path goes before the positions of the parts */
    Mail read(byte[] message, String path, int depth) {
        MimeLeaves leaves = new MimeLeaves(path, limits.maxParts(), limits.maxDepth() - depth);
        MimeConfig config = MimeConfig.custom()
                .setMaxLineLen(-1)
                .setMaxHeaderLen(-1)
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxContentLen(-1)
                .build();
        MimeStreamParser parser = new MimeStreamParser(config, DecodeMonitor.SILENT, null);
        parser.setContentDecoding(true);
        parser.setContentHandler(leaves);
        Optional<String> problem = Optional.empty();
        try {
            parser.parse(new ByteArrayInputStream(message));
        } catch (MimeException | IOException e) {
            problem = Optional.of("the MIME structure is broken: " + e.getMessage());
        }
        return new Mail(leaves.found(), leaves.unqualified(), leaves.announcesDocuments(), problem);
    }
}
