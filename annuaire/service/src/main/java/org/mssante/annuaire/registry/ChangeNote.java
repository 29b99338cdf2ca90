package org.mssante.annuaire.registry;

/** Who wants a change, and why: no change of a mailbox goes without. */
public record ChangeNote(String author, String reason) {
    private static final int LONGEST_REASON = 1_024;

    public ChangeNote {
        if (author.isBlank() || reason.isBlank()) {
            throw new InvalidRegistrationException("a change of a mailbox names its author and its reason");
        }
        if (reason.length() > LONGEST_REASON) {
            throw new InvalidRegistrationException("the reason is longer than " + LONGEST_REASON + " characters");
        }
        PlainText.check("the reason", reason);
    }
}
