package org.mssante.dmp.cda;

/**
 * An HL7 v3 instance identifier.
 *
 * @param root an OID or a UUID, as written
 * @param extension empty where there is none
 */
public record InstanceId(String root, String extension) {

    /** True where the identifier is its root alone. */
    public boolean isRootOnly() {
        return extension.isEmpty();
    }

    /** Shows the authority only: the extension may identify a patient. */
    @Override
    public String toString() {
        return root + (isRootOnly() ? "" : "^…");
    }
}
