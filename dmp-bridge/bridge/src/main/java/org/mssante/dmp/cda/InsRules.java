package org.mssante.dmp.cda;

import java.util.List;
import java.util.Set;
import org.mssante.core.id.Oid;

/**
 * Which identities are accepted.
 *
 * @param roots the authorities whose identifiers are an INS here; production accepts NIR and NIA only
 * @param keyMustHold whether a wrong key refuses the document or only warns: sample documents of the agency carry wrong
 *     keys
 * @param traits the traits that must stand beside the INS
 * @param formMustHold whether a trait that has not the form of one refuses the document or only warns
 */
public record InsRules(List<Oid> roots, boolean keyMustHold, Set<Trait> traits, boolean formMustHold) {

    public InsRules {
        roots = List.copyOf(roots);
        traits = Set.copyOf(traits);
    }

    boolean accepts(String root) {
        return roots.stream().anyMatch(accepted -> accepted.value().equals(root));
    }
}
