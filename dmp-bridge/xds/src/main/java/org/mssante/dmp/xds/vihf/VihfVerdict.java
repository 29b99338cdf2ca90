package org.mssante.dmp.xds.vihf;

/** Whether a request may come in by its VIHF. */
public sealed interface VihfVerdict {
    record Accepted(Vihf vihf) implements VihfVerdict {}

    /** @param why one English sentence that quotes nothing of the assertion */
    record Refused(VihfFault fault, String why) implements VihfVerdict {}
}
