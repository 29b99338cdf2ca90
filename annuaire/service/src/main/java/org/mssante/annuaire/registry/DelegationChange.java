package org.mssante.annuaire.registry;

/**
 * One line of the history of delegations.
 *
 * @param delegation with the time and the note of the change
 * @param given false where it was taken
 */
public record DelegationChange(Delegation delegation, boolean given) {}
