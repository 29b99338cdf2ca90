package org.mssante.server.storage.queue;

/**
 * A mail was worked on for longer than the visibility time-out, and somebody else has it now: whatever this worker was about
 * to do with it is the other one's business.
 */
public final class NoLongerInHand extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoLongerInHand(String mail) {
        super("the mail " + mail + " was taken by somebody else meanwhile");
    }
}
