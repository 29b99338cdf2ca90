package org.mssante.annuaire.index;

import java.util.Optional;

/**
 * Where an entry stands in the tree: the base (no branch), a branch, or an entry of a branch.
 *
 * @param name the normal form of the naming attribute's value
 */
public record EntryKey(Optional<Branch> branch, Optional<String> name) {
    static final char SLASH = '/';

    public static EntryKey base() {
        return new EntryKey(Optional.empty(), Optional.empty());
    }

    public static EntryKey of(Branch branch) {
        return new EntryKey(Optional.of(branch), Optional.empty());
    }

    public static EntryKey of(Branch branch, String name) {
        return new EntryKey(
                Optional.of(branch), Optional.of(branch.naming().matching().normal(name)));
    }

    /** The key as one term of the index; the base is the empty text. */
    public String term() {
        return branch.map(Branch::unit).orElse("")
                + name.map(value -> SLASH + value).orElse("");
    }

    /** The key of the entry above; empty for the base. */
    Optional<EntryKey> parent() {
        if (branch.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(name.isPresent() ? of(branch.get()) : base());
    }

    /** True of an entry of that branch, and not of the branch itself. */
    boolean isIn(Branch wanted) {
        return name.isPresent() && branch.equals(Optional.of(wanted));
    }

    boolean isRightBelow(EntryKey other) {
        return parent().filter(other::equals).isPresent();
    }

    boolean isBelow(EntryKey other) {
        return isRightBelow(other)
                || parent().filter(above -> above.isBelow(other)).isPresent();
    }

    static EntryKey ofTerm(String term) {
        int slash = term.indexOf(SLASH);
        String unit = slash < 0 ? term : term.substring(0, slash);
        return new EntryKey(Branch.ofUnit(unit), slash < 0 ? Optional.empty() : Optional.of(term.substring(slash + 1)));
    }
}
