package org.mssante.dmp.cda;

/** What it means that a document does not follow the schema of CDA. */
public enum SchemaRule {
    /** It is refused, as the DMP would. */
    REFUSE,
    /** It is filed, and where it breaks the schema is recorded. */
    WARN,
    /** Nobody looks. */
    OFF
}
