package org.mssante.dmp.cda;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.DocumentEntry;

/**
 * What the sender's metadata say and the CDA cannot: masks and comments. Everything else comes from the document itself.
 *
 * @param masks confidentiality codes of TRE_A07 (1.2.250.1.213.1.1.4.13)
 */
public record SenderMetadata(List<Code> masks, Optional<String> comments) {
    /** A document that came without metadata. */
    public static final SenderMetadata NONE = new SenderMetadata(List.of(), Optional.empty());

    private static final String MASK_SYSTEM = "1.2.250.1.213.1.1.4.13";

    public SenderMetadata {
        masks = List.copyOf(masks);
    }

    public static SenderMetadata of(DocumentEntry entry) {
        return new SenderMetadata(
                entry.confidentialityCodes().stream()
                        .flatMap(code -> mask(code).stream())
                        .distinct()
                        .toList(),
                entry.comments());
    }

    /**
     * True where a code of TRE_A07 hides the document from somebody nobody here knows: filed without it, the document would be open to
     * him.
     */
    public static boolean hasUnknownMask(DocumentEntry entry) {
        return entry.confidentialityCodes().stream()
                .anyMatch(code ->
                        code.codeSystem().equals(MASK_SYSTEM) && mask(code).isEmpty());
    }

    /** Metadata kept elsewhere by the codes of their masks. */
    public static SenderMetadata ofMasks(List<String> codes, Optional<String> comments) {
        return new SenderMetadata(
                codes.stream()
                        .flatMap(code -> mask(new Code(code, MASK_SYSTEM, "")).stream())
                        .toList(),
                comments);
    }

    /** True where nothing would be lost without these metadata. */
    public boolean isEmpty() {
        return masks.isEmpty() && comments.isEmpty();
    }

    /** The mask a code stands for, in the spelling of TRE_A07; HL7 v2 spells one of them otherwise. */
    private static Optional<Code> mask(Code code) {
        return switch (code.code().toUpperCase(Locale.ROOT)) {
            case "MASQUE_PS" -> Optional.of(new Code("MASQUE_PS", MASK_SYSTEM, "Masqué aux professionnels de santé"));
            case "INVISIBLE_PATIENT" ->
                Optional.of(new Code("INVISIBLE_PATIENT", MASK_SYSTEM, "Non visible par le patient"));
            case "INVISIBLE_REPRESENTANTS_LEGAUX", "INVISIBLE_REP_LEGAUX" ->
                Optional.of(new Code(
                        "INVISIBLE_REPRESENTANTS_LEGAUX", MASK_SYSTEM, "Non visible par les représentants légaux"));
            default -> Optional.empty();
        };
    }
}
