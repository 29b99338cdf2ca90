package org.mssante.dmp.cda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.DocumentEntry;

/**
 * What the sender's metadata say and the CDA cannot: masks and comments; and a confidentiality that may be stricter than the CDA's.
 * Everything else comes from the document itself.
 *
 * @param masks confidentiality codes of TRE_A07 (1.2.250.1.213.1.1.4.13)
 * @param restriction {@code R} or {@code V}; empty for normal
 */
public record SenderMetadata(List<Code> masks, Optional<String> restriction, Optional<String> comments) {
    /** A document that came without metadata. */
    public static final SenderMetadata NONE = new SenderMetadata(List.of(), Optional.empty(), Optional.empty());

    private static final String MASK_SYSTEM = "1.2.250.1.213.1.1.4.13";

    public SenderMetadata {
        masks = List.copyOf(masks);
    }

    public static SenderMetadata of(DocumentEntry entry) {
        return ofMasks(entry.confidentialityCodes().stream().map(Code::code).toList(), entry.comments());
    }

    /**
     * True where a code hides the document from somebody nobody here knows, or nobody can read it: filed without it, the document
     * would be open to him.
     */
    public static boolean hasUnknownMask(DocumentEntry entry) {
        return entry.confidentialityCodes().stream()
                .map(Code::code)
                .anyMatch(code -> !Restriction.isOpen(Restriction.spelled(code))
                        && !Restriction.isOne(Restriction.spelled(code))
                        && mask(code).isEmpty());
    }

    /** Metadata kept elsewhere by {@link #restrictions}; other codes say nothing. */
    public static SenderMetadata ofMasks(List<String> codes, Optional<String> comments) {
        return new SenderMetadata(
                codes.stream().flatMap(code -> mask(code).stream()).distinct().toList(),
                codes.stream()
                        .map(Restriction::spelled)
                        .filter(Restriction::isOne)
                        .reduce(Restriction::stricter),
                comments);
    }

    /** All that keeps the document from somebody, by its codes. */
    public List<String> restrictions() {
        List<String> codes = new ArrayList<>(masks.stream().map(Code::code).toList());
        restriction.ifPresent(codes::add);
        return List.copyOf(codes);
    }

    /** True where nothing that the other metadata keep from somebody is open here. */
    public boolean isAsStrictAs(SenderMetadata other) {
        return masks.containsAll(other.masks)
                && other.restriction
                        .map(asked -> restriction
                                .filter(own -> Restriction.stricter(own, asked).equals(own))
                                .isPresent())
                        .orElse(true);
    }

    /** The same without a restriction that the author of the document asks for himself: it asks for nothing more. */
    public SenderMetadata beyond(CdaHeader header) {
        String own = Restriction.ofAuthor(header);
        return new SenderMetadata(masks, restriction.filter(code -> Restriction.isStricter(code, own)), comments);
    }

    /** True where nothing would be lost without these metadata. */
    public boolean isEmpty() {
        return restrictions().isEmpty() && comments.isEmpty();
    }

    /** The mask a code stands for, in the spelling of TRE_A07; HL7 v2 spells one of them otherwise. */
    private static Optional<Code> mask(String code) {
        return switch (Restriction.spelled(code)) {
            case "MASQUE_PS" -> Optional.of(new Code("MASQUE_PS", MASK_SYSTEM, "Masqué aux professionnels de santé"));
            case "INVISIBLE_PATIENT" ->
                Optional.of(new Code("INVISIBLE_PATIENT", MASK_SYSTEM, "Non visible par le patient"));
            case "INVISIBLE_REPRESENTANTS_LEGAUX", "INVISIBLE_REP_LEGAUX" ->
                Optional.of(new Code(
                        "INVISIBLE_REPRESENTANTS_LEGAUX", MASK_SYSTEM, "Non visible par les représentants légaux"));
            default -> Optional.empty();
        };
    }

    /** True for a code that says from whom a document is hidden, known here or not. */
    static boolean isMask(Code code) {
        return code.codeSystem().equals(MASK_SYSTEM) || mask(code.code()).isPresent();
    }
}
