package org.mssante.annuaire.office;

import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.registry.ChangeNote;
import org.mssante.annuaire.registry.Delegation;
import org.mssante.annuaire.registry.DelegationChange;
import org.mssante.annuaire.registry.Delegations;
import org.mssante.annuaire.registry.Powers;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;

/** Says who administers mailboxes over the network, for who may say so ({@link Rules}). Thread-safe. */
public final class DelegationOffice {
    private final Delegations delegations;
    private final Rules rules;

    public DelegationOffice(Delegations delegations, Rules rules) {
        this.delegations = delegations;
        this.rules = rules;
    }

    /**
     * What somebody is to be given, or what is to be taken from him.
     *
     * @param structure whose mailboxes; empty for all
     */
    public record Charge(MailAddress person, Optional<StructureId> structure) {
        private Deed deed() {
            return structure.isPresent() ? Deed.DELEGATE : Deed.APPOINT;
        }
    }

    /** In the order of persons. */
    public Answer<List<Delegation>> list(Author author) {
        return Answer.of(() -> {
            role(author, powers(author), Deed.DELEGATE);
            return delegations.all();
        });
    }

    /** What a person was given and what was taken from him, oldest first. */
    public Answer<List<DelegationChange>> history(Author author, MailAddress person) {
        return Answer.of(() -> {
            role(author, powers(author), Deed.DELEGATE);
            return delegations.history(person);
        });
    }

    /** What somebody was given to administer himself. */
    public Powers powers(Author author) {
        return author.person().map(delegations::of).orElse(Powers.NONE);
    }

    public Answer<Charge> give(Author author, Charge charge, String reason) {
        return Answer.of(() -> {
            delegations.give(author.person(), leave(author, charge, reason), charge.person(), charge.structure());
            return charge;
        });
    }

    public Answer<Charge> take(Author author, Charge charge, String reason) {
        return Answer.of(() -> {
            delegations.take(author.person(), leave(author, charge, reason), charge.person(), charge.structure());
            return charge;
        });
    }

    private Delegations.Leave leave(Author author, Charge charge, String reason) {
        return powers -> new ChangeNote(author.named(role(author, powers, charge.deed())), reason);
    }

    private Role role(Author author, Powers powers, Deed deed) {
        return rules.allowing(author, Rules.roles(author, powers), deed)
                .orElseThrow(() -> RefusalException.notAllowed(deed));
    }
}
