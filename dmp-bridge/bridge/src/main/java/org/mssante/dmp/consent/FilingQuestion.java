package org.mssante.dmp.consent;

import java.util.List;
import java.util.TreeSet;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.metadata.Author;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.DocumentEntry;

/**
 * What is asked about one document.
 *
 * @param patient whose DMP
 * @param masks codes of TRE_A07, as the sender's metadata give them
 * @param classed true where the DMP's tables, or a setting, give its type a class
 */
public record FilingQuestion(Ins patient, List<Author> authors, List<String> masks, boolean classed) {
    private static final String NO_MASK = "NONE";
    private static final String MASKS = "1.2.250.1.213.1.1.4.13";

    public FilingQuestion {
        authors = List.copyOf(authors);
        masks = List.copyOf(masks);
    }

    public static FilingQuestion about(Ins patient, DocumentEntry entry) {
        return new FilingQuestion(
                patient,
                entry.authors(),
                entry.confidentialityCodes().stream()
                        .filter(code -> code.codeSystem().equals(MASKS))
                        .map(Code::code)
                        .toList(),
                entry.classCode().isPresent());
    }

    /** As the table writes them: {@code NONE}, or codes in alphabetical order joined by a plus sign. */
    String maskPattern() {
        return masks.isEmpty() ? NO_MASK : String.join("+", new TreeSet<>(masks));
    }

    String kind() {
        return classed ? "CLASSED" : "UNCLASSED";
    }
}
