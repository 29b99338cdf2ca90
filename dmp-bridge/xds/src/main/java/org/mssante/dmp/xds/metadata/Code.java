package org.mssante.dmp.xds.metadata;

/**
 * A coded value.
 *
 * @param code never empty
 * @param codeSystem the OID of the code system (in signatures a URN); empty where foreign metadata name none
 * @param displayName the label; empty where there is none
 */
public record Code(String code, String codeSystem, String displayName) {

    public Code {
        code = Blanks.single(code);
        codeSystem = Blanks.single(codeSystem);
        displayName = Blanks.single(displayName);
        if (code.isEmpty()) {
            throw new InvalidMetadataException("a coded value has a code");
        }
    }

    /** True where code and code system agree, whatever the labels. */
    public boolean means(Code other) {
        return code.equals(other.code) && codeSystem.equals(other.codeSystem);
    }
}
