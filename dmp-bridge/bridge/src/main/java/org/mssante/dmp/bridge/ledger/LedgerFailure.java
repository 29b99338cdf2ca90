package org.mssante.dmp.bridge.ledger;

/** The database did not do what was asked; nothing was changed. */
public final class LedgerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
