package org.mssante.dmp.bridge.cli;

/** The exit codes of the bridge's commands. */
final class ExitCode {
    /** The file would be filed; the DMP gave what was asked. */
    static final int OK = 0;
    /** A document would be refused, or there is none. */
    static final int REFUSED = 1;

    static final int USAGE = 2;
    /** The DMP, or the bridge, does not answer. */
    static final int UNAVAILABLE = 3;

    private ExitCode() {}
}
