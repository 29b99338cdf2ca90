package org.mssante.annuaire.registry;

/** Who wants a change, and why: no change of a mailbox goes without. */
public record ChangeNote(String author, String reason) {
    public ChangeNote {
        if (author.isBlank() || reason.isBlank()) {
            throw new InvalidRegistrationException("a change of a mailbox names its author and its reason");
        }
    }
}
