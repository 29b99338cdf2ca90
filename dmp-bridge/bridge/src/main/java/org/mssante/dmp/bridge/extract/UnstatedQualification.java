package org.mssante.dmp.bridge.extract;

/** What it means that a mail does not say by X-MSS-INS (ECO.2.4.2) whether the patient's INS is qualified. */
public enum UnstatedQualification {
    /** The documents are filed, and the trace says so. */
    NOTE,
    /** The documents are refused. */
    REFUSE
}
