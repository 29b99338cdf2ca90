package org.mssante.dmp.cda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mssante.core.outcome.Outcome;

/**
 * Judges a whole document, once, when it is found: its header, then its form against the schema of CDA (REC_2.1-1080: a sender
 * validates before he files; the DMP refuses what is not valid, EX_2.1-1071). Thread-safe.
 */
public final class DocumentAssessor {
    private final HeaderAssessor headers;
    private final CdaSchema schema;
    private final SchemaRule rule;

    public DocumentAssessor(HeaderAssessor headers, CdaSchema schema, SchemaRule rule) {
        this.headers = headers;
        this.schema = schema;
        this.rule = rule;
    }

    /**
     * The verdict on the header where it refuses the document, else on both.
     *
     * @param header of these bytes
     */
    public Assessment assess(byte[] bytes, CdaHeader header, SenderMetadata sender) {
        Assessment assessment = headers.assess(header, sender);
        return rule != SchemaRule.OFF && assessment instanceof Assessment.Fileable fileable
                ? judged(fileable, schema.faults(bytes))
                : assessment;
    }

    private Assessment judged(Assessment.Fileable fileable, List<SchemaFault> faults) {
        if (faults.isEmpty()) {
            return fileable;
        }
        String words = faults.stream().map(SchemaFault::toString).collect(Collectors.joining("; "));
        if (rule == SchemaRule.REFUSE) {
            return new Assessment.Refused(Optional.of(fileable.entry().uniqueId()), Outcome.CDA_NOT_VALID, words);
        }
        List<String> warnings = new ArrayList<>(fileable.warnings());
        warnings.add("not valid against the schema of CDA: " + words);
        return fileable.with(warnings);
    }
}
