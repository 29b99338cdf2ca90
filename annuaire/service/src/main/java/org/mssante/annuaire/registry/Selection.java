package org.mssante.annuaire.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/**
 * Which mailboxes are wanted.
 *
 * @param near empty for all of the registry
 */
public record Selection(
        Optional<MailboxType> type,
        Optional<MailboxState> state,
        Optional<StructureId> structure,
        Optional<Neighbourhood> near) {

    /** Those that can have to do with a person: of these structures, his own, and where he is a member or the responsible. */
    public record Neighbourhood(MailAddress person, Optional<Rpps> holder, Set<StructureId> structures) {
        public Neighbourhood {
            structures = Set.copyOf(structures);
        }
    }

    public static Selection all() {
        return new Selection(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A condition on the columns of {@code mailbox}, with the values of its places in their order. */
    record Condition(String sql, List<String> values) {}

    Condition condition() {
        List<String> conditions = new ArrayList<>();
        List<String> values = new ArrayList<>();
        type.ifPresent(wanted -> add(conditions, values, "type = ?", wanted.name()));
        state.ifPresent(wanted -> add(conditions, values, "state = ?", wanted.name()));
        structure.ifPresent(wanted -> add(conditions, values, "structure_id = ?", wanted.nationalId()));
        near.ifPresent(wanted -> add(conditions, values, wanted));
        return new Condition(
                conditions.stream().map(condition -> " and " + condition).reduce("", String::concat), values);
    }

    private static void add(List<String> conditions, List<String> values, String condition, String value) {
        conditions.add(condition);
        values.add(value);
    }

    private static void add(List<String> conditions, List<String> values, Neighbourhood near) {
        String structures =
                String.join(", ", Collections.nCopies(near.structures().size(), "?"));
        conditions.add("address in (select address from mailbox where address = ?"
                + " union select address from mailbox_member where person = ?"
                + (near.holder().isPresent() ? " union select address from mailbox where holder_rpps = ?" : "")
                + (structures.isEmpty()
                        ? ")"
                        : " union select address from mailbox where structure_id in (" + structures + "))"));
        values.add(near.person().toString());
        values.add(near.person().toString());
        near.holder().map(Rpps::value).ifPresent(values::add);
        near.structures().stream().map(StructureId::nationalId).forEach(values::add);
    }
}
