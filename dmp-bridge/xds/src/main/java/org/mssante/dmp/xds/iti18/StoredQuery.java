package org.mssante.dmp.xds.iti18;

/** Stored queries, their parameters and return types (ITI TF-2 §3.18.4.1.2). */
public final class StoredQuery {
    public static final String FIND_DOCUMENTS = "urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d";
    public static final String GET_DOCUMENTS = "urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4";

    public static final String PATIENT_ID = "$XDSDocumentEntryPatientId";
    public static final String STATUS = "$XDSDocumentEntryStatus";
    public static final String UNIQUE_ID = "$XDSDocumentEntryUniqueId";
    public static final String ENTRY_UUID = "$XDSDocumentEntryEntryUUID";

    /** Whole objects are returned. */
    public static final String LEAF_CLASS = "LeafClass";
    /** Identifiers are returned. */
    public static final String OBJECT_REF = "ObjectRef";

    private StoredQuery() {}

    /** A string as a parameter's value: in single quotes, a quote inside doubled. */
    public static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** A list of one string as a parameter's value. */
    public static String listed(String value) {
        return "(" + quoted(value) + ")";
    }
}
