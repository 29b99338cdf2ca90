package org.mssante.annuaire.index;

import java.util.List;
import java.util.Optional;

/**
 * A savoir-faire as one value of {@link Attribute#SKILL}, {@code SM54|S|Médecine générale}: codes of several kinds collide
 * (annuaire.md §2.5), and what is divided by bars in the extracts has none itself.
 *
 * @param kind TRE_R04-TypeSavoirFaire
 */
public record SkillValue(String code, String kind, String label) {
    private static final String BAR = "|";
    private static final int PARTS = 3;

    /** The empty text where there is no code: such a value is left out of an entry. */
    public String text() {
        return code.isEmpty() ? "" : code + BAR + kind + BAR + label;
    }

    /** @param text as {@link #text()} made it */
    public static SkillValue of(String text) {
        String[] parts = text.split("\\|", PARTS);
        return new SkillValue(parts[0], parts[1], parts[2]);
    }

    /** A savoir-faire of that code, of whatever kind. */
    public static Condition ofCode(String code) {
        return startingWith(code + BAR);
    }

    /** A savoir-faire of that code and kind. */
    public static Condition of(String code, String kind) {
        return startingWith(code + BAR + kind + BAR);
    }

    /** Any savoir-faire of that kind. */
    public static Condition ofKind(String kind) {
        return new Condition.Substring(Attribute.SKILL, Optional.empty(), List.of(BAR + kind + BAR), Optional.empty());
    }

    private static Condition startingWith(String start) {
        return new Condition.Substring(Attribute.SKILL, Optional.of(start), List.of(), Optional.empty());
    }
}
